"""Where the things lie that a workspace is made of: in a clone beside the package, in a wheel inside it."""

import os

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
_IN_WHEEL = os.path.join(_PACKAGE, "kit")

SKELETON = "skeleton.yml"
COMPOSE_FILE = "docker-compose.yml"
WORKSPACE_FOLDERS = ("exercises", "apps", "shared", "notebooks")
SOLUTIONS = "solutions"
EDITOR_FOLDER = ".vscode"
EDITOR_TASKS = "tasks.json"  # of that folder nothing else is the kit's: in a clone an editor keeps its own things there


def kit_folder() -> str:
    """Return the absolute folder that holds `exercises`, `solutions`, `apps` and so on."""
    return _IN_WHEEL if os.path.isdir(_IN_WHEEL) else os.path.dirname(_PACKAGE)


def package_folder() -> str:
    """Return the absolute folder of the grader's own code."""
    return _PACKAGE


def rubric_folder() -> str:
    """Return the folder of the rubric that is used where none is named."""
    return os.path.join(kit_folder(), "exercises")


def solution_of(rubric: str) -> str:
    """Return the path of the answer to the rubric in a folder: the one beside that folder, else the kit's own."""
    beside = os.path.join(os.path.dirname(os.path.abspath(rubric)), SOLUTIONS, COMPOSE_FILE)
    return beside if os.path.isfile(beside) else os.path.join(kit_folder(), SOLUTIONS, COMPOSE_FILE)


def skeleton_bytes() -> bytes:
    """Return the text that every workspace's compose file starts with."""
    with open(os.path.join(rubric_folder(), SKELETON), "rb") as file:
        return file.read()


def make_workspace(folder: str, *, with_solutions: bool) -> list[str]:
    """Fill `folder` (new or empty) with a fresh workspace and return the names of what was put there, in order.

    Raises `FileExistsError` if something lies in `folder` or if it would be copied into itself, `NotADirectoryError` if
    it is a file, other `OSError`s with the path.
    """
    from shutil import copyfile, copytree, ignore_patterns

    for name in (*WORKSPACE_FOLDERS, SOLUTIONS):
        own = os.path.join(os.path.realpath(kit_folder()), name)
        if os.path.realpath(folder).startswith(own + os.sep):
            raise FileExistsError(f"{folder} lies in {own}, which belongs to the kit itself")
    os.makedirs(folder, exist_ok=True)
    if os.listdir(folder):
        raise FileExistsError(f"{folder} is not empty")
    leave_out = ignore_patterns("__pycache__", "*.pyc", ".*_cache", ".ipynb_checkpoints", ".DS_Store")
    made = [COMPOSE_FILE]
    with open(os.path.join(folder, COMPOSE_FILE), "xb") as file:
        file.write(skeleton_bytes())
    for name in (*WORKSPACE_FOLDERS, *((SOLUTIONS,) if with_solutions else ())):
        source = os.path.join(kit_folder(), name)
        if os.path.isdir(source):
            copytree(source, os.path.join(folder, name), ignore=leave_out)
            made.append(name)
    os.mkdir(os.path.join(folder, EDITOR_FOLDER))
    copyfile(os.path.join(kit_folder(), EDITOR_FOLDER, EDITOR_TASKS), os.path.join(folder, EDITOR_FOLDER, EDITOR_TASKS))
    return [*made, EDITOR_FOLDER]
