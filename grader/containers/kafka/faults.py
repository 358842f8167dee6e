"""A fault of a broker before it has its place in a file: the same for everybody whose broker is set up alike."""

from typing import Literal

from grader.containers.verdict import Verdict
from grader.light_tuple import NamedTuple

# what a fault is a fault of: a property of Kafka, a variable that is none, the mount at a path, or no single thing
Of = Literal["property", "variable", "mount", "nothing"]


class Fault(NamedTuple):
    """A `Problem` without its places; `name` is that of the property or variable, or the path of the mount."""

    rule: str
    verdict: Verdict
    message: str
    explanation: str
    of: Of
    name: str
