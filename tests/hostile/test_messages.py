"""What is said about a file that cannot be used: what is wrong, where it really is, and what to do."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.inputs.pieces import COMPOSE, SOLUTION, with_value
from tests.hostile.workspaces import lay_out, typed

Put = Callable[[Path], object]


def said(folder: Path, *words: str) -> str:
    """Return what a command prints, on one line."""
    return " ".join(typed(folder, *words)[1].split())


def place_of(text: str, piece: str) -> str:
    """Return `line:column` of a piece of a text."""
    before = text[: text.index(piece)].split("\n")
    return f"{len(before)}:{len(before[-1]) + 1}"


@pytest.mark.parametrize(
    ("put", "words"),
    [
        (lambda path: path.symlink_to(path.name), "is a link that leads nowhere. Put the file itself in its place."),
        (
            lambda path: path.symlink_to("/dev/zero"),
            "was not read; put the file itself into the folder of the submission.",
        ),
        (os.mkfifo, "is no ordinary file and was not read; put a text file in its place."),
        (os.mkdir, "is a folder; a file is needed."),
        (lambda path: path.write_bytes(b"#" * 600_000), "is larger than 512 KiB and was not read; take out what"),
        (
            lambda path: path.write_bytes(b"\x89PNG\r\n" * 9),
            "nothing else in it can be read. Save it as text in UTF-8.",
        ),
    ],
)
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files on Windows")
def test_what_is_no_compose_file_is_said_with_a_remedy(tmp_path: Path, put: Put, words: str) -> None:
    """In all formats, and without a path of the machine."""
    lay_out(tmp_path / "work", {})
    put(tmp_path / "work" / COMPOSE)

    for options in ((), ("--format", "unix"), ("--format", "json")):
        assert words in said(tmp_path / "work", *options)
        assert str(tmp_path) not in said(tmp_path / "work", *options)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("extends: {file: gone.yml, service: a}", "open gone.yml: no such file or directory. Check the name"),
        ("extends: {file: exercises, service: a}", "read exercises: is a directory. This is a folder"),
        ("env_file: gone.env", "env file gone.env not found: stat gone.env: no such file or directory. Check the name"),
        ("env_file: exercises", "read exercises: is a directory. This is a folder"),
        ("env_file: ../x.env", "env_file ../x.env lies outside the submission and was not read; copy it"),
    ],
)
def test_a_file_that_is_needed_is_named(tmp_path: Path, line: str, words: str) -> None:
    """And not the compose file, in which the need for it is marked."""
    text = SOLUTION.replace("    environment:", f"    {line}\n    environment:", 1)
    lay_out(tmp_path / "work", {COMPOSE: text.encode()})

    assert words in said(tmp_path / "work", "--format", "unix")
    assert "<f>" not in said(tmp_path / "work", "config") + said(tmp_path / "work")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"include: [{COMPOSE}]\n{SOLUTION}", f"include cycle detected: {COMPOSE} includes itself"),
        (SOLUTION.replace("  kafka:", "  kafka:\n    extends: kafka", 1), "Circular reference: kafka extends kafka"),
        (
            SOLUTION.replace("  kafka:", "  kafka:\n    extends: kfka", 1),
            'cannot extend service "kafka": service "kfka" not found',
        ),
        (
            SOLUTION.replace("    env", f"    env_file: [{{path: {COMPOSE}, format: raw}}]\n    env", 1),
            f"failed to parse env_file {COMPOSE}: ",
        ),
    ],
)
def test_no_sentence_for_people_has_a_stand_in_for_a_file(tmp_path: Path, text: str, words: str) -> None:
    """What Compose says of several files names them, or does without."""
    lay_out(tmp_path / "work", {COMPOSE: text.encode()})
    texts = [said(tmp_path / "work"), said(tmp_path / "work", "--format", "unix"), said(tmp_path / "work", "config")]

    assert all(words in text for text in texts)
    assert not any("<f>" in text for text in texts)


def test_a_chain_of_includes_is_no_cycle(tmp_path: Path) -> None:
    """It is only longer than what is followed."""
    chain = {f"a{number}.yml": f"include: [a{number + 1}.yml]\n".encode() for number in range(60)}
    lay_out(tmp_path / "work", {COMPOSE: f"include: [a0.yml]\n{SOLUTION}".encode(), **chain})

    assert "include leads through more than 50 files" in said(tmp_path / "work")


def test_a_link_to_itself_is_no_question_of_permissions(tmp_path: Path) -> None:
    """There is nothing behind it."""
    lay_out(tmp_path / "work", {COMPOSE: SOLUTION.replace("    env", "    env_file: circle.env\n    env", 1).encode()})
    (tmp_path / "work" / "circle.env").symlink_to("circle.env")

    assert "env file circle.env not found" in said(tmp_path / "work")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("<<<<<<< HEAD\n", "=======\n      KAFKA_NODE_ID: 2\n>>>>>>> b\n", "Git has left both versions"),
        ("", ">>>>>>> b\n", "Git has left both versions"),
        ("```\n", "", "This line belongs to Markdown"),
        ("", "~~~\n", "This line belongs to Markdown"),
    ],
)
def test_what_git_or_markdown_left_is_said(tmp_path: Path, before: str, after: str, words: str) -> None:
    """A parser's words about such a line help nobody."""
    line = "      KAFKA_NODE_ID: 1\n"
    lay_out(tmp_path / "work", {COMPOSE: SOLUTION.replace(line, before + line + after, 1).encode()})

    assert words in said(tmp_path / "work")


