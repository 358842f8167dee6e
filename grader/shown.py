"""What a report shows of a file: lost checks, Compose's errors and warnings, without the passwords in them."""

from collections.abc import Mapping, Sequence

from grader.compose.errors import Notice
from grader.compose.marks import Mark
from grader.compose.model import Loaded
from grader.excerpts import excerpt_at
from grader.exercise import Check
from grader.findings import Finding
from grader.masking import mask_refusal, mask_text, mask_warning
from grader.report import CheckResult, Excerpt, Problem
from grader.secrets import Secrets

MAX_LOG_CHARACTERS = 240
# texts of containers that go on with the answer
GIVE_AWAYS = (" The valid options", " Each entry should be", ". Found ")
_made = tuple.__new__


class Shown:
    """One submission that was read, and its secrets. Without `excerpts` no line of its files is shown."""

    __slots__ = ("_excerpts", "_loaded", "_secrets", "_texts")

    def __init__(self, loaded: Loaded, secrets: Secrets, *, excerpts: bool) -> None:
        self._loaded = loaded
        self._secrets = secrets
        self._texts: Mapping[str, Sequence[str]] = loaded.texts if excerpts else {}
        self._excerpts: dict[Mark | None, Excerpt | None] = {}  # what is not there yet is mostly missing at one place

    def result(self, check: Check, finding: Finding) -> CheckResult:
        """Return a check that earns nothing, with the line it is about."""
        outcome, message, at, source, expected, actual, because, log = finding
        if at is None and outcome.lost:
            at = Mark(self._loaded.files[0], 1, 1)  # nothing is written that it would belong under
        if at not in self._excerpts:
            self._excerpts[at] = excerpt_at(at, self._texts, self._secrets)
        hide = self._secrets.hide
        # all fields in order, which takes half the time of the class's own constructor
        fields = (
            check.id,
            check.title,
            outcome,
            0,
            check.points,
            None if message is None else hide(mask_text(message)),
            because,
            at,
            source,
            self._excerpts[at],
            None if log is None else cut_log(hide(log)),
            check.link,
            None if expected is None else hide(expected),
            None if actual is None else hide(actual),
        )
        return _made(CheckResult, fields)

    def errors(self) -> tuple[Problem, ...]:
        """Return what Compose prints: its first refusal, if there is one."""
        return tuple(
            Problem(self._secrets.hide(mask_refusal(refusal)), *refusal.at[:3], refusal.kind)
            for refusal in self._loaded.refusals[:1]
        )

    def warnings(self) -> tuple[Problem, ...]:
        """Return Compose's warnings and ours."""
        return tuple(self._warning(notice) for notice in (*self._loaded.warnings, *self._loaded.remarks))

    def _warning(self, notice: Notice) -> Problem:
        at = notice.at
        if at is None:
            return Problem(self._secrets.hide(notice.message), None, None, None)
        lines = self._loaded.texts.get(at.file, ())
        line = lines[at.line - 1] if at.line <= len(lines) else ""
        message = mask_warning(notice.message, line, at_secret=(at.file, at.line) in self._secrets.places)
        return Problem(self._secrets.hide(message), at.file, at.line, at.column)


def cut_log(message: str) -> str:
    """Shorten a container's text for people, and end it where it would go on with the answer."""
    for phrase in GIVE_AWAYS:
        message = message.partition(phrase)[0]
    return message if len(message) <= MAX_LOG_CHARACTERS else message[:MAX_LOG_CHARACTERS] + " ..."
