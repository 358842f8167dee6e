"""Grade the submission of one run of Gradescope: `python -P -m grader.ready.gradescope.autograde /autograder`.

The results are written for every submission, also for one that cannot be graded (0, with the reason). For a fault of
the grader none are written and the exit code is not 0: Gradescope then says that the autograder failed.
"""

import os
import sys
from collections.abc import Iterator, Sequence

from grader.compose.discovery import NAMES
from grader.reports.clean import clean_line

MAX_FOLDERS = 2000  # looked into for the compose file
MAX_DEPTH = 8
ENDINGS = (".yml", ".yaml")
JUNK = frozenset({"__MACOSX", "node_modules", "__pycache__", ".git", ".venv", ".idea", ".vscode"})


def main(arguments: Sequence[str]) -> int:
    """Grade `ROOT/submission`, write `ROOT/results/results.json`, and return the exit code."""
    (root,) = arguments
    results = os.path.abspath(os.path.join(root, "results", "results.json"))
    os.makedirs(os.path.dirname(results), exist_ok=True)
    if os.path.lexists(results):
        os.remove(results)
    folder, file = find(os.path.join(root, "submission"))
    os.chdir(folder)  # so that paths in the results are those of the student
    from grader.cli import run

    code = run([file or ".", "--format", "gradescope", "--exit-zero", "-o", results])
    written = os.path.isfile(results)
    print(f"graded: {clean_line(os.path.join(folder, file or ''))}; exit code {code}, results written: {written}")
    return 0 if written else code or 1


def find(submission: str) -> tuple[str, str | None]:
    """Return the folder of the compose file, and the file's name where it is none that Compose looks for.

    The nearest folder with a compose file counts; students upload folders and zips of folders. Without any, the only
    YAML file of the nearest folder that holds one is meant. Links are not followed.
    """
    odd: tuple[str, str] | None = None
    for folder, names in _folders(submission):
        if any(name in NAMES for name in names):
            return folder, None
        yaml = sorted(name for name in names if name.lower().endswith(ENDINGS) and not name.startswith("."))
        if odd is None and len(yaml) == 1:
            odd = folder, yaml[0]
    return odd or (submission, None)


def _folders(start: str) -> Iterator[tuple[str, list[str]]]:
    """Yield folders with the names of their files, the nearest first, in the order of their names."""
    level = [start]
    looked = 0
    for _ in range(MAX_DEPTH):
        below: list[str] = []
        for folder in level:
            looked += 1
            if looked > MAX_FOLDERS:
                return
            try:
                with os.scandir(folder) as entries:
                    found = sorted(entries, key=lambda entry: entry.name)
            except PermissionError:
                continue
            yield folder, [entry.name for entry in found if not entry.is_dir()]
            below += [entry.path for entry in found if entry.is_dir(follow_symlinks=False) and entry.name not in JUNK]
        level = below


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
