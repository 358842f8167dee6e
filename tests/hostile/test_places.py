"""What is no file, what lies elsewhere, and what cannot be read: refused at once, and nothing outside is opened."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.inputs.files import with_env_file
from tests.hostile.inputs.pieces import COMPOSE, SOLUTION
from tests.hostile.oracle import FAULTS, signs
from tests.hostile.workspaces import (
    COMMANDS,
    EXIT_CODES,
    OpenedFiles,
    complaints_about_commands,
    lay_out,
    strangers,
    typed,
)

NOT_GRADABLE = 3
SECRET = "SEEN_OUTSIDE"
OPENED = OpenedFiles()
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files on Windows")

MakePlace = Callable[[Path], None]


def fifo(path: Path) -> None:
    """A pipe that nobody writes to: opening it would wait for ever."""
    os.mkfifo(path)


def endless(path: Path) -> None:
    """A device without end."""
    path.symlink_to("/dev/zero")


def folder(path: Path) -> None:
    """A folder under a file's name."""
    path.mkdir()


def circle(path: Path) -> None:
    """A link to itself."""
    path.symlink_to(path.name)


def dangling(path: Path) -> None:
    """A link to nothing."""
    path.symlink_to("nowhere")


def leading_out(path: Path) -> None:
    """A link to a file beside the submission."""
    path.symlink_to("../outside.yml")


def unreadable(path: Path) -> None:
    """A file without permissions."""
    path.write_text(SOLUTION)
    path.chmod(0)


PLACES: tuple[MakePlace, ...] = (fifo, endless, folder, circle, dangling, leading_out, unreadable)


