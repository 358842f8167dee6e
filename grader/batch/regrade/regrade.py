"""What changed since an earlier run, and for whom: `regrade.csv`, and sentences that group what changed alike."""

import csv
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from grader.batch.counted import counted
from grader.batch.gradebooks.guard import guard
from grader.batch.output_files import REGRADE
from grader.batch.records import counts
from grader.batch.regrade.earlier import EarlierRun, Result, result_of
from grader.batch.written import WholeFile, write_anew
from grader.reports.clean import clean_line

HEAD = ("submission", "student", "name", "what", "before", "now", "difference", "won", "lost", "files")
MAX_CAUSES = 12  # sentences
MAX_KEPT_CAUSES = 20_000
MAX_NAMED = 3  # submissions of a cause
MAX_ID_CHARACTERS = 60

NEW, GONE, HIGHER, LOWER = "new", "gone", "higher", "lower"
OTHER, NOT_ANY_MORE, GRADABLE_NOW = "other checks", "not gradable any more", "gradable now"
PASSED, GRADED = "passed", "graded"
SAME_FILES, OTHER_FILES = "the same", "changed"
# in the order in which they are told: one submission, several
WORDS = {
    HIGHER: ("has a higher score", "have a higher score"),
    LOWER: ("has a lower score", "have a lower score"),
    OTHER: ("has the same score by other checks or points", "have the same score by other checks or points"),
    NOT_ANY_MORE: ("cannot be graded any more", "cannot be graded any more"),
    GRADABLE_NOW: ("can be graded now", "can be graded now"),
    NEW: ("is new", "are new"),
    GONE: ("is no longer there", "are no longer there"),
}


class Cause(NamedTuple):
    """One way in which a check's result changed; None: the check was, or is, not there."""

    check: str
    before: str | None
    now: str | None
    same_files: bool


