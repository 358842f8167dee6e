"""What a check returns: an outcome, a sentence, facts and a place. Never points, never printing."""

from enum import Enum
from functools import lru_cache

from grader.compose.marks import Mark, Marks
from grader.light_tuple import NamedTuple

# students' texts stand in messages: a megabyte of them must not
MAX_MESSAGE_CHARACTERS = 600
MAX_FACT_CHARACTERS = 300
# stands for a check's id where a skipped check waits for what the TASK gives to be put back
SKELETON = "skeleton"


class Outcome(Enum):
    """How a check ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_ATTEMPTED = "not attempted"
    SKIPPED = "skipped"

    lost: bool
    word: str

    __hash__ = object.__hash__  # that of enumerations is a function in Python

    def __init__(self, word: str) -> None:
        self.word = word  # the same as `value`, which is looked up by a function each time
        # whether the student lost the check's points through it; worked out once, because it is asked all the time
        self.lost = word in ("failed", "not attempted")


class Finding(NamedTuple):
    """One judgement. The engine adds the check's id and its points.

    `at` is where to look, `source` where the text comes from if that is elsewhere; `because` names what a skipped check
    waits for: a check id or `skeleton`; `container_message` is what the container would log, uncut.
    """

    outcome: Outcome
    message: str | None = None
    at: Mark | None = None
    source: Mark | None = None
    expected: str | None = None
    actual: str | None = None
    because: str | None = None
    container_message: str | None = None


# Asking an enumeration for one of its members takes longer than calling a function, and it is asked all the time.
PASSED, FAILED, NOT_ATTEMPTED, SKIPPED = Outcome.PASSED, Outcome.FAILED, Outcome.NOT_ATTEMPTED, Outcome.SKIPPED
_made = tuple.__new__  # of a named tuple: half the time of its own constructor


def passed(at: Mark | Marks | None = None) -> Finding:
    """The requirement is met."""
    source: Mark | None = None
    if at.__class__ is Marks:  # nearly always
        at, source = at
        if source is at or source == at:
            source = None
    return _made(Finding, (PASSED, None, at, source, None, None, None, None))


def failed(
    message: str,
    *,
    at: Mark | Marks | None,
    expected: str | None = None,
    actual: str | None = None,
    container_message: str | None = None,
) -> Finding:
    """Something is there and it is wrong; `message` names the fault, not the answer."""
    from grader.shortening import shorten  # here, because a solution has no faults

    written, source = _places(at)
    return Finding(
        FAILED,
        shorten(_sentence(message), MAX_MESSAGE_CHARACTERS),
        written,
        source,
        expected=None if expected is None else shorten(expected, MAX_FACT_CHARACTERS),
        actual=None if actual is None else shorten(actual, MAX_FACT_CHARACTERS),
        container_message=container_message,
    )


def not_attempted(message: str, *, at: Mark | Marks | None) -> Finding:
    """Nothing is there yet; `at` is the key it belongs under."""
    written, source = _places(at)
    return _made(Finding, (NOT_ATTEMPTED, _known_sentence(message), written, source, None, None, None, None))


def skipped(because: str, message: str | None = None, *, at: Mark | None = None) -> Finding:
    """It cannot be judged until `because` (a check id or `skeleton`) is mended."""
    sentence = None if message is None else _sentence(message)
    return _made(Finding, (SKIPPED, sentence, at, None, None, None, because, None))


def with_message(finding: Finding, message: str) -> Finding:
    """Return the same finding with another message."""
    return _made(Finding, (finding[0], message, *finding[2:]))


def _places(at: Mark | Marks | None) -> tuple[Mark | None, Mark | None]:
    if isinstance(at, Marks):
        return at.written, (at.source if at.source != at.written else None)
    return at, None


def _sentence(text: str) -> str:
    """Begin with a capital where a word begins it, and end with a full stop."""
    if text.partition(" ")[0].isalpha():
        text = text[0].upper() + text[1:]
    return text if text.endswith((".", "?", "!", "`", "*")) else f"{text}."


# what is missing is said in the words of a rubric: a few dozen sentences, a class long
_known_sentence = lru_cache(maxsize=256)(_sentence)
