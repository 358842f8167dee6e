"""The autograder zip: scripts at its root, beside them the grader itself and one rubric."""

import io
import os
import zipfile
from collections.abc import Iterator

from grader import kit

SCRIPTS = ("setup.sh", "run_autograder")
REQUIREMENTS = "requirements.txt"
EXECUTABLE, READABLE = 0o100755, 0o100644
UNIX = 3  # "made by", else the mode is not looked at
MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: the same sources give the same bytes
JUNK = ("__pycache__", "kit")  # folders of the package: byte code, and what a wheel carries for workspaces
RUBRIC_ENDINGS = (".yaml", ".yml", ".md")

_HERE = os.path.dirname(os.path.abspath(__file__))


def autograder_zip(rubric: str) -> bytes:
    """Return the zip with the rubric in the folder `rubric`. Raises `OSError` with the path."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in SCRIPTS:
            _add(archive, name, os.path.join(_HERE, name), EXECUTABLE)
        _add(archive, REQUIREMENTS, os.path.join(_HERE, REQUIREMENTS), READABLE)
        for name, path in _files(kit.package_folder(), ("",)):
            _add(archive, f"grader/{name}", path, READABLE)
        for name, path in _files(rubric, RUBRIC_ENDINGS):
            _add(archive, f"exercises/{name}", path, READABLE)
    return content.getvalue()


def _add(archive: zipfile.ZipFile, name: str, path: str, mode: int) -> None:
    """Write one file with line ends of Unix: bash takes no others, and a clone on Windows may have them."""
    with open(path, "rb") as file:
        data = file.read().replace(b"\r\n", b"\n")
    entry = zipfile.ZipInfo(name, MOMENT)
    entry.create_system = UNIX
    entry.external_attr = mode << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)


def _files(folder: str, endings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield name (with `/`) and path of the files below `folder`, in order, without what is hidden."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in JUNK and not name.startswith("."))
        for name in sorted(names):
            if name.endswith(endings) and not name.startswith("."):
                path = os.path.join(place, name)
                yield os.path.relpath(path, folder).replace(os.sep, "/"), path
