"""The directory of a zip takes little memory, and says what `zipfile` says."""

import io
import tracemalloc
import zipfile

from grader.batch.opening.zip_directory import ZipEntry
from grader.batch.opening.zips import CLASS_ZIP, open_zip, zip_members

ENTRIES = 5_000
MAX_BYTES_AN_ENTRY = 260  # a `ZipInfo` takes 650 to 1,000
NAME = "kata-submissions/kata-student{:05d}/node_modules/package/lib/file.js"


def packed(*names: str) -> io.BytesIO:
    """Return a zip in which each file holds its own name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, name)
    return file


def test_an_entry_takes_little_memory() -> None:
    """A class of whole clones has hundreds of thousands."""
    file = packed(*(NAME.format(number) for number in range(ENTRIES)))
    tracemalloc.start()

    with open_zip(file, CLASS_ZIP) as archive:
        kept, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert ENTRIES == sum(1 for _ in archive.entries())
    assert kept / ENTRIES < MAX_BYTES_AN_ENTRY


def test_an_entry_is_what_zipfile_says_and_is_read_by_it() -> None:
    """Every field, whatever the name."""
    names = ["a.yml", "ä/سارة.yml", "x" * 300 + "/b.yml", "folder/"]
    file = packed(*names)
    with zipfile.ZipFile(file) as archive:
        expected = [tuple(getattr(info, field) for field in ZipEntry._fields) for info in archive.infolist()]

    with open_zip(file, CLASS_ZIP) as directory:
        assert expected == list(directory.entries())
        assert [name.encode() if not name.endswith("/") else b"" for name in names] == [
            member.read(1000) for member in zip_members(directory)
        ]


def test_entries_that_lie_in_another_order_do_not_overlap() -> None:
    """A directory may name them in any order."""
    file = packed("a", "b", "c")
    data = bytearray(file.getvalue())
    start = data.index(b"PK\x01\x02")
    first, second = data.index(b"PK\x01\x02", start + 4), data.index(b"PK\x05\x06")
    turned = data[:start] + data[first:second] + data[start:first] + data[second:]

    with open_zip(io.BytesIO(turned), CLASS_ZIP) as directory:
        assert ["b", "c", "a"] == [entry.orig_filename for entry in directory.entries()]
        assert [b"b", b"c", b"a"] == [member.read(10) for member in zip_members(directory)]
