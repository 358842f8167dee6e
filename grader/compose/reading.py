"""The state of one reading: what was refused, in which order Compose would have met it, and what was read."""

import posixpath
from typing import TYPE_CHECKING, Any

from grader.compose.budget import Budget, MeteredFiles
from grader.compose.errors import Notice, Refusal
from grader.compose.files import Files
from grader.compose.marks import Mark
from grader.compose.request import STUDENT_HOME, Request

if TYPE_CHECKING:
    from grader.compose.held import Aside

# The stages of Docker Compose: over the whole run, then within one document of one file. Compose stops at the first
# error; here every refusal gets a rank, and the one with the lowest is what Compose prints.
FIND_FILES, READ_FILES, LAYERS, EXTERNAL, PATHS, NORMALISE, DECODE, CONSISTENCY, ENV_FILES, LABEL_FILES, NAMES = range(
    11
)
PARSE, TWICE, TREE, KEYS, INTERPOLATE, EXTENDS, INCLUDE, MERGE, UNIQUE, SCHEMA, CANONICAL, UNIQUE_AGAIN = range(12)

MAX_REFUSALS = 500  # of one project; whoever reads them mends the first ones first

MAX_FOLDERS_UP_SHOWN = 2  # in a relative path; a longer one is harder to read than an absolute one

_UNSET = " variable is not set. Defaulting to a blank string."

Rank = tuple[int, ...]
Path = tuple[str, ...]


