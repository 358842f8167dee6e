"""`grade init DIR`: a fresh workspace, from a clone or from an installed wheel."""

import argparse
import os
import re

from grader import kit
from grader.endings import CommandFailed, UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `grade init`."""
    parser.add_argument("folder", metavar="DIR", help="a new or empty folder")
    parser.add_argument("--with-solutions", action="store_true", help="also put the solutions there")


def run(arguments: argparse.Namespace) -> int:
    """Make the workspace and say how to go on."""
    folder = arguments.folder
    if not folder:
        raise UsageError("the name of the new folder is empty. Give one: grade init kata")
    try:
        made = kit.make_workspace(folder, with_solutions=arguments.with_solutions)
    except (FileExistsError, NotADirectoryError) as error:
        raise UsageError(
            f"{folder} is no new or empty folder outside of the kit, and nothing is overwritten. Choose another name."
        ) from error
    except OSError as error:
        raise CommandFailed(f"{error.filename or folder}: {error.strerror or error}. Choose another place.") from error
    names = ", ".join(name if name == kit.COMPOSE_FILE else f"{name}/" for name in made)
    here = os.path.realpath(folder) == os.path.realpath(os.getcwd())
    print(f"{'This folder' if here else folder} now holds {names}.\n")
    if not here:
        print(f"Next: cd {_as_typed(folder)}")
    print(f"{'Next:' if here else '     '} read exercises/README.md, then run: grade")
    return 0


def _as_typed(path: str) -> str:
    """Return a path as it can be typed into a shell of any system."""
    return f'"{path}"' if re.search(r"[^\w./\\:~-]", path) else path
