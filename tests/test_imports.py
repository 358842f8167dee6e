"""What a plain `grade` imports: PyYAML and light parts of the standard library. Start-up shows in every run."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = frozenset(
    {
        "asyncio",
        "dask",
        "dataclasses",
        "deepdiff",
        "distributed",
        "email",
        "importlib.metadata",
        "inspect",
        "IPython",
        "jinja2",
        "jsonschema",
        "logging",
        "nbformat",
        "numpy",
        "pathlib",
        "pydantic",
        "rich",
        "shutil",
        "socket",
        "subprocess",
        "tempfile",
        "unittest",
        "watchfiles",
    }
)


# Where all marks are reached, nothing is to be explained, masked or compared.
FOR_FAULTS = frozenset(
    {
        "argparse",
        "datetime",
        "difflib",
        "grader.compose.dotenv",
        "grader.compose.reader",
        "grader.compose.template",
        "grader.containers.kafka.journey",
        "grader.judging.faults",
        "grader.masking",
        "grader.reports.groups",
        "grader.reports.lost",
        "grader.spelling",
        "yaml.reader",
        "yaml.resolver",
    }
)


def imported(*arguments: str) -> set[str]:
    """Return the modules that are loaded after `grade ARGUMENTS`, without those of Python's own start (`site`)."""
    code = (
        "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "
        "from grader.__main__ import main; main()"
    )
    ran = subprocess.run(
        [sys.executable, "-S", "-c", code, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    return set(ran.stderr.split())


@pytest.mark.parametrize("file", ["solutions/docker-compose.yml", "exercises/skeleton.yml"])
def test_a_plain_run_imports_nothing_heavy(file: str) -> None:
    """Neither for full marks nor for none."""
    modules = imported(file)

    assert "grader.grading" in modules
    assert set() == modules & HEAVY


def test_full_marks_need_nothing_that_is_for_faults() -> None:
    """A solution is read, judged and told in the shortest way."""
    modules = imported("solutions/docker-compose.yml")

    assert set() == modules & FOR_FAULTS


def test_a_command_imports_only_itself() -> None:
    """`grade hint` does not load `grade explain`."""
    modules = imported("hint", "kafka.node-id")

    assert "grader.commands.hint" in modules
    assert not modules & {"grader.commands.explain", "grader.commands.init", "grader.commands.selftest"}


@pytest.mark.parametrize("file", ["exercises/skeleton.yml", "tests/rejected/kafka.node-id/a-word.yml"])
def test_records_of_the_plain_path_are_light(file: str) -> None:
    """`typing.NamedTuple` compiles a constructor for each of them."""
    modules = [import_module(name) for name in imported(file) if name.startswith("grader.")]
    usual = {module.__name__ for module in modules if getattr(module, "NamedTuple", None) is NamedTuple}

    assert len(modules) > 100
    assert set() == usual