class Reading:
    """What one call of the loader knows and collects.

    `values` are the variables for `${...}`, `origins` the marks of those that come from a file; `base` is the rank of
    the project at work (empty, or the `include` that brings it in), `layer` that of the document at work. A `strict`
    reading takes nothing for what it was meant to be.
    """

    __slots__ = (
        "aside",
        "asked_at",
        "base",
        "bent",
        "budget",
        "damaged",
        "data",
        "directory",
        "exact",
        "files",
        "home",
        "husks",
        "layer",
        "led_out",
        "lowest",
        "mended",
        "missed",
        "names",
        "notices",
        "origins",
        "ranked",
        "remarks",
        "request",
        "strict",
        "unread",
        "values",
    )

    def __init__(self, request: Request, *, strict: bool = False) -> None:
        self.request = request
        self.strict = strict
        self.budget = Budget()
        self.files: Files = MeteredFiles(request.files, self.budget)
        self.directory = request.folder
        self.aside: Aside | None = None  # services and heads that the stages need not see
        self.asked_at: dict[str, Mark] = {}  # by the path of an included file: where it is named
        self.base: Rank = ()
        self.layer: Rank = (LAYERS,)
        self.ranked: list[tuple[Rank, int, Refusal]] = []
        self.lowest: Rank = ()
        self.notices: list[tuple[Rank, Notice]] = []
        self.remarks: list[Notice] = []
        self.home = request.variables.get("HOME", STUDENT_HOME)  # what a `~` in a path stands for
        self.led_out: dict[str, str] = {}  # by an absolute path outside of the project: how it is written there
        self.values: dict[str, str] = {}
        self.origins: dict[str, Mark] = {}
        self.data: dict[str, bytes] = {}  # of every file that was read, by the name that marks use
        self.names: list[str] = []
        self.missed = ""  # the name of the `.env` that was looked for and is not there
        self.damaged: tuple[int, ...] = ()
        self.mended: set[tuple[str, int]] = set()
        self.husks: list[tuple[Any, str]] = []  # entries that are there only for the schema to refuse
        self.bent: Rank | None = None  # from here on something was taken for what it was meant to be
        self.exact: dict[bytes, Any] = {}  # what the slow parser has made of a file, for the second reading
        self.unread: set[tuple[str, str]] = set()  # service and part: there, but not to be read

    def refuse(
        self, stage: int, message: str, path: Path, at: Mark, kind: str, *within: int, about: str | None = None
    ) -> None:
        """Note a refusal of the document at work at one of the stages from PARSE on."""
        self.note((*self.layer, stage, *within), Refusal(message, path, at, kind, about))

    def refuse_whole(
        self, stage: int, message: str, path: Path, at: Mark, kind: str, *within: int, about: str | None = None
    ) -> None:
        """Note a refusal of the whole project at one of the stages from FIND_FILES on."""
        self.note((*self.base, stage, *within), Refusal(message, path, at, kind, about))

    def note(self, rank: Rank, refusal: Refusal) -> None:
        """Note a refusal with its rank; over the limit only one that Compose would meet before all others."""
        if len(self.ranked) >= MAX_REFUSALS and rank >= self.lowest:
            return
        if not self.ranked or rank < self.lowest:
            self.lowest = rank
        self.ranked.append((rank, len(self.ranked), refusal))

    def bend(self, rank: Rank) -> None:
        """Note that from a rank on a strict reading may differ."""
        if self.bent is None or rank < self.bent:
            self.bent = rank

    def warn(self, stage: int, message: str, at: Mark | None, *within: int) -> None:
        """Note one of Compose's warnings about the document at work, at one of the stages from PARSE on."""
        self.notices.append(((*self.layer, stage, *within), Notice(message, at)))

    def warn_whole(self, stage: int, message: str, at: Mark | None, *within: int) -> None:
        """Note one of Compose's warnings about the whole project, at one of the stages from FIND_FILES on."""
        self.notices.append(((*self.base, stage, *within), Notice(message, at)))

    def lookup(self, name: str) -> str | None:
        """Return the value of a variable for `${...}`."""
        return self.values.get(name)

    def home_of(self, text: str) -> str:
        """Return what a `~` at the start of a path stands for, and warn if that is nothing."""
        if not self.home and text.startswith("~"):
            self.warn_whole(PATHS, "cannot expand '~', because the environment lacks HOME", None)
        return self.home

    def name_of(self, path: str) -> str:
        """Return the name that marks use for the absolute `path`: relative inside the request's folder."""
        folder = self.request.folder
        if path.startswith(folder + "/"):
            return path[len(folder) + 1 :]
        return path

    def lead_out(self, written: str, path: str) -> None:
        """Remember how a path with `..` in it is written that leads out: what it becomes tells of this machine only."""
        folder = self.directory
        cleaned = posixpath.normpath(path)
        if cleaned == folder or cleaned.startswith(folder + "/"):
            return
        if not written.startswith("/"):
            self.led_out[path] = written
        elif written.startswith(folder + "/"):  # ${PWD}/../x
            self.led_out[path] = posixpath.relpath(cleaned, folder)

    def shown(self, path: str) -> str:
        """Return how a sentence names the absolute `path`: as a student would write it, unless it is far away."""
        relative = posixpath.relpath(path, self.request.folder)
        return relative if relative.count("..") <= MAX_FOLDERS_UP_SHOWN else path

    def why_missing(self, path: str) -> str:
        """Return what the system says of a `path` where nothing is: a file may stand where a folder should."""
        folder = self.request.folder
        above = posixpath.dirname(path)
        while above.startswith(f"{folder}/") and (kind := self.files.kind(above)) != "folder":
            if kind is not None:
                return "not a directory"
            above = posixpath.dirname(above)
        return "no such file or directory"

    def warnings(self) -> list[Notice]:
        """Return the warnings that Compose prints before it stops. What comes later is put to the remarks."""
        if not self.ranked:
            return [notice for _, notice in self.notices]
        end = min(rank for rank, _, _ in self.ranked)
        self.remarks += [notice for rank, notice in self.notices if rank > end]
        return [notice for rank, notice in self.notices if rank <= end]

    def remark_on_missing_file(self) -> None:
        """Say once that a `.env` was not handed in, if there is a variable that it might set."""
        unset = [notice for _, notice in self.notices if notice.message.endswith(_UNSET)] if self.missed else []
        if unset:
            # without the names: one may be the end of a password with a dollar sign in it
            text = f"What is set nowhere may be set in a {self.missed}, and there is none. If you have it, hand it in."
            self.remarks.append(Notice(text, unset[0].at))

    def refusals(self) -> list[Refusal]:
        """Return all refusals, each once, in the order in which Compose meets them."""
        seen = set()
        ordered = []
        for _, _, refusal in sorted(self.ranked, key=rank_of):
            identity = (refusal.message, refusal.path, refusal.at)
            if identity not in seen:
                seen.add(identity)
                ordered.append(refusal)
        return ordered


def rank_of(entry: tuple[Rank, int, Refusal]) -> tuple[Rank, int]:
    """Return what entries of `Reading.ranked` are sorted by."""
    return entry[0], entry[1]
