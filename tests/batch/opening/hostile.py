"""Archives that were made to do harm, or that are broken: small builders, each with the sentence that must be shown."""

import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import NamedTuple

COMPOSE = b"services:\n  a:\n    image: good\n"


class Hostile(NamedTuple):
    """An archive by its name, and how what is said about it must begin."""

    name: str
    build: Callable[[], bytes]
    said: str


def zipped(
    *files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED, edit: Callable[[zipfile.ZipInfo], None] | None = None
) -> bytes:
    """Return a zip; unlike `writestr` with a name alone, each entry is what was asked for."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files:
            info = zipfile.ZipInfo("x")
            info.filename = name
            info.compress_type = method
            if edit is not None:
                edit(info)
            archive.writestr(info, data)
    return buffer.getvalue()


def tarred(*entries: tuple[str, bytes, bytes], mode: str = "w", pax: dict[str, str] | None = None) -> bytes:
    """Return a tar of (name, type, data); a link's data is its target."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]  # any mode that writes
        for name, kind, data in entries:
            info = tarfile.TarInfo(name)
            info.type = kind
            info.pax_headers = pax or {}
            if kind == tarfile.REGTYPE:
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
            else:
                info.linkname = data.decode()
                archive.addfile(info)
    return buffer.getvalue()


def good_zip() -> bytes:
    return zipped(("docker-compose.yml", COMPOSE))


def good_tar(mode: str = "w") -> bytes:
    return tarred(("docker-compose.yml", tarfile.REGTYPE, COMPOSE), mode=mode)


def encrypted() -> bytes:
    """Set the bit of encryption in both headers."""
    data = bytearray(good_zip())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def overlapping() -> bytes:
    """Let two entries of the directory share the bytes of one file."""
    data = zipped(("a.yml", COMPOSE), ("b.yml", COMPOSE))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    return data[: second + 42] + struct.pack("<L", 0) + data[second + 46 :]


def lying_size() -> bytes:
    """Tell in the directory that the file is smaller than it is."""
    data = bytearray(good_zip())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<L", 5)
    return bytes(data)


def wrong_sum() -> bytes:
    """Change a byte of a stored file."""
    return zipped(("docker-compose.yml", COMPOSE), method=zipfile.ZIP_STORED).replace(b"good", b"evil", 1)


def great_directory() -> bytes:
    """Claim a directory of 2 GB."""
    data = good_zip()
    end = data.index(b"PK\x05\x06")
    return data[: end + 12] + struct.pack("<L", 2_000_000_000) + data[end + 16 :]


def zip_in_zip(depth: int) -> bytes:
    """Return a compose file in so many zips."""
    data = good_zip()
    for _ in range(depth - 1):
        data = zipped(("inner.zip", data))
    return data


def endless_header() -> bytes:
    """Return a tar whose first header claims a name of a gigabyte."""
    info = tarfile.TarInfo("././@LongLink")
    info.type = tarfile.GNUTYPE_LONGNAME
    info.size = 1 << 30
    return info.tobuf(tarfile.GNU_FORMAT) + bytes(10240)


def great_dictionary() -> bytes:
    """Let an xz ask for 1.5 GiB of memory."""
    data = bytearray(lzma.compress(good_tar()))
    header = (
        12  # of the stream; the block's is next: its size, flags, the filter, one byte of which is the dictionary's
    )
    size = (data[header] + 1) * 4
    at = data.index(b"\x21\x01", header) + 2
    data[at] = 37
    data[header + size - 4 : header + size] = struct.pack("<L", zlib.crc32(data[header : header + size - 4]))
    return bytes(data)


def mode_of(mode: int) -> Callable[[zipfile.ZipInfo], None]:
    def edit(info: zipfile.ZipInfo) -> None:
        info.create_system = 3
        info.external_attr = mode << 16

    return edit


_FILE, _LINK, _HARD = tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE
_NO_FILE = "There is no file in it. Links and other special files were not followed: docker-compose.yml."
_REPACK = "is packed in a way that is not read; pack it again as an ordinary zip."
_NOT = "was not unpacked."
_DC = "docker-compose.yml"