@pytest.mark.parametrize("name", ["KAFKA_NODE_ID", "KAFKA_AUTO_CREATE_TOPICS_ENABLE", "MYSQL_PORT", "MYSQL_HOST"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_an_open_quote_is_marked_where_it_begins(tmp_path: Path, name: str, quote: str) -> None:
    """Wherever the parser notices it: the next quote may stand thirty lines further down."""
    text = with_value(name, f"{quote}1")
    lay_out(tmp_path / "work", {COMPOSE: text.encode()})
    first = said(tmp_path / "work", "--format", "unix")

    assert f"{COMPOSE}:{place_of(text, f'{quote}1' + chr(10))}: " in first
    assert "A quote is opened here and not closed on this line." in first


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (b"\xfcx", "not saved as UTF-8"),
        (b"a\x1b[31m", "A sign stands here that cannot be seen"),
        (b"a\x00", "A sign stands here that cannot be seen"),
    ],
)
def test_a_byte_that_is_no_text_is_marked_where_it_stands(tmp_path: Path, damage: bytes, words: str) -> None:
    """Compose names no place, or another one."""
    text = SOLUTION.encode().replace(b"kafka-topics", b"").replace(b"PLAINTEXT://0.0.0.0:9092", damage, 1)
    lay_out(tmp_path / "work", {COMPOSE: text})
    at = next(number for number, sign in enumerate(text) if sign < 9 or sign == 27 or sign > 127)
    before = text[:at].split(b"\n")
    first = said(tmp_path / "work", "--format", "unix")

    assert first.startswith(f"{COMPOSE}:{len(before)}:{len(before[-1]) + 1}: ")
    assert words in first


def test_config_claims_no_place_where_there_is_none(tmp_path: Path) -> None:
    """A file that is not there has no first line."""
    lay_out(tmp_path / "work", {COMPOSE: SOLUTION.encode()})
    text = said(tmp_path / "work", "config", "-f", "gone.yml")
    data = said(tmp_path / "work", "config", "-f", "gone.yml", "--format", "json")

    assert "Docker Compose refuses this project: open gone.yml: no such file or directory" == text
    assert '"line": null, "column": null' in data


def test_config_shows_where_a_folder_is_taken_for_a_file(tmp_path: Path) -> None:
    """A folder has no lines: the place is that at which it is named."""
    lay_out(tmp_path / "work", {COMPOSE: f"include: [exercises]\n{SOLUTION}".encode()})
    expected = "Docker Compose refuses this project (line 1, column 11): read exercises: is a directory"

    assert expected == said(tmp_path / "work", "config")


def test_a_value_that_is_too_long_to_be_shown_is_counted(tmp_path: Path) -> None:
    """A sentence stays one."""
    lay_out(tmp_path / "work", {COMPOSE: with_value("KAFKA_NODE_ID", "9" * 6000).encode()})

    assert "(6000 characters)" in said(tmp_path / "work", "--format", "unix")


def test_no_sentence_ends_twice(tmp_path: Path) -> None:
    """Words of ours that stand for Compose's end with a full stop already."""
    lay_out(tmp_path / "work", {COMPOSE: f"include: [../x.yml]\n{SOLUTION}".encode()})

    assert not re.search(r"[a-z]\.\.(?!\.)(\s|$)", said(tmp_path / "work", "--format", "unix"))