class Regrade:
    """Compares all records with those of an earlier run. An `Output`.

    `old` is the output folder of that run or its `results.jsonl`, read at once; `out` the folder for `regrade.csv`.
    Only the submission that counts of each student is told of. Raises `UsageError`.
    """

    def __init__(self, old: str, out: str) -> None:
        self._earlier = EarlierRun(old)
        self._path = os.path.join(out, REGRADE)
        self._file: WholeFile | None = None
        self._whats: Counter[str] = Counter()
        self._causes: dict[Cause, tuple[int, list[str]]] = {}
        self._count = 0
        self._greatest: tuple[int, int] | None = None  # of a submission whose greatest points became others

    def add(self, record: Mapping[str, Any]) -> None:
        """Compare one record of `results.jsonl` with that of the earlier run."""
        submission = record["submission"]
        before = self._earlier.take(submission)
        if not counts(record):
            return
        self._count += 1
        now = result_of(record)
        student = record.get("student") or {}
        if before is None:
            self._write(submission, student, NEW, None, now, (), "")
            return
        same_files = before.files == now.files
        changes = list(_changes(before, now, same_files=same_files))
        what = _what(before, now, changes)
        if changes and self._greatest is None:
            self._greatest = _greatest(before, now)
        if what is not None:
            self._write(submission, student, what, before, now, changes, SAME_FILES if same_files else OTHER_FILES)
            for cause in changes:
                self._remember(cause, submission)

    def _remember(self, cause: Cause, submission: str) -> None:
        count, named = self._causes.get(cause, (0, []))
        if count or len(self._causes) < MAX_KEPT_CAUSES:
            if count < MAX_NAMED:
                named.append(clean_line(submission)[:MAX_ID_CHARACTERS])
            self._causes[cause] = (count + 1, named)

    def _write(
        self,
        submission: str,
        student: Mapping[str, Any],
        what: str,
        before: Result | None,
        now: Result | None,
        changes: Sequence[Cause],
        files: str,
    ) -> None:
        self._whats[what] += 1
        if self._file is None:
            self._file = write_anew(self._path)
            csv.writer(self._file).writerow(HEAD)
        scores = [None if result is None else result.score for result in (before, now)]
        who = (submission, student.get("id"), student.get("name"))
        won = [cause.check for cause in changes if cause.now == PASSED]
        lost = [cause.check for cause in changes if cause.before == PASSED]
        line = [*(guard(str(word)) if word else "" for word in who), what, *scores, _difference(*scores)]
        csv.writer(self._file).writerow([*line, " ".join(won), " ".join(lost), files])

    def finish(self) -> list[str]:
        """Write the file and return what changed, in sentences."""
        for submission, before in self._earlier.rest():
            self._write(submission, {}, GONE, before, None, (), "")
        said = [self._summary(), *self._grouped()]
        if self._greatest:
            said.insert(1, "The rubric gave {} points at most and gives {} now.".format(*self._greatest))
        if self._earlier.damaged:
            lines = counted(self._earlier.damaged, "line")
            said.append(f"{lines} of the earlier results could not be read: what stood there counts as new.")
        if self._file is None:
            self._file = write_anew(self._path)
            csv.writer(self._file).writerow(HEAD)
        else:
            said.append(f"{REGRADE}: who, and what")
        self._file.finish()
        self._earlier.close()
        return said

    def _summary(self) -> str:
        path = clean_line(self._earlier.path)
        if not self._whats:
            return f"Compared with {path}: nothing changed in {counted(self._count, 'result')}."
        parts = [counted(self._whats[what], one, more) for what, (one, more) in WORDS.items() if self._whats[what]]
        return f"Compared with {path}, of {counted(self._count, 'submission')}: {', '.join(parts)}."

    def _grouped(self) -> Iterator[str]:
        causes = sorted(self._causes.items(), key=lambda item: (-item[1][0], item[0].check))
        for cause, (count, named) in causes[:MAX_CAUSES]:
            rest = count - len(named)
            names = ", ".join(named) + (f" and {rest:,} more" if rest else "")
            files = "with the same files" if cause.same_files else "with changed files"
            yield f"{_cause_in_words(cause)}, for {counted(count, 'submission')} {files}: {names}"
        if len(causes) > MAX_CAUSES:
            yield f"{counted(len(causes) - MAX_CAUSES, 'further change')} of this kind"


def _changes(before: Result, now: Result, *, same_files: bool) -> Iterator[Cause]:
    """Yield how the checks differ; points count as a difference where the outcome is the same."""
    if before.status != GRADED or now.status != GRADED:
        return
    for check in dict.fromkeys([*before.checks, *now.checks]):
        old, new = before.checks.get(check), now.checks.get(check)
        if old == new:
            continue
        words = [None if found is None else found[0] for found in (old, new)]
        if old is not None and new is not None and old[0] == new[0]:
            words = [f"{old[1]} of {old[2]} points", f"{new[1]} of {new[2]} points"]
        yield Cause(check, words[0], words[1], same_files)


def _what(before: Result, now: Result, changes: Sequence[Cause]) -> str | None:
    """Return how a submission's result changed; None: not at all."""
    if before.status != now.status:
        return GRADABLE_NOW if now.status == GRADED else NOT_ANY_MORE
    if before.score != now.score and before.score is not None and now.score is not None:
        return HIGHER if now.score > before.score else LOWER
    return OTHER if changes else None


def _greatest(before: Result, now: Result) -> tuple[int, int] | None:
    """Return the greatest points of both runs; None where they are the same."""
    old, new = (sum(points for *_, points in result.checks.values()) for result in (before, now))
    return None if old == new else (old, new)


def _cause_in_words(cause: Cause) -> str:
    if cause.before is None:
        return f"{cause.check}: not asked before, {cause.now} now"
    if cause.now is None:
        return f"{cause.check}: {cause.before} before, not asked now"
    return f"{cause.check}: {cause.before} before, {cause.now} now"


def _difference(before: int | None, now: int | None) -> int | None:
    return None if before is None or now is None else now - before