def name_of(place: MakePlace) -> str:
    """The name of a case in the output of pytest."""
    return place.__name__


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A workspace, with files beside it that are none of its business."""
    for name in ("outside.yml", "outside.env"):
        (tmp_path / name).write_text(
            f"services: {{a: {{image: x, environment: {{{SECRET}: '1'}}}}}}\n" if name[-1] == "l" else f"{SECRET}=1\n"
        )
    lay_out(tmp_path / "work", {COMPOSE: SOLUTION.encode()})
    return tmp_path / "work"


def put(place: MakePlace, path: Path) -> None:
    """Put something odd at the place of a file."""
    if place is unreadable and AS_ROOT:
        pytest.skip("root may read every file")
    path.unlink(missing_ok=True)
    place(path)


@pytest.mark.parametrize("place", PLACES, ids=name_of)
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_compose_file_that_is_none_is_refused_at_once(work: Path, place: MakePlace, words: tuple[str, ...]) -> None:
    """Every command says so; `grade` and `explain` with exit code 3, and nobody reads or writes through it."""
    put(place, work / COMPOSE)
    outside = (work.parent / "outside.yml").read_bytes()
    with OPENED.noted() as paths:
        code, text = typed(work, *words)

    assert code == NOT_GRADABLE or words[0] in ("config", "hint")
    assert text.strip()
    assert "Traceback" not in text
    assert [] == signs(text)
    assert outside == (work.parent / "outside.yml").read_bytes()
    if words[:1] != ("config",):
        assert SECRET not in text
        assert [] == [path for path in strangers(paths, str(work)) if path != "/dev/zero"]


@pytest.mark.parametrize("place", PLACES, ids=name_of)
@pytest.mark.parametrize("name", [".env", "docker-compose.override.yml", "other.yml", "other.env"])
def test_a_side_file_that_is_none_is_refused_and_the_rest_is_graded(work: Path, place: MakePlace, name: str) -> None:
    """As Compose does, a folder called `.env` is ignored, and a link to nothing where a file is only looked for.

    Everything else is said, and costs one check.
    """
    (work / COMPOSE).write_text("include: [other.yml]\n" + with_env_file("other.env", services=1))
    (work / "other.yml").write_text("services: {}\n")
    (work / "other.env").write_text("A=b\n")
    put(place, work / name)
    with OPENED.noted() as paths:
        code, text = typed(work, "--format", "json")
    report = json.loads(text)

    assert "graded" == report["status"]
    assert SECRET not in text
    assert [] == [path for path in strangers(paths, str(work)) if path != "/dev/zero"]
    searched = name in (".env", "docker-compose.override.yml")
    ignored = (searched and place in (circle, dangling)) or (name == ".env" and place is folder)
    assert report["compose"]["accepted"] == ignored
    assert (0 if ignored else 1) == code
    assert report["score"] >= 90 or name == "docker-compose.override.yml"


@pytest.mark.parametrize(
    "path",
    [
        "../outside.env",
        "./../outside.env",
        "exercises/../../outside.env",
        "{above}/outside.env",
        "{above}/work/../outside.env",
        "${{PWD}}/../outside.env",
        "${{PWD:-x}}/../outside.env",
        "${{WHERE}}/outside.env",
        "link.env",
        "linked/outside.env",
        "chain/link.env",
        "~/../../{above}/outside.env",
        "/proc/self/environ",
        "/etc/passwd",
        "/dev/stdin",
    ],
)
@pytest.mark.parametrize("use", ["env_file", "long env_file", "raw env_file", "extends", "include", "long include"])
def test_nothing_outside_is_read(work: Path, path: str, use: str) -> None:
    """Not by a path with `..`, not by an absolute one, not by a variable, not through links, however many."""
    ending = ".env" if "env_file" in use else ".yml"
    path = path.format(above=work.parent).replace(".env", ending)
    (work / f"link{ending}").symlink_to(f"../outside{ending}")
    (work / "linked").symlink_to("..")
    (work / "chain").symlink_to("linked/work")
    (work / ".env").write_text("WHERE=..\n")
    line, top = {
        "env_file": (f"env_file: '{path}'", ""),
        "long env_file": (f"env_file: [{{path: '{path}', required: false}}]", ""),
        "raw env_file": (f"env_file: [{{path: '{path}', format: raw}}]", ""),
        "extends": (f"extends: {{file: '{path}', service: a}}", ""),
        "include": ("", f"include: ['{path}']\n"),
        "long include": ("", f"include: [{{path: '{path}', env_file: '{path}', project_directory: ..}}]\n"),
    }[use]
    text = top + (SOLUTION.replace("    environment:\n", f"    {line}\n    environment:\n", 1) if line else SOLUTION)
    (work / COMPOSE).write_text(text)
    with OPENED.noted() as paths:
        answers = [typed(work, *words)[1] for words in (("--format", "json"), (), ("explain", "mongodb"))]

    assert [] == strangers(paths, str(work))
    assert SECRET not in "".join(answers)
    assert not json.loads(answers[0])["compose"]["accepted"] or path.startswith("~")


def test_a_folder_of_links_in_circles_is_answered(work: Path) -> None:
    """Links to each other, deep paths through them."""
    (work / "a").symlink_to("b")
    (work / "b").symlink_to("a")
    (work / "here").symlink_to(".")
    deep = "/".join(["here"] * 500)
    (work / COMPOSE).write_text(with_env_file(f"[a, b/c.env, {deep}/x.env]", services=1))
    code, text = typed(work, "--format", "json")

    assert "graded" == json.loads(text)["status"]
    assert 1 == code


def test_strange_names_of_files_are_shown_harmlessly(tmp_path: Path) -> None:
    """A compose file whose own name is an escape sequence, for every command that names it."""
    strange = "a\x1b[31m\u202e\x9b.yml"
    lay_out(tmp_path / "work", {strange: b"services: [\n", COMPOSE: SOLUTION.encode()})
    commands = (
        *((strange,), (strange, "--format", "unix"), ("config", "-f", strange), ("explain", "kafka", strange)),
        *((strange + "x",), ("explain", "kafka", strange + "x"), ("--env-file", strange + "x")),
    )
    for words in commands:
        _, text = typed(tmp_path / "work", *words)

        assert [] == signs(text)
        assert "Traceback" not in text


def test_the_solution_has_nothing_to_complain_of(tmp_path: Path) -> None:
    """Else the other tests would prove nothing."""
    assert [] == complaints_about_commands(tmp_path / "work", {COMPOSE: SOLUTION.encode()}, OPENED)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "a\\0b",
            "\\ud800",
            "\\x9b",
            "a" * 5000,
            "a/" * 3000,
            "/" * 3000,
            "../" * 3000,
            ".",
            "..",
            "...",
            " ",
            "-",
            "~",
        ),
        *(
            "~root/x",
            "file:///etc/passwd",
            "https://example.org/x.yml",
            "C:\\\\x",
            "\\\\\\\\host\\\\x",
            "/dev/fd/0",
            "nul",
        ),
    ],
)
@pytest.mark.parametrize("use", ["env_file", "extends", "include", "COMPOSE_FILE"])
def test_odd_paths_are_no_fault_of_ours(work: Path, path: str, use: str) -> None:
    """Signs that no file may have in its name, and names that mean something elsewhere."""
    line = {
        "env_file": f'services: {{app: {{image: x, env_file: "{path}"}}}}\n',
        "extends": f'services: {{app: {{extends: {{file: "{path}", service: a}}}}}}\n',
        "include": f'services: {{app: {{image: x}}}}\ninclude: ["{path}"]\n',
        "COMPOSE_FILE": "services: {app: {image: x}}\n",
    }[use]
    (work / COMPOSE).write_text(line)
    if use == "COMPOSE_FILE":
        (work / ".env").write_text(f'COMPOSE_FILE="{path}"\n')
    for words in COMMANDS:
        with OPENED.noted() as paths:
            code, text = typed(work, *words)

        assert code in EXIT_CODES
        assert [] == [fault for fault in FAULTS if fault in text]
        assert [] == signs(text)
        assert [] == strangers(paths, str(work)) or words[:1] == ("config",)


def test_a_compose_file_named_by_a_variable_stays_inside(work: Path) -> None:
    """`COMPOSE_FILE` in `.env` is read as Compose reads it, as far as the submission goes."""
    (work / ".env").write_text("COMPOSE_FILE=../outside.yml:docker-compose.yml\n")
    with OPENED.noted() as paths:
        code, text = typed(work)

    assert NOT_GRADABLE == code
    assert "lies outside the submission and was not read" in " ".join(text.split())
    assert SECRET not in text
    assert [] == strangers(paths, str(work))
