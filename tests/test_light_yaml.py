"""PyYAML's C parser is loaded alone, and nobody who uses PyYAML later can tell."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BEGIN = "import sys; from grader.light_yaml import complete, load_parser_only; load_parser_only(); "


def printed(code: str) -> list[str]:
    """Run code in a process of its own behind the light start; return the lines it prints."""
    ran = subprocess.run(
        [sys.executable, "-c", BEGIN + code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    return ran.stdout.splitlines()


def test_the_c_parser_comes_alone() -> None:
    """The readers and writers in Python are not loaded."""
    modules = printed("print(*(name for name in sys.modules if name.startswith('yaml.')), sep='\\n')")

    assert {"yaml.error", "yaml.events", "yaml.nodes", "yaml.tokens", "yaml._yaml"} == set(modules)


@pytest.mark.parametrize(
    "code",
    [
        "import yaml; print(yaml.safe_load('a: 1'))",
        "from yaml import CSafeLoader, load; print(load('a: 1', CSafeLoader))",
        "from yaml import *; print(safe_load('a: 1'))",
        "from yaml.loader import SafeLoader; import yaml; print(yaml.load('a: 1', SafeLoader))",
        "complete(); complete(); import yaml; print(yaml.safe_load('a: 1'))",
    ],
)
def test_whoever_asks_for_more_gets_all_of_pyyaml(code: str) -> None:
    """However it is imported."""
    assert ["{'a': 1}"] == printed(code)


@pytest.mark.parametrize(
    ("text", "module"), [("a: [", "yaml.parser"), ("a: 'b", "yaml.scanner"), ("\x01", "yaml.reader")]
)
def test_a_completed_pyyaml_raises_its_own_errors(text: str, module: str) -> None:
    """Those of the C parser are the classes that the readers in Python have."""
    code = (
        f"import yaml\ntry: yaml.load({text!r}, yaml.CSafeLoader)\n"
        "except yaml.YAMLError as error: print(error.__class__.__module__)"
    )

    assert [module] == printed("\n" + code)


@pytest.mark.parametrize("text", ["services: [", "services:\n\tapp: {}", "a: 'b", "a: &x 1\nb: *y", "a: \x01"])
def test_a_broken_file_is_refused_in_the_same_words(text: str, tmp_path: Path) -> None:
    """Whether the whole of PyYAML was there from the beginning or not."""
    file = tmp_path / "docker-compose.yml"
    file.write_text(text, encoding="utf-8")
    run = f"from grader.cli import run; run(['config', '-f', {os.fspath(file)!r}])"

    assert printed(f"import yaml; yaml.load; {run}") == printed(run)


def test_a_pyyaml_that_is_there_stays() -> None:
    """A process that has imported it keeps it as it is."""
    assert ["True"] == printed("import yaml; complete(); load_parser_only(); print(yaml is sys.modules['yaml'])")
