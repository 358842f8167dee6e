"""Every value knows where it is written and where its text comes from."""

import pytest

from grader.compose.marks import Mark
from grader.compose.model import Loaded, Variable
from tests.compose.projects import loaded, marked

ANCHORED = """\
x-common: &common
  ALPHA: one
services:
  app:
    image: app
    environment:
      <<: *common
      BETA: &beta two
      GAMMA: *beta
"""


def variable(project: Loaded, name: str) -> Variable:
    """Return a variable of the service `app`."""
    return project.project.services["app"].environment[name]


def shown(project: Loaded, mark: Mark) -> tuple[str, int, str]:
    """Return the file, the line and the text that a mark points at."""
    return mark.file, mark.line, marked(project, mark)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("KEY: value", "value"),
        ("KEY: 'value'", "'value'"),
        ('KEY: "value"', '"value"'),
        ("KEY: value # remark", "value"),
        ("- KEY=value", "value"),
        ("- 'KEY=value'", "value"),
        ("- KEY=a=b", "a=b"),
        ("KEY:", "KEY"),
        ("- KEY=", ""),
    ],
)
def test_a_value_is_marked_where_it_stands(entry: str, expected: str) -> None:
    """The mark of a value covers the value, or its key where it is empty."""
    project = loaded(f"services:\n  app:\n    image: app\n    environment:\n      {entry}\n")

    marks = variable(project, "KEY").marks

    assert expected == marked(project, marks.written)
    assert marks.written == marks.source


def test_a_name_in_a_list_is_marked() -> None:
    """The key of `- A=b` is the part before the equals sign."""
    project = loaded("services:\n  app:\n    image: app\n    environment:\n      - ALPHA=one\n")

    assert ("docker-compose.yml", 5, "ALPHA") == shown(project, variable(project, "ALPHA").key)


def test_what_comes_from_the_env_file_beside_it_points_there() -> None:
    """`${X}` is written in the compose file, its text is in `.env`."""
    text = "services:\n  app:\n    image: app\n    environment:\n      ALPHA: ${ONE}\n"
    project = loaded(text, {".env": "# first\nONE=two\n"})

    marks = variable(project, "ALPHA").marks

    assert ("docker-compose.yml", 5, "${ONE}") == shown(project, marks.written)
    assert (".env", 2, "ONE=two") == shown(project, marks.source)


def test_what_comes_from_an_env_file_points_there() -> None:
    """A variable of an `env_file` has its name and its value there, the entry in the compose file brings it in."""
    text = "services:\n  app:\n    image: app\n    env_file: app.env\n"
    project = loaded(text, {"app.env": "ZERO=0\nONE=two\n"})

    found = variable(project, "ONE")

    assert ("app.env", 2, "ONE=two") == shown(project, found.marks.source)
    assert ("app.env", 2) == (found.key.file, found.key.line)


def test_an_alias_is_written_where_it_is_used_and_comes_from_its_anchor() -> None:
    """`*beta` is the place to change one value, `&beta` where its text stands."""
    project = loaded(ANCHORED)

    marks = variable(project, "GAMMA").marks

    assert 9 == marks.written.line
    assert ("docker-compose.yml", 8, "&beta two") == shown(project, marks.source)


def test_what_is_merged_in_comes_from_where_it_is_written() -> None:
    """The variables of `<<: *common` come from the map with the anchor."""
    project = loaded(ANCHORED)

    assert ("docker-compose.yml", 2, "one") == shown(project, variable(project, "ALPHA").marks.source)


def test_what_is_extended_comes_from_the_other_file() -> None:
    """A value of an extended service stands in the extended file."""
    text = "services:\n  app:\n    extends:\n      file: base.yml\n      service: base\n"
    project = loaded(text, {"base.yml": "services:\n  base:\n    image: app\n    environment:\n      ALPHA: one\n"})

    assert ("base.yml", 5, "one") == shown(project, variable(project, "ALPHA").marks.source)


@pytest.mark.parametrize("entry", ["gone.yml", "{path: gone.yml}", "{path: [there.yml, gone.yml]}"])
def test_a_missing_included_file_is_marked_where_it_is_named(entry: str) -> None:
    """The refusal stands in the file that includes, and says which file is meant."""
    project = loaded(f"services: {{}}\ninclude:\n  - {entry}\n", {"there.yml": "services: {}\n"})

    assert ("docker-compose.yml", 3, "gone.yml") == shown(project, project.refusals[0].at)
    assert "gone.yml" == project.refusals[0].about


def test_the_later_file_has_the_mark() -> None:
    """What an override file sets stands there."""
    text = "services:\n  app:\n    image: app\n    environment:\n      ALPHA: one\n"
    override = "services:\n  app:\n    environment:\n      ALPHA: two\n"
    project = loaded(text, {"docker-compose.override.yml": override})

    assert ("docker-compose.override.yml", 4, "two") == shown(project, variable(project, "ALPHA").marks.written)


@pytest.mark.parametrize(
    ("item", "source", "target"),
    [
        ("data:/var/data", "data", "/var/data"),
        ("'data:/var/data'", "data", "/var/data"),
        ("data:/var/data:ro", "data", "/var/data"),
        ("./here:/there", "./here", "/there"),
        ("{type: volume, source: data, target: /var/data}", "data", "/var/data"),
    ],
)
def test_the_parts_of_a_mount_are_marked(item: str, source: str, target: str) -> None:
    """A volume's source and target are marked inside its item."""
    project = loaded(f"services:\n  app:\n    image: app\n    volumes:\n      - {item}\nvolumes:\n  data:\n")

    mount = project.project.services["app"].volumes[0]

    assert source == marked(project, mount.source_at)
    assert target == marked(project, mount.target_at)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("services:\n  app:\n    image: app\n    environment:\n      A: 'x\n      B: y\n", 5, 10),
        ("services:\n  app:\n    image: app\n   environment:\n      A: x\n", 4, 4),
        ("services:\n  app:\n    image: app\n    environment:\n      A: x: y\n", 5, 11),
        ("services:\n\tapp:\n    image: app\n", 2, 1),
    ],
)
def test_what_is_no_yaml_is_marked_where_it_is_wrong(text: str, line: int, column: int) -> None:
    """A refusal of the parser points at the real place, whatever Compose's own line says."""
    at = loaded(text).refusals[0].at

    assert (line, column) == (at.line, at.column)


def test_a_missing_env_file_is_remarked_once() -> None:
    """Variables that are set nowhere may be those of a `.env` that was not handed in; Compose's warnings stay."""
    text = "services:\n  app:\n    image: app\n    environment:\n      A: ${ONE}\n      B: ${TWO}\n"
    without, beside = loaded(text), loaded(text, {".env": "OTHER=1\n"})

    said = "What is set nowhere may be set in a .env, and there is none. If you have it, hand it in."
    assert [said] == [remark.message for remark in without.remarks]
    assert without.warnings == beside.warnings
    assert [] == list(beside.remarks)
