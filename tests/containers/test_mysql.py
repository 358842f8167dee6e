"""The rows of what mysql:8.0 does with its environment at the first start."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from grader.containers.mysql import Account, MySQL, read
from grader.containers.mysql.sql import identifier, literal, option_value
from grader.containers.verdict import Verdict
from tests.containers.projects import mounts, project, rules, service

GOOD = {
    "MYSQL_ROOT_PASSWORD": "rootpw",
    "MYSQL_DATABASE": "social_commerce",
    "MYSQL_USER": "analytics",
    "MYSQL_PASSWORD": "secret",
}
SCRIPT = Verdict.IMAGE_SCRIPT_EXITS
FAIL = Verdict.CLIENTS_FAIL
WORKS = Verdict.WORKS


def mysql(
    environment: Mapping[str, str | None],
    volumes: Sequence[str] = ("mysql_data:/var/lib/mysql",),
    *,
    client: str = "analytics",
    plain: dict[str, Any] | None = None,
) -> MySQL:
    """Read a server with exactly this environment; the consumer logs in as `client`."""
    consumer = service("mysql-service", {"MYSQL_USER": client})
    return read(project(service("mysql", environment, mounts(volumes), plain=plain), consumer))


def with_changes(client: str = "analytics", **environment: str | None) -> MySQL:
    """Read a server whose environment differs from a good one in some variables; None leaves one out."""
    merged = {**GOOD, **environment}
    return mysql({name: value for name, value in merged.items() if value is not None}, client=client)


def test_a_good_first_start() -> None:
    """Users, rights and the database that are made."""
    model = with_changes()

    assert (WORKS, None, (), True) == (model.verdict, model.message, model.problems, model.persisted)
    assert ("social_commerce",) == model.databases
    assert (
        Account("root", "%", "rootpw", "everything"),
        Account("root", "localhost", "rootpw", "everything"),
        Account("analytics", "%", "secret", "social_commerce"),
    ) == model.accounts
    assert (
        "GRANT ALL ON *.* TO 'root'@'localhost' WITH GRANT OPTION",
        "GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION",
        "GRANT ALL ON `social\\_commerce`.* TO 'analytics'@'%'",
    ) == model.grants
    assert ("rootpw", "social_commerce", "analytics", "secret", "secret") == (
        model.root_password,
        model.database,
        model.user,
        model.password,
        model.stored_password,
    )


@pytest.mark.parametrize(
    ("environment", "rule", "variable", "verdict", "message"),
    [
        (
            {},
            "root-password-missing",
            "MYSQL_ROOT_PASSWORD",
            SCRIPT,
            "Database is uninitialized and password option is",
        ),
        (
            {"MYSQL_ROOT_PASSWORD": ""},
            "root-password-missing",
            "MYSQL_ROOT_PASSWORD",
            SCRIPT,
            "- MYSQL_RANDOM_ROOT_PASS",
        ),
        ({"MARIADB_ROOT_PASSWORD": "x"}, "root-password-missing", "MYSQL_ROOT_PASSWORD", SCRIPT, "You need to specify"),
        (
            {**GOOD, "MYSQL_USER": "root"},
            "user-root",
            "MYSQL_USER",
            SCRIPT,
            'MYSQL_USER="root", MYSQL_USER and MYSQL_PASS',
        ),
        (
            {**GOOD, "MYSQL_PASSWORD": ""},
            "user-without-password",
            "MYSQL_PASSWORD",
            FAIL,
            "MYSQL_USER will not be created",
        ),
        ({**GOOD, "MYSQL_USER": ""}, "password-without-user", "MYSQL_USER", FAIL, "MYSQL_PASSWORD will be ignored"),
        (
            {**GOOD, "MYSQL_DATABASE": ""},
            "database-missing",
            "MYSQL_DATABASE",
            FAIL,
            "ERROR 1044 (42000): Access denied",
        ),
        (
            {**GOOD, "MYSQL_ROOT_PASSWORD_FILE": "/run/secrets/x"},
            "variable-and-file",
            "MYSQL_ROOT_PASSWORD_FILE",
            SCRIPT,
            "Both MYSQL_ROOT_PASSWORD and MYSQL_ROOT_PASSWORD_FILE are set (but are exclusive)",
        ),
        (
            {"MYSQL_ROOT_PASSWORD_FILE": "/run/secrets/x"},
            "file-missing",
            "MYSQL_ROOT_PASSWORD_FILE",
            SCRIPT,
            "docker-entrypoint.sh: line 39: /run/secrets/x: No such file or directory",
        ),
        ({**GOOD, "MYSQL_PASSWORD": "it's"}, "sql-quote", "MYSQL_PASSWORD", SCRIPT, "ERROR 1064 (42000)"),
        ({**GOOD, "MYSQL_ROOT_PASSWORD": "it's"}, "sql-quote", "MYSQL_ROOT_PASSWORD", SCRIPT, "ERROR 1064 (42000)"),
        ({**GOOD, "MYSQL_USER": "o'neil"}, "sql-quote", "MYSQL_USER", SCRIPT, "ERROR 1064 (42000)"),
        ({**GOOD, "MYSQL_DATABASE": "a`b"}, "sql-quote", "MYSQL_DATABASE", SCRIPT, "ERROR 1064 (42000)"),
        ({**GOOD, "MYSQL_PASSWORD": "ends\\"}, "sql-quote", "MYSQL_PASSWORD", SCRIPT, "ERROR 1064 (42000)"),
        ({**GOOD, "MYSQL_PASSWORD": "p" * 257}, "password-too-long", "MYSQL_PASSWORD", SCRIPT, "Operation CREATE USER"),
        (
            {**GOOD, "MYSQL_ROOT_PASSWORD": "\u00fc" * 129},
            "password-too-long",
            "MYSQL_ROOT_PASSWORD",
            SCRIPT,
            "Operation ALTER USER failed for 'root'@'localhost'",
        ),
        ({**GOOD, "MYSQL_PWD": "secret"}, "client-password", "MYSQL_PWD", SCRIPT, "ERROR 1045 (28000)"),
        ({**GOOD, "MYSQL_TCP_PORT": "3307"}, "server-port", "MYSQL_TCP_PORT", FAIL, "ERROR 2003 (HY000)"),
        ({**GOOD, "MYSQL_USER": "u" * 33}, "user-too-long", "MYSQL_USER", SCRIPT, "is too long for user name"),
        ({**GOOD, "MYSQL_DATABASE": "ab "}, "database-name", "MYSQL_DATABASE", SCRIPT, "Incorrect database name 'ab '"),
        (
            {**GOOD, "MYSQL_DATABASE": "performance_schema"},
            "database-name",
            "MYSQL_DATABASE",
            SCRIPT,
            "ERROR 1044 (42000)",
        ),
        ({**GOOD, "MYSQL_DATABASE": "d" * 65}, "database-too-long", "MYSQL_DATABASE", SCRIPT, "Identifier name '"),
        (
            {**GOOD, "MYSQL_PASSWORD": "a\\b"},
            "password-escape",
            "MYSQL_PASSWORD",
            FAIL,
            "ERROR 1045 (28000): Access denied",
        ),
    ],
)
def test_a_fault_of_the_first_start(
    environment: dict[str, str], rule: str, variable: str, verdict: Verdict, message: str
) -> None:
    """The first problem, with the variable at fault and the text of the container."""
    problem = mysql(environment).problems[0]

    assert (rule, variable, verdict) == (problem.rule, problem.variable, problem.verdict)
    assert message in problem.message
    assert (environment.get(variable) is not None) == (problem.marks is not None)


@pytest.mark.parametrize(
    "environment",
    [
        {"MYSQL_ROOT_PASSWORD": "x"},
        {"MYSQL_ALLOW_EMPTY_PASSWORD": "no"},
        {"MYSQL_ALLOW_EMPTY_PASSWORD": "0"},
        {"MYSQL_RANDOM_ROOT_PASSWORD": "1"},
        {**GOOD, "MYSQL_USER": "Root"},
        {**GOOD, "MYSQL_DATABASE": "social-commerce"},
        {**GOOD, "MYSQL_USER": "u" * 32, "MYSQL_DATABASE": "d" * 64},
        {**GOOD, "MYSQL_PASSWORD": 'double "quotes" #1'},
        {**GOOD, "MYSQL_ROOT_HOST": "localhost"},
        {**GOOD, "MYSQL_ROOT_HOST": ""},
        {**GOOD, "MARIADB_DATABASE": "x", "MYSQL_PORT": "3306"},
    ],
)
def test_what_works(environment: dict[str, str]) -> None:
    """Any text switches a switch on, and odd names are quoted."""
    assert (WORKS, []) == (mysql(environment).verdict, rules(mysql(environment).problems))


def test_a_random_root_password_wins_over_the_written_one() -> None:
    """Nobody knows it before the start."""
    model = with_changes(MYSQL_RANDOM_ROOT_PASSWORD="yes")

    assert (True, None, WORKS) == (model.random_root_password, model.root_password, model.verdict)


def test_root_may_have_no_password() -> None:
    """An empty text, which is not the same as unknown."""
    model = mysql({"MYSQL_ALLOW_EMPTY_PASSWORD": "1"})

    assert ("", "") == (model.root_password, model.accounts[0].password)


def test_root_may_be_kept_inside() -> None:
    """Then there is one root only, and who logs in as root from outside is refused."""
    model = with_changes(MYSQL_ROOT_HOST="localhost")

    assert ["root@localhost", "analytics@%"] == [f"{account.user}@{account.host}" for account in model.accounts]
    assert ["root-host-local"] == rules(with_changes(MYSQL_ROOT_HOST="localhost", client="root").problems)


def test_half_a_pair_does_not_matter_for_who_logs_in_as_root() -> None:
    """The user is not made, and nobody asks for it."""
    assert WORKS is with_changes(MYSQL_PASSWORD=None, client="root").verdict
    assert WORKS is with_changes(MYSQL_USER=None, client="root").verdict


def test_a_mounted_file_holds_an_unknown_text() -> None:
    """It is believed to be there, and to hold something."""
    environment = {name: value for name, value in GOOD.items() if name != "MYSQL_PASSWORD"}
    environment["MYSQL_PASSWORD_FILE"] = "/run/secrets/password"
    by_secret = mysql(environment, plain={"secrets": [{"source": "password"}]})
    by_mount = mysql(environment, ["mysql_data:/var/lib/mysql", "./secrets:/run/secrets"])

    assert (WORKS, None, None) == (by_secret.verdict, by_secret.password, by_secret.stored_password)
    assert WORKS is by_mount.verdict
    assert ["root", "root", "analytics"] == [account.user for account in by_mount.accounts]


@pytest.mark.parametrize(
    ("text", "stored"), [(r"a\b", "a\b"), (r"a\x", "ax"), (r"a\\b", r"a\b"), ("it''s", "it's"), ("plain", "plain")]
)
def test_the_stored_password_is_what_sql_understands(text: str, stored: str) -> None:
    """A backslash is an escape, a doubled quote is one."""
    assert stored == with_changes(MYSQL_PASSWORD=text).stored_password


def test_a_backslash_in_roots_password_locks_the_script_out() -> None:
    """SQL and the client's option file read it differently; where both agree nothing happens."""
    assert ["root-password-backslash"] == rules(with_changes(MYSQL_ROOT_PASSWORD=r"a\d").problems)
    assert ["root-password-backslash"] == rules(with_changes(MYSQL_ROOT_PASSWORD='a"#d').problems)
    assert [] == rules(with_changes(MYSQL_ROOT_PASSWORD=r"a\\d").problems)
    assert [] == rules(with_changes(MYSQL_ROOT_PASSWORD='a"d').problems)


