"""Classes of students to read: small builders of what an instructor has."""

import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from grader.batch.opening import open_content
from grader.batch.sources import open_source
from grader.batch.submission import Submission
from grader.compose.files import FileRefused
from grader.workspace import NoSubmission

Tree = Mapping[str, bytes | str]


def compose(word: str) -> str:
    """Return a compose file that can be told from others by a word."""
    return f"services:\n  a:\n    image: {word}\n"


def folder_of(path: Path, tree: Tree) -> Path:
    """Write files by relative path; a name that ends in `/` is an empty folder."""
    path.mkdir(parents=True, exist_ok=True)
    for name, content in tree.items():
        file = path / name
        if name.endswith("/"):
            file.mkdir(parents=True, exist_ok=True)
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def zip_of(tree: Tree) -> bytes:
    """Return a zip of files by relative path."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in tree.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tar_of(tree: Tree, mode: str = "w") -> bytes:
    """Return a tar of files by relative path; `w:gz`, `w:bz2`, `w:xz` compress it."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]  # any of the four modes
        for name, content in tree.items():
            data = content if isinstance(content, bytes) else content.encode()
            info = tarfile.TarInfo(name.rstrip("/"))
            info.size = len(data)
            if name.endswith("/"):
                info.type = tarfile.DIRTYPE
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def submissions(path: Path, kind: str | None = None) -> list[Submission]:
    """Read a source to its end."""
    return list(open_source(str(path), kind).submissions())


def image_of(submission: Submission) -> str:
    """Return the word in the compose file that would be graded, or why there is none."""
    try:
        opened = open_content(submission.content)
    except NoSubmission as error:
        return str(error)
    for name in (*opened.compose_files, "docker-compose.yml", "compose.yaml", "compose.yml", "docker-compose.yaml"):
        try:
            return opened.files.read(f"{opened.folder}/{name}").decode().rpartition("image: ")[2].strip()
        except FileRefused:
            continue
    return "nothing"


def images(path: Path, kind: str | None = None) -> dict[str, str]:
    """Return that word for each submission's id."""
    return {submission.id: image_of(submission) for submission in submissions(path, kind)}
