"""Every recorded answer of Docker Compose is ours too, to the word."""

from pathlib import Path
from typing import Any

import pytest

from grader.compose.files import MemoryFiles
from grader.compose.loader import load
from grader.compose.printed import printed
from grader.compose.request import Request
from tests.compose.probes import probes
from tests.compose.recorded import CASES, answer, copied, differences, read_json, request_of

FOLDER = "/submission"


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_a_project_is_read_as_compose_reads_it(case: Path, tmp_path: Path) -> None:
    """Verdict, environments, mounts, declared volumes, warnings and the text of the error agree."""
    folder = copied(case, tmp_path / "above" / "project")

    found = list(differences(read_json(case / "expected.json"), answer(request_of(folder)), folder))

    assert [] == found


def project(
    text: str, *, files: dict[str, str] | None = None, variables: dict[str, str] | None = None
) -> dict[str, Any]:
    """Return our answer for a compose file in memory."""
    known = {"docker-compose.yml": text, **(files or {})}
    return answer(Request(MemoryFiles(known), FOLDER, variables=variables or {}, project_name="kata"))


def outcome(found: dict[str, Any], value: Any) -> Any:
    """Return what a probe compares: `value` of an accepted project, else the error as the probes spell it."""
    if found["ok"]:
        return value(found["services"]["app"], found)
    error = found["error"]
    if error.startswith("invalid interpolation format"):
        return "bad_format"
    for prefix, stage in (("validating <f>: ", "validating"), ("failed to parse <f>: ", "parse")):
        if error.startswith(prefix):
            return {"stage": stage, "error": error.removeprefix(prefix)}
    return {"error": error.removeprefix("failed to read <f>: ")}


def environment(service: dict[str, Any], found: dict[str, Any]) -> Any:
    """The whole environment of the probe's service."""
    return service["environment"]


def mount(service: dict[str, Any], found: dict[str, Any]) -> Any:
    """The one mount of the probe's service; `P` stands for the project's folder."""
    (only,) = service["volumes"]
    source = only["source"]
    if only["type"] == "bind" and source.startswith("."):
        source = "P" + source.removeprefix(".")
    return [only["type"], source, only["target"], only["read_only"]]


@pytest.mark.parametrize(("written", "expected"), probes("env_scalar"))
def test_a_value_of_a_map(written: str, expected: Any) -> None:
    """A scalar becomes the text that Compose makes of it."""
    text = f"services:\n  app:\n    image: x\n    environment:\n      V: {written}\n"

    assert expected == outcome(project(text), lambda service, found: service["environment"]["V"])


@pytest.mark.parametrize(("written", "expected"), probes("env_item"))
def test_an_item_of_a_list(written: str, expected: Any) -> None:
    """An item of a list becomes a variable."""
    text = f"services:\n  app:\n    image: x\n    environment:\n      - {written}\n"

    assert expected == outcome(project(text, variables={"FROMSHELL": "sh"}), environment)


@pytest.mark.parametrize(("written", "expected"), probes("env_items_repeated"))
def test_items_with_one_name(written: list[str], expected: Any) -> None:
    """The last item of a name wins."""
    items = "".join(f"      - {item}\n" for item in written)
    text = f"services:\n  app:\n    image: x\n    environment:\n{items}"

    assert expected == outcome(project(text, variables={"FROMSHELL": "sh"}), environment)


@pytest.mark.parametrize(("written", "expected"), [*probes("volume_short"), *probes("volume_long")])
def test_a_mount(written: str, expected: Any) -> None:
    """A mount has the type, source, target and mode that Compose gives it."""
    text = f"services:\n  app:\n    image: x\n    volumes:\n      - {written}\nvolumes: {{db: , data: , d: , c: }}\n"

    assert expected == outcome(project(text, variables={"V": "db", "T": "volume"}), mount)


@pytest.mark.parametrize(("written", "expected"), probes("volume_top"))
def test_a_declared_volume(written: str, expected: Any) -> None:
    """A declaration has the driver and name that Compose gives it; a name of its own making is not shown."""
    text = f"services:\n  app:\n    image: x\n    volumes: ['db:/data']\nvolumes:\n  db: {written}\n"
    found = outcome(project(text, variables={"N": "nn"}), lambda service, found: found["volumes"]["db"])
    if isinstance(expected, list):
        driver, external, name = expected
        made = name == ("db" if external else "kata_db")
        expected = {"driver": driver, "external": external, "name": None if made else name}
        found["name"] = found["name"] or None

    assert expected == found


@pytest.mark.parametrize(("written", "expected"), probes("interpolation"))
def test_a_variable_in_a_text(written: str, expected: Any) -> None:
    """`${...}` becomes what Compose makes of it."""
    variables = {
        "SET": "val", "EMPTY": "", "NUM": "5", "lower": "low", "_X": "under", "X1": "x1", "D": "$SET", "DD": "${SET}",
        "BR": "a}b", "U": "u-ser",
    }  # fmt: skip
    value = written.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    text = f'services: {{app: {{image: x, environment: {{V: "{value}"}}}}}}\n'

    assert expected == outcome(project(text, variables=variables), lambda service, found: service["environment"]["V"])


@pytest.mark.parametrize(("written", "expected"), probes("env_file"))
def test_a_file_of_variables(written: str, expected: Any) -> None:
    """An `env_file` becomes the variables that Compose makes of it."""
    content = written.removesuffix(" (no final line end)")
    content = content if content != written else content + "\n"
    text = "services: {app: {image: x, env_file: f.env}}\n"
    found = project(text, files={"f.env": content}, variables={"SH": "sh"})

    assert expected == outcome(found, environment)


def test_what_is_no_json_matters_for_json_only() -> None:
    """An infinite number ends the output as JSON, as in Compose; for everybody else the project is accepted."""
    files = MemoryFiles({"docker-compose.yml": "x-share: .inf\nservices: {app: {image: x}}\n"})
    loaded = load(Request(files, FOLDER, project_name="kata"))

    assert "json: unsupported value: +Inf" == printed(loaded)["error"]
    assert printed(loaded, as_json=False)["ok"]