def test_texts_between_quotes() -> None:
    """What breaks out is no text."""
    assert [None, None, "a'b"] == [literal(text) for text in ("a'b", "a\\", "a''b")]
    assert [None, "a`b"] == [identifier(text) for text in ("a`b", "a``b")]
    assert [r"a\d e", 'a"b', "a#b", "a", '"a"'] == [
        option_value(text) for text in (r"a\d\se", 'a"b', "a#b", 'a"#b', '"a"')
    ]


@pytest.mark.parametrize(
    ("volumes", "verdict", "persisted"),
    [
        ([], WORKS, False),
        (["/var/lib/mysql"], WORKS, False),
        (["mysql_data:/var/lib"], WORKS, False),
        (["mysql_data:/data"], WORKS, False),
        (["./data:/var/lib/mysql"], WORKS, False),
        (["mysql_data:/var/lib/mysql/"], WORKS, True),
        (["mysql_data:/var/lib/mysql:ro"], Verdict.SERVER_REFUSES, True),
        (["./data:/var/lib/mysql:ro"], SCRIPT, False),
    ],
)
def test_where_the_data_is(volumes: list[str], verdict: Verdict, persisted: bool) -> None:
    """Only a named volume on the very folder outlives the container."""
    model = mysql(GOOD, volumes)

    assert (verdict, persisted) == (model.verdict, model.persisted)


def test_two_servers_cannot_share_a_volume() -> None:
    """The later one finds files of the other."""
    other = service("mongodb", {}, mounts(["data:/data/db"]))
    model = read(project(other, service("mysql", GOOD, mounts(["data:/var/lib/mysql"]))))

    assert (["volume-shared"], Verdict.SERVER_REFUSES) == (rules(model.problems), model.verdict)