HOSTILE: dict[str, Hostile] = {
    "absolute name": Hostile(
        "a.zip", lambda: zipped(("/etc/cron.d/x", b"x")),
        "a.zip was not unpacked. The entry /etc/cron.d/x has an absolute name.",

    ),
    "leads out": Hostile(
        "a.zip", lambda: zipped((_DC, COMPOSE), ("../../x", b"x")),
        "a.zip was not unpacked. The entry ../../x has a name that leads out of its folder.",
    ),
    "leads out with backslashes": Hostile(
        "a.zip", lambda: zipped((_DC, COMPOSE), ("..\\..\\x", b"x")),
        "a.zip was not unpacked. The entry ..\\..\\x has a name that leads out of its folder.",
    ),
    "drive letter": Hostile(
        "a.zip", lambda: zipped((_DC, COMPOSE), ("C:\\x", b"x")),
        "a.zip was not unpacked. The entry C:\\x has a name that begins with a drive letter.",
    ),
    "tar leads out": Hostile(
        "a.tar", lambda: tarred((_DC, _FILE, COMPOSE), ("a/../../x", _FILE, b"x")),
        "a.tar was not unpacked. The entry a/../../x has a name that leads out of its folder.",
    ),
    "terminal escape in a name": Hostile(
        "a.tar", lambda: tarred((_DC, _FILE, COMPOSE), ("\x1b[2J\x1b]0;x\x07.txt", _FILE, b"x")),
        "a.tar was not unpacked. The entry \ufffd[2J\ufffd]0;x\ufffd.txt has control characters in its name.",
    ),
    "endless name": Hostile(
        "a.tar", lambda: tarred((_DC, _FILE, COMPOSE), ("x" * 5000, _FILE, b"x")),
        f"a.tar was not unpacked. The entry {'x' * 77}... has a name of more than 512 characters.",
    ),
    "endless path": Hostile(
        "a.tar", lambda: tarred((_DC, _FILE, COMPOSE), ("x/" * 100 + "y", _FILE, b"x")),
        f"a.tar was not unpacked. The entry {'x/' * 38}x... lies more than 32 folders deep.",
    ),
    "equal but for case": Hostile(
        "a.zip", lambda: zipped((_DC, COMPOSE), ("Docker-Compose.YML", b"x")),
        "a.zip was not unpacked. The file Docker-Compose.YML is there twice, in upper and in lower case.",
    ),
    "the same name twice": Hostile(
        "a.tar", lambda: tarred((_DC, _FILE, COMPOSE), (_DC, _FILE, b"x")),
        "a.tar was not unpacked. The file docker-compose.yml is there twice.",
    ),
    "encrypted": Hostile(
        "a.zip", encrypted,
        "a.zip was not unpacked. docker-compose.yml is encrypted. It must be packed again without a password."
    ),
    "overlapping entries": Hostile(
        "a.zip", overlapping, "a.zip has entries that lie over one another; such an archive is made to do harm."
    ),
    "a size that is a lie": Hostile("a.zip", lying_size, "a.zip was not unpacked. docker-compose.yml is damaged."),
    "a wrong sum": Hostile("a.zip", wrong_sum, "a.zip was not unpacked. docker-compose.yml is damaged."),
    "a directory of gigabytes": Hostile("a.zip", great_directory, "a.zip "),
    "zip bomb": Hostile(
        "a.zip", lambda: zipped((_DC, COMPOSE), ("zeros", bytes(9 * 1024 * 1024))),
        "a.zip unpacks to more than 200 times its size.",
    ),
    "tar bomb": Hostile(
        "a.tar.gz", lambda: tarred((_DC, _FILE, COMPOSE), ("zeros", _FILE, bytes(9 * 1024 * 1024)), mode="w:gz"),
        "a.tar.gz unpacks to more than 200 times its size.",
    ),
    "bzip2 bomb": Hostile(
        "a.tar.bz2", lambda: tarred(("zeros", _FILE, bytes(9 * 1024 * 1024)), mode="w:bz2"),
        "a.tar.bz2 unpacks to more than 200 times its size.",
    ),
    "bzip2 inside of zip": Hostile(
        "a.zip", lambda: zipped((_DC, COMPOSE), method=zipfile.ZIP_BZIP2),
        "a.zip was not unpacked. docker-compose.yml " + _REPACK,
    ),
    "LZMA inside of zip": Hostile(
        "a.zip", lambda: zipped((_DC, COMPOSE), method=zipfile.ZIP_LZMA),
        "a.zip was not unpacked. docker-compose.yml " + _REPACK,
    ),
    "too deep in archives": Hostile(
        "a.zip", lambda: zip_in_zip(4), "inner.zip is an archive in more than 3 others and was not unpacked."
    ),
    "too many files": Hostile(
        "a.zip", lambda: zipped(*((f"{number}.txt", b"") for number in range(20_001))),
        "a.zip was not unpacked. It holds more than 20,000 files.",
    ),
    "header of a gigabyte": Hostile("a.tar", endless_header, "a.tar has a header of more than 64 KiB."),
    "attributes of a megabyte": Hostile(
        "a.tar", lambda: tarred((_DC, _FILE, COMPOSE), mode="w", pax={"comment": "x" * 1_000_000}),
        "a.tar has a header of more than 64 KiB.",
    ),
    "a dictionary of gigabytes": Hostile(
        "a.tar.xz", great_dictionary, "a.tar.xz needs more than 80 MiB of memory to unpack."
    ),
    "symbolic link": Hostile("a.tar", lambda: tarred((_DC, _LINK, b"/etc/passwd")), _NO_FILE),
    "symbolic link in a zip": Hostile(
        "a.zip", lambda: zipped((_DC, b"/etc/passwd"), edit=mode_of(0o120777)), _NO_FILE
    ),
    "hard link": Hostile("a.tar", lambda: tarred((_DC, _HARD, b"/etc/passwd")), _NO_FILE),
    "device": Hostile("a.tar", lambda: tarred((_DC, tarfile.CHRTYPE, b"")), _NO_FILE),
    "pipe": Hostile("a.tar", lambda: tarred((_DC, tarfile.FIFOTYPE, b"")), _NO_FILE),
    "pipe in a zip": Hostile("a.zip", lambda: zipped((_DC, b""), edit=mode_of(0o010644)), _NO_FILE),
    "sparse file": Hostile(
        "a.tar", lambda: tarred((_DC, _FILE, COMPOSE), pax={"GNU.sparse.major": "1", "GNU.sparse.minor": "0"}),
        _NO_FILE,
    ),
    "size that is no number": Hostile(
        "a.tar", lambda: tarred((_DC, _FILE, COMPOSE), pax={"size": "-5"}), "a.tar is damaged."),
    "truncated zip": Hostile(
        "a.zip", lambda: good_zip()[:-10],
        "a.zip is no complete zip archive; download it again, or pack it again."
    ),
    "truncated tar": Hostile(
        "a.tar", lambda: good_tar()[:520],
        "a.tar was not unpacked. docker-compose.yml ends in the middle."
    ),
    "truncated tar.gz": Hostile("a.tar.gz", lambda: good_tar("w:gz")[:-40], "a.tar.gz "),
    "damaged tar.gz": Hostile("a.tar.gz", lambda: good_tar("w:gz")[:10] + b"\xff" * 50, "a.tar.gz is damaged."),
    "no tar inside": Hostile(
        "a.tar.gz", lambda: zlib.compress(COMPOSE * 20, wbits=31), "a.tar.gz holds no tar archive."
    ),
    "RAR": Hostile(
        "a.rar", lambda: b"Rar!\x1a\x07\x00" + bytes(50),
        "a.rar is a RAR archive, which is not read; pack it again as zip."),
    "7-Zip": Hostile(
        "a.zip", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(50),
        "a.zip is a 7-Zip archive, which is not read; pack it again as zip."),
    "empty": Hostile("a.zip", lambda: b"", "a.zip is empty."),
    "a text": Hostile("a.zip", lambda: COMPOSE, "a.zip is no archive that can be read (zip, tar, tar.gz)."),
    "no file inside": Hostile("a.zip", lambda: zipped(("x/", b"")), "There is no file in it."),
    "junk only": Hostile("a.zip", lambda: zipped(("__MACOSX/._docker-compose.yml", b"x")), "There is no file in it."),
}  # fmt: skip

