"""Every hostile submission ends in a sentence: soon, in little memory, without a word to the terminal.

Each input is graded, and goes through one of the other commands in turn; COMPOSE_KATA_HOSTILE=all tries all of them.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.inputs import PROJECTS
from tests.hostile.oracle import FAULTS, signs
from tests.hostile.running import Ran, Runner
from tests.hostile.workspaces import COMMANDS, EXIT_CODES, lay_out

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the measuring process forks")

MAX_CPU_SECONDS = 2  # one on an idle machine
MAX_PEAK_MIB = 200
ALL = os.environ.get("COMPOSE_KATA_HOSTILE") == "all"


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    """A process that runs commands and measures them."""
    with Runner() as made:
        yield made


def commands_for(name: str) -> list[tuple[str, ...]]:
    """Return the commands that an input goes through."""
    if ALL:
        return list(COMMANDS)
    first, *others = COMMANDS
    return [first, others[list(PROJECTS).index(name) % len(others)]]


@pytest.mark.parametrize("name", PROJECTS)
def test_nothing_hurts(runner: Runner, tmp_path: Path, name: str) -> None:
    """A known exit code, no traceback, no control character, within the limits; and nothing was executed."""
    lay_out(tmp_path / "work", PROJECTS[name]())
    for words in commands_for(name):
        ran = runner.run(tmp_path / "work", *words)

        assert [] == wrong(ran), f"grade {' '.join(words)}\n{ran.out[:500]}{ran.err[:500]}"
        assert ran.code == 0 or ran.out.strip() or ran.err.strip()
        assert not (tmp_path / "work" / "pwned").exists()


def wrong(ran: Ran) -> list[str]:
    """Return what must not be in an answer."""
    text = ran.out + ran.err
    found = [f"exit code {ran.code}"] if ran.code not in EXIT_CODES else []
    found += [fault for fault in FAULTS if fault in text]
    found += signs(text)
    if ran.cpu_seconds > MAX_CPU_SECONDS:
        found.append(f"{ran.cpu_seconds:.1f} s")
    if ran.peak_mib > MAX_PEAK_MIB:
        found.append(f"{ran.peak_mib:.0f} MiB")
    return found


REFUSED = {
    "empty": "docker-compose.yml is empty. It must begin with services:",
    "binary": "is no YAML",
    "a list": "holds no map. It must begin with services:",
    "10 MB": "is larger than 512 KiB and was not read",
    "300,000 keys": "is larger than 512 KiB and was not read",
    "60,000 keys": "more than 30000 keys and values",
    "30,000 brackets": "more than 100 levels deep",
    "30,000 closed braces": "more than 100 levels deep",
    "1,000 levels of indentation": "more than 100 levels deep",
    "a billion laughs": "more than 30000 keys and values, all copies counted",
    "a merge bomb": "more than 30000 keys and values, all copies counted",
    "an .env that doubles": "stand for more than 256 KiB of text",
    "a large variable used often": "stand for more than 256 KiB of text",
    "a tree of includes": "files are too many or too large",
    "a variable that is too long": "no container starts with it",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_over_a_limit_is_not_gradable(runner: Runner, tmp_path: Path, name: str) -> None:
    """Exit code 3, and one or two sentences: what, where, what to do."""
    lay_out(tmp_path / "work", PROJECTS[name]())
    ran = runner.run(tmp_path / "work")

    assert 3 == ran.code
    assert REFUSED[name] in " ".join(ran.out.split())
    assert "" == ran.err


GRADED = {
    "tabs as indentation": "found character that cannot start any token",
    "an open quote": "failed to parse",
    "an alias to itself": "cycle detected",
    "5,000 open defaults": "invalid interpolation format",
    "raw escapes": "control characters are not allowed",
    "a circle of extends": "Circular reference",
    "an .env of 10 MB": "is larger than 512 KiB and was not read",
    "an env_file of 10 MB": "is larger than 512 KiB and was not read",
    "an override file of 10 MB": "is larger than 512 KiB and was not read",
}


@pytest.mark.parametrize("name", GRADED)
def test_what_can_be_read_in_part_is_graded_with_the_refusal_on_top(runner: Runner, tmp_path: Path, name: str) -> None:
    """A score, and above everything else what Compose says."""
    lay_out(tmp_path / "work", PROJECTS[name]())
    ran = runner.run(tmp_path / "work")
    text = " ".join(ran.out.split())

    assert 1 == ran.code
    assert "Docker Compose refuses the file" in text
    assert GRADED[name] in text


@pytest.mark.parametrize("name", ["python object", "a billion laughs", "binary"])
def test_a_fresh_process_is_no_worse(tmp_path: Path, name: str) -> None:
    """The same from a cold start, as a student types it."""
    import subprocess
    import sys

    lay_out(tmp_path / "work", PROJECTS[name]())
    done = subprocess.run(
        [sys.executable, "-m", "grader"], cwd=tmp_path / "work", capture_output=True, text=True, check=False, timeout=20
    )

    assert done.returncode in EXIT_CODES
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "work" / "pwned").exists()
