"""The rows of what mongo:latest does with its environment."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from grader.containers.mongodb import MongoDB, read
from grader.containers.verdict import Verdict
from tests.containers.projects import mounts, project, rules, service

USER = "MONGO_INITDB_ROOT_USERNAME"
PASSWORD = "MONGO_INITDB_ROOT_PASSWORD"
BOTH = {USER: "admin", PASSWORD: "p@ss"}
LOGIN = "mongodb://admin:p%40ss@mongodb:27017/?authSource=admin"
SCRIPT = Verdict.IMAGE_SCRIPT_EXITS
FAIL = Verdict.CLIENTS_FAIL
WORKS = Verdict.WORKS


def mongodb(
    environment: Mapping[str, str | None],
    volumes: Sequence[str] = ("mongodb_data:/data/db",),
    *,
    url: str | None = "mongodb://mongodb:27017",
    plain: dict[str, Any] | None = None,
) -> MongoDB:
    """Read a server; the app connects with `url`."""
    app = service("app", {} if url is None else {"MONGODB_URL": url})
    return read(project(service("mongodb", environment, mounts(volumes), plain=plain), app))


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"MONGO_INITDB_DATABASE": "social_commerce"},
        {"MONGO_INITDB_DATABASE": ""},
        {"MONGO_INITDB_DATABASE": "no/good name"},
        {"MONGODB_DATABASE": "x", "MONGO_DB": "y"},
        {USER: "", PASSWORD: ""},
        {USER: None},
    ],
)
def test_without_a_root_user_nobody_is_asked(environment: dict[str, str | None]) -> None:
    """The database variable does nothing but name where init scripts run."""
    model = mongodb(environment)

    assert (WORKS, (), False, None) == (model.verdict, model.problems, model.auth, model.root_user)
    assert (environment.get("MONGO_INITDB_DATABASE") or "test") == model.database


@pytest.mark.parametrize(
    ("environment", "rule", "variable", "message"),
    [
        ({USER: "admin"}, "root-half", USER, "both must be specified for a user to be created"),
        ({PASSWORD: "x"}, "root-half", PASSWORD, "error: missing 'MONGO_INITDB_ROOT_USERNAME' or"),
        ({USER: "admin", PASSWORD: ""}, "root-half", USER, "both must be specified"),
        (
            {**BOTH, f"{USER}_FILE": "/run/x"},
            "variable-and-file",
            f"{USER}_FILE",
            "both MONGO_INITDB_ROOT_USERNAME and MONGO_INITDB_ROOT_USERNAME_FILE are set (but are exclusive)",
        ),
        (
            {USER: "a", f"{PASSWORD}_FILE": "/run/x"},
            "file-missing",
            f"{PASSWORD}_FILE",
            "/run/x: No such file or direc",
        ),
    ],
)
def test_a_fault_of_the_script(environment: dict[str, str], rule: str, variable: str, message: str) -> None:
    """On every start, an initialised volume does not help."""
    problem = mongodb(environment, url=LOGIN).problems[0]

    assert (rule, variable, SCRIPT) == (problem.rule, problem.variable, problem.verdict)
    assert message in problem.message


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        (LOGIN, WORKS),
        ("mongodb://mongodb:27017", FAIL),
        ("mongodb://mongodb", FAIL),
        ("mongodb://admin:wrong@mongodb:27017/", FAIL),
        ("mongodb://other:p%40ss@mongodb:27017/", FAIL),
        ("mongodb://localhost:27017", WORKS),
        ("mongodb:27017", WORKS),
        (None, WORKS),
    ],
)
def test_a_client_must_bring_the_log_in(url: str | None, verdict: Verdict) -> None:
    """Judged is only a URL that leads to this server at all."""
    model = mongodb(BOTH, url=url)

    assert (verdict, True, "admin", "p@ss") == (model.verdict, model.auth, model.root_user, model.root_password)
    assert ([] if verdict is WORKS else ["client-login"]) == rules(model.problems)


def test_a_mounted_file_holds_an_unknown_text() -> None:
    """Then any password of a client is believed."""
    environment = {USER: "admin", f"{PASSWORD}_FILE": "/run/secrets/pw"}
    model = mongodb(environment, url="mongodb://admin:any@mongodb/", plain={"secrets": [{"source": "pw"}]})

    assert (WORKS, True, "admin", None) == (model.verdict, model.auth, model.root_user, model.root_password)


@pytest.mark.parametrize(
    ("volumes", "verdict", "persisted"),
    [
        (["mongodb_data:/data/db"], WORKS, True),
        ([], WORKS, False),
        (["/data/db"], WORKS, False),
        (["mongodb_data:/data"], WORKS, False),
        (["./data:/data/db"], WORKS, False),
        (["mongodb_data:/data/db:ro"], Verdict.SERVER_REFUSES, True),
        (["./data:/data/db:ro"], SCRIPT, False),
    ],
)
def test_where_the_data_is(volumes: list[str], verdict: Verdict, persisted: bool) -> None:
    """Only a named volume on the very folder outlives the container."""
    model = mongodb({}, volumes)

    assert (verdict, persisted) == (model.verdict, model.persisted)