# Archives that look odd and are fine: their compose file is graded.
HARMLESS: dict[str, Hostile] = {
    "backslashes separate folders": Hostile("a.zip", lambda: zipped(("work\\docker-compose.yml", COMPOSE)), ""),
    "a zip that calls itself tar.gz": Hostile("a.tar.gz", good_zip, ""),
    "a tar that calls itself zip": Hostile("a.zip", lambda: good_tar("w:xz"), ""),
    "dots and slashes": Hostile("a.tar", lambda: tarred(("./work//./docker-compose.yml", _FILE, COMPOSE)), ""),
    "three archives deep": Hostile("a.zip", lambda: zip_in_zip(3), ""),
    "bytes before the zip": Hostile("a.zip", lambda: b"PK\x03\x04" + good_zip(), ""),
    "bytes behind the tar.gz": Hostile("a.tgz", lambda: good_tar("w:gz") + b"rest", ""),
    "two parts of gzip": Hostile(
        "a.tgz", lambda: zlib.compress(good_tar()[:700], wbits=31) + zlib.compress(good_tar()[700:], wbits=31), ""
    ),
    "a link beside it": Hostile("a.tar", lambda: tarred((_DC, _FILE, COMPOSE), ("x", _LINK, b"/etc/passwd")), ""),
    "node_modules": Hostile(
        "a.zip", lambda: zipped((_DC, COMPOSE), *((f"node_modules/{number}/x.js", b"") for number in range(3000))), ""
    ),
    "a great picture": Hostile("a.zip", lambda: zipped((_DC, COMPOSE), ("a.png", bytes(range(256)) * 4096)), ""),
    "a name in another alphabet": Hostile("a.tar", lambda: tarred(("ß/docker-compose.yml", _FILE, COMPOSE)), ""),
}
