"""A class as each LMS hands it to its instructor: the files of the download, one after the other.

The names are those that the systems give (Canvas `content_zipper.rb`, Moodle `mod/assign/downloader.php`, Gradescope's
export, `gh classroom clone student-repos`, `gh teacher download`).
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from bench.submissions.roster import HandIn

ASSIGNMENT = "compose-kata"
CLASSROOM = "platforms-26"
ASSIGNMENT_NUMBER = 4711
# What a zip says of the time of its files: always the same, so that the same class gives the same bytes.
ZIP_TIME = (2026, 3, 1, 12, 0, 0)
HOSTILE_EVERY = 149

Entry = tuple[str, bytes]


class Layout(NamedTuple):
    """One form: the name of the folder or archive, and the entries of one student in it.

    `entries` gives paths inside of the download. `folder` stands above all of them ("" for none).
    """

    name: str
    entries: Callable[[HandIn], Iterator[Entry]]
    folder: str = ""


def packed(files: Mapping[str, bytes], *, hostile: bool = False) -> bytes:
    """Return the files as the zip that a student would make; a hostile one reaches out of its folder as well."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(zipfile.ZipInfo(path, ZIP_TIME), data)
        if hostile:
            archive.writestr(zipfile.ZipInfo("../../outside/docker-compose.yml", ZIP_TIME), b"services: {}\n")
    return buffer.getvalue()


def _as_handed_in(one: HandIn) -> dict[str, bytes]:
    """Return the files, packed if the student has packed them."""
    if one.packed:
        return {f"{ASSIGNMENT}.zip": packed(one.handed_in, hostile=one.number % HOSTILE_EVERY == 0)}
    return one.handed_in


def _loose(one: HandIn) -> Iterator[Entry]:
    for path, data in (one.files or {}).items():
        if path.endswith(".yml") and "override" not in path:
            end = "" if path == "docker-compose.yml" else f"-{path.removesuffix('.yml')}"
            yield f"{one.login}{end}.yml", data


def _folder(one: HandIn) -> Iterator[Entry]:
    if one.files is not None:
        for path, data in one.handed_in.items():
            yield f"{one.login}/{path}", data


def _canvas(one: HandIn) -> Iterator[Entry]:
    if one.files is None:
        return
    # The sortable name "0001, Student", without what is no letter or digit.
    head = f"{one.last_name}{one.first_name.lower()}{'_LATE' if one.late else ''}_{one.canvas_id}"
    for place, (name, data) in enumerate(_as_handed_in(one).items()):
        if "/" in name:
            continue  # Canvas takes files, no folders
        stem, dot, ending = name.rpartition(".")
        if one.attempts > 1 and stem:
            name = f"{stem}-{one.attempts - 1}{dot}{ending}"
        yield f"{head}_{one.submission_id + place}_{name}", data


def _moodle(one: HandIn) -> Iterator[Entry]:
    if one.files is None:
        return
    head = f"{one.name}_{one.participant}_assignsubmission"
    for path, data in _as_handed_in(one).items():
        yield f"{head}_file/{path}", data
    if one.number % 10 == 0:
        yield f"{head}_onlinetext/onlinetext.html", b"<p>Please see my file.</p>"


def _gradescope(one: HandIn) -> Iterator[Entry]:
    if one.files is not None:
        for path, data in _as_handed_in(one).items():
            yield f"submission_{one.submission_id}/{path}", data


def _github(one: HandIn) -> Iterator[Entry]:
    return _clone(one, f"{ASSIGNMENT}-{one.login}")


def _classroom50(one: HandIn) -> Iterator[Entry]:
    folder = f"{CLASSROOM}-{ASSIGNMENT}-{one.login}"
    yield from _clone(one, folder)
    yield f"{folder}/.classroom50.yaml", f"classroom: {CLASSROOM}\nassignment: {ASSIGNMENT}\n".encode()
    yield f"{folder}/result.json", json.dumps({"schema": "classroom50/result/v1", "score": 0, "max-score": 1}).encode()


def _clone(one: HandIn, folder: str) -> Iterator[Entry]:
    """A repository holds the starter's README and Git's own files, also of those who have pushed nothing."""
    yield f"{folder}/README.md", b"# compose-kata\n"
    yield f"{folder}/.git/HEAD", b"ref: refs/heads/main\n"
    yield f"{folder}/.git/config", b"[core]\n\tbare = false\n"
    if one.files is not None:
        for path, data in one.handed_in.items():
            yield f"{folder}/{path}", data


LAYOUTS: dict[str, Layout] = {
    "files": Layout("submissions", _loose),
    "folders": Layout("submissions", _folder),
    "zip": Layout("submissions.zip", _folder, "submissions/"),
    "tar.gz": Layout("submissions.tar.gz", _folder, "submissions/"),
    "canvas": Layout(f"{CLASSROOM}-{ASSIGNMENT}_submissions.zip", _canvas),
    "moodle": Layout(f"{CLASSROOM}-{ASSIGNMENT}-{ASSIGNMENT_NUMBER}.zip", _moodle),
    "gradescope": Layout(f"assignment_{ASSIGNMENT_NUMBER}_export", _gradescope),
    "github": Layout(f"{ASSIGNMENT}-submissions", _github),
    "classroom50": Layout(f"{CLASSROOM}-{ASSIGNMENT}", _classroom50),
}
