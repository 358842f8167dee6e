"""Lay out a class: `python -m bench.submissions OUT --count 300 --seed 1 --shape canvas`.

OUT holds the download as the LMS gives it, the gradebook that belongs to it, and `truth.json`: who has copied whom.
"""

import argparse
import csv
import gzip
import io
import json
import os
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Iterator

from bench.submissions import copied_from
from bench.submissions.gradebooks import GRADEBOOKS, submission_metadata
from bench.submissions.layouts import LAYOUTS, ZIP_TIME, Entry
from bench.submissions.roster import hand_ins
from bench.submissions.submission import COPY_PLACE, ORIGINAL_PLACE

DEFAULT_COUNT = 300
TAR_TIME = 1_772_366_400


def main() -> None:
    """Write a class as asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.submissions", description=__doc__.partition("\n")[0])
    parser.add_argument("out", metavar="OUT", help="a new folder")
    parser.add_argument("--count", type=int, default=DEFAULT_COUNT, metavar="N", help="students (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="another number, another class")
    parser.add_argument("--shape", choices=tuple(LAYOUTS), default="folders", help="form (default: %(default)s)")
    arguments = parser.parse_args()
    try:
        os.makedirs(arguments.out)
    except FileExistsError:
        sys.exit(f"{arguments.out} is there already: name a new folder.")
    print(lay_out(arguments.out, arguments.shape, arguments.count, arguments.seed))


def lay_out(out: str, shape: str, count: int, seed: int) -> str:
    """Write the download of a class, its gradebook and the truth into a folder; return the path of the download."""
    layout = LAYOUTS[shape]
    path = os.path.join(out, layout.name)
    entries = ((layout.folder + name, data) for one in hand_ins(count, seed) for name, data in layout.entries(one))
    if path.endswith(".zip"):
        _write_zip(path, entries)
    elif path.endswith(".tar.gz"):
        _write_tar(path, entries)
    else:
        _write_folder(path, entries)
    if shape == "gradescope":
        with open(os.path.join(path, "submission_metadata.yml"), "w", encoding="utf-8", newline="\n") as file:
            file.writelines(submission_metadata(hand_ins(count, seed), seed))
    if shape in GRADEBOOKS:
        name, rows = GRADEBOOKS[shape]
        with open(os.path.join(out, name), "w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows(hand_ins(count, seed)))
    with open(os.path.join(out, "truth.json"), "w", encoding="utf-8") as file:
        json.dump({"copies": list(_copies(count, seed))}, file, indent=2)
        file.write("\n")
    return path


def _copies(count: int, seed: int) -> Iterator[dict[str, str]]:
    """Yield the pairs of whom both have handed something in."""
    there: dict[int, str] = {}
    for one in hand_ins(count, seed):
        source = copied_from(one.number)
        if one.files is None:
            continue
        if source is not None and source in there:
            yield {"copy": one.login, "original": there.pop(source)}
        elif copied_from(one.number + COPY_PLACE - ORIGINAL_PLACE) == one.number:
            there[one.number] = one.login


def _write_folder(root: str, entries: Iterable[Entry]) -> None:
    made = ""
    for name, data in entries:
        path = os.path.join(root, name)
        folder = os.path.dirname(path)
        if folder != made:
            os.makedirs(folder, exist_ok=True)
            made = folder
        with open(path, "wb") as file:
            file.write(data)


def _write_zip(path: str, entries: Iterable[Entry]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name, ZIP_TIME), data, zipfile.ZIP_DEFLATED)


def _write_tar(path: str, entries: Iterable[Entry]) -> None:
    with (
        open(path, "wb") as raw,
        gzip.GzipFile(fileobj=raw, mode="wb", mtime=TAR_TIME) as packed,
        tarfile.open(fileobj=packed, mode="w|") as archive,
    ):
        for name, data in entries:
            member = tarfile.TarInfo(name)
            member.size, member.mtime = len(data), TAR_TIME
            archive.addfile(member, io.BytesIO(data))


if __name__ == "__main__":
    main()
