"""From a source to its report, read anew every time, and the words that every answer about it needs."""

from typing import NamedTuple

from grader.commands.submission import not_gradable
from grader.compose.marks import Mark
from grader.findings import Outcome
from grader.grading import grade
from grader.notebook.blocks import Block, Listing, Next, Words, code
from grader.notebook.names import names
from grader.notebook.sources import Source, request_of, shown_file
from grader.report import CheckResult, Problem, Report
from grader.reports.lines import excerpt_lines
from grader.reports.look import Look
from grader.reports.places import name_file
from grader.workspace import NoSubmission

# how a check stands, in a learner's words
STANDS = {
    Outcome.PASSED: "right",
    Outcome.FAILED: "wrong",
    Outcome.NOT_ATTEMPTED: "not attempted",
    Outcome.SKIPPED: "skipped",
}
CANNOT_READ = "cannot read"
UNREADABLE_KINDS = frozenset({"yaml_syntax", "yaml_alias"})
MAX_CHANGES = 10
_LOOK = Look(width=100)


class Reading(NamedTuple):
    """A source and the report about it."""

    source: Source
    report: Report

    @property
    def unreadable(self) -> Problem | None:
        """What makes the file no YAML, wholly or in a part; None for a file that can be read."""
        reason = self.report.reason
        if reason is not None:
            return Problem(reason.message, self.report.file, reason.line, reason.column, reason.kind)
        broken = (error for error in self.report.errors if error.kind in UNREADABLE_KINDS)
        return next(broken, None)

    @property
    def file(self) -> str:
        """The compose file as the reader knows it."""
        return shown_file(self.source, self.report.file)

    def place(self, file: str | None, line: int | None, column: int | None) -> str:
        """Return `file:line:column`, as far as it is known."""
        parts = [shown_file(self.source, file or self.report.file), *(str(part) for part in (line, column) if part)]
        return ":".join(parts)

    def short_place(self, at: Mark) -> str:
        """Return `line 38` in the compose file, `other.env:3:1` elsewhere."""
        return f"line {at.line}" if at.file == self.report.file else self.place(at.file, at.line, at.column)

    def again(self, rest: str) -> str:
        """Return a sentence that says how to ask once more, `rest` being what follows `q` in the call."""
        if self.source.text is not None:
            return "run this cell again"
        return f"run {code(self.source.call + rest)} again"

    def data(self) -> dict[str, object]:
        """Return what every answer about a file tells programs."""
        problem = self.unreadable
        return {
            "source": self.source.kind,
            "file": self.file,
            "readable": problem is None,
            "line": problem.line if problem else None,
            "column": problem.column if problem else None,
            "accepted": self.report.accepted,
        }


def read(source: Source) -> Reading:
    """Grade a source as it is now. A file that is not there gives a report that says so."""
    try:
        report = grade(request_of(source), names().rubric)
    except NoSubmission as error:
        report = not_gradable(error, names().rubric)
    return Reading(source, report)


def check_data(result: CheckResult) -> dict[str, object]:
    """Return one check for programs, in the words of the report."""
    from grader.reports.clean import clean

    return {
        "id": result.id,
        "outcome": result.outcome.value,
        "score": result.score,
        "max_score": result.max_score,
        "message": None if result.message is None else clean(result.message),
        "because": result.because,
        "line": result.at.line if result.at else None,
        "column": result.at.column if result.at else None,
    }


def cannot_read_blocks(reading: Reading) -> list[Block]:
    """Say in which line and column a file stops being YAML, or why there is none; nothing for a readable one."""
    problem = reading.unreadable
    if problem is None:
        return []
    if problem.kind == "grader":
        return [Words(f"{problem.message} This says nothing about your file, and it is no score.")]
    words = _words(reading, problem)
    if problem.line is None:
        return [Words(f"Cannot read a file: {words}")]
    where = (
        f"Cannot read {shown_file(reading.source, problem.file or '')}, line {problem.line}, column {problem.column}"
    )
    if reading.report.reason is not None:
        return [Words(f"{where}: {words}")]
    return [Words(f"{where}. Docker Compose says: {words}")]


def refused_blocks(reading: Reading) -> list[Block]:
    """Give Docker Compose's own words where it refuses a file that can be read."""
    if reading.report.accepted or reading.unreadable is not None:
        return []
    blocks: list[Block] = [Words("Docker Compose refuses the file. It says:")]
    for error in reading.report.errors:
        blocks.append(
            Listing(f"{reading.place(error.file, error.line, error.column)}: {_words(reading, error)}".split("\n"))
        )
    return blocks


def mend(reading: Reading, rest: str) -> Next:
    """Return the next step for a file that cannot be read."""
    problem = reading.unreadable
    if problem is None or problem.line is None:
        return Next(f"put that right, then {reading.again(rest)}.")
    return Next(f"mend line {problem.line}, save the file, then {reading.again(rest)}.")


def lost_blocks(reading: Reading, check: CheckResult) -> list[Block]:
    """Show one check that is lost: the place, the line itself, why, and what the container would say."""
    blocks: list[Block] = []
    shown = check.source if check.excerpt and check.source and check.excerpt.file == check.source.file else check.at
    if shown:
        lines = [reading.place(shown.file, shown.line, shown.column)]
        if check.outcome is Outcome.FAILED and check.excerpt:
            lines += excerpt_lines(check.excerpt, _LOOK)
        blocks.append(Listing(lines))
    blocks.append(Words(check.message or check.title))
    if check.at and check.source:
        both = (
            f"Written at {reading.place(check.at.file, check.at.line, check.at.column)}, its text comes from "
            f"{reading.place(check.source.file, check.source.line, check.source.column)}."
        )
        blocks.append(Words(both))
    if check.log:
        blocks += [Words("The container would log:"), Listing(check.log.split("\n"))]
    return blocks


def change_blocks(reading: Reading) -> list[Block]:
    """List what differs from the skeleton, for checks that wait for it."""
    changes = reading.report.changes[:MAX_CHANGES]
    if not changes:
        return []
    lines = [f"line {change.line}: {change.message}" if change.line else change.message for change in changes]
    return [Words("Different from the skeleton (only environment and volumes are asked for):"), Listing(lines)]


def _words(reading: Reading, problem: Problem) -> str:
    return name_file(problem.message, shown_file(reading.source, problem.file or reading.report.file))
