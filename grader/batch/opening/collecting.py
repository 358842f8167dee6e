"""The files of one submission out of an archive, in memory and within limits, which are counted while it is read."""

from grader.batch.opening.junk import is_junk_path
from grader.batch.opening.kinds import is_archive_name
from grader.batch.opening.members import ArchiveBroken, ArchiveRefused, Member, listed, shown
from grader.compose.files import MAX_FILE_BYTES

MAX_FILES = 20_000  # of one submission, without what is passed over; a clone of the exercise has 3,000
MAX_MEMBERS = 100_000  # of one archive, all counted
MAX_KEPT_BYTES = 4 * 1024 * 1024  # of the files of a submission, without archives in it
MAX_ARCHIVE_BYTES = 64 * 1024 * 1024  # of the archives inside of an archive


class _TooLarge(bytes):
    """Half a megabyte that travels to another process as a name."""

    def __reduce__(self) -> str:
        return "TOO_LARGE"


# It stands for the content of a file that is larger than any that is read; a reader of files refuses it by its length.
TOO_LARGE = _TooLarge(MAX_FILE_BYTES + 1)

# What is never part of a project as Compose reads it, by the ending of its name: it is not even unpacked.
NEVER_READ = frozenset(
    [
        "png", "jpg", "jpeg", "gif", "bmp", "webp", "ico", "svg", "heic", "tif", "tiff", "psd",
        "mp3", "mp4", "mov", "avi", "mkv", "webm", "wav", "pdf", "doc", "docx", "odt", "xls", "xlsx", "ppt", "pptx",
        "class", "jar", "war", "exe", "dll", "so", "dylib", "o", "a", "pyc", "pyo", "whl", "wasm",
        "ttf", "otf", "woff", "woff2", "db", "sqlite", "sqlite3", "iso", "img", "dmg", "ipynb",
    ]
)  # fmt: skip

# Folders of a clone of the exercise that hold most of its files, and nothing that a compose file reads.
UNREAD_FOLDERS = frozenset(["bench", "grader", "tests"])


def is_never_read(path: str) -> bool:
    """Tell whether the content of a file is never asked for, by its relative POSIX path."""
    return path.rpartition(".")[2].lower() in NEVER_READ or not UNREAD_FOLDERS.isdisjoint(path.split("/")[:-1])


class Collected:
    """The files of one submission by relative POSIX path, as far as they were read, and what there is to say.

    `refused` is a sentence where the whole is not to be graded.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.refused: str | None = None
        self._links: list[str] = []
        self._left_out: list[str] = []
        self._folded: set[str] = set()
        self._members = 0
        self._left = {False: MAX_KEPT_BYTES, True: MAX_ARCHIVE_BYTES}  # bytes; True: of archives

    def add(self, name: str, member: Member) -> None:
        """Read a member that is called `name` in the submission. Raises `ArchiveBroken`."""
        self._members += 1
        if self.refused is not None:
            return
        if self._members > MAX_MEMBERS:
            self.refused = f"It holds more than {MAX_MEMBERS:,} files and folders."
        elif member.kind != "folder" and not is_junk_path(name):
            self.refused = self._refusal(name, member)
            if self.refused is None:
                self._keep(name, member)

    @property
    def kept_bytes(self) -> int:
        """How much of it is in memory."""
        return MAX_KEPT_BYTES + MAX_ARCHIVE_BYTES - sum(self._left.values())

    def remarks(self) -> tuple[str, ...]:
        """Say what was not read."""
        said = []
        if self._links:
            said.append(f"Links and other special files were not followed: {listed(self._links)}.")
        if self._left_out:
            limit = MAX_KEPT_BYTES // 1024 // 1024
            said.append(f"The files hold more than {limit} MiB; these were not read: {listed(self._left_out)}.")
        return tuple(said)

    def _refusal(self, name: str, member: Member) -> str | None:
        """Tell what makes the whole submission one that was not packed in good faith, or cannot be read."""
        if member.fault is not None:
            return f"The entry {shown(member.name)} {member.fault}."
        if member.kind == "locked":
            return f"{shown(name)} is encrypted. It must be packed again without a password."
        if len(self.files) >= MAX_FILES:
            return f"It holds more than {MAX_FILES:,} files."
        folded = name.casefold()
        if folded in self._folded:
            same = name in self.files
            return f"The file {shown(name)} is there twice{'' if same else ', in upper and in lower case'}."
        self._folded.add(folded)
        return None

    def _keep(self, name: str, member: Member) -> None:
        if member.kind in ("link", "special"):
            self._links.append(name)
            return
        archive = is_archive_name(name)
        limit = MAX_ARCHIVE_BYTES if archive else MAX_FILE_BYTES
        if member.size > limit or is_never_read(name):
            self.files[name] = TOO_LARGE
        elif member.size > self._left[archive]:
            self._left_out.append(name)
            self.files[name] = TOO_LARGE
        else:
            self._read(name, member, archive=archive)

    def _read(self, name: str, member: Member, *, archive: bool) -> None:
        """Read what may be smaller or larger than the archive says."""
        limit = self._left[archive]
        try:
            data = member.read(limit + 1)
        except ArchiveBroken as error:
            self.refused = f"{shown(name)} {error}."
            raise
        except ArchiveRefused as error:
            self.refused = f"{shown(name)} {error}."
            return
        self._left[archive] -= min(len(data), limit)
        self.files[name] = data if len(data) <= limit else TOO_LARGE
