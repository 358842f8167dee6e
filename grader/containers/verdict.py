"""What a container would do, and why."""

from enum import Enum
from typing import Literal

from grader.compose.marks import Marks
from grader.light_tuple import NamedTuple


class Verdict(Enum):
    """The classes of `design` in the order of how early they end a container's start."""

    IMAGE_SCRIPT_EXITS = "image script exits"
    STORAGE_FORMAT_FAILS = "storage format fails"
    SERVER_REFUSES = "server refuses to start"
    BROKER_REFUSES = "broker refuses to start"
    CLIENTS_FAIL = "starts but clients fail"
    WORKS = "works"


class Problem(NamedTuple):
    """One thing that the container would stumble over.

    `rule` is a stable word for it (`listeners-parse`); checks look problems up by it. `message` is the container's own
    text, uncut; `explanation` says the same in plain words, without giving the answer away; `variable` is the one at
    fault (None: no single one), `marks` its places.
    """

    rule: str
    verdict: Verdict
    message: str
    explanation: str
    variable: str | None
    marks: Marks | None


# what a fault of Kafka is a fault of: a property, a variable that is none, the mount at a path, or no single thing
Of = Literal["property", "variable", "mount", "nothing"]


class Fault(NamedTuple):
    """A `Problem` before it has its places, so the same for all whose broker is set up alike.

    `name` is that of the property or variable, or the path of the mount.
    """

    rule: str
    verdict: Verdict
    message: str
    explanation: str
    of: Of
    name: str
