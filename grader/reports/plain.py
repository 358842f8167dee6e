"""A check that earned nothing, in plain lines: what `junit`, `gradescope` and pytest show below its name."""

from grader.findings import SKELETON, Outcome
from grader.report import CheckResult, Report
from grader.reports.clean import clean
from grader.reports.lines import excerpt_lines
from grader.reports.look import Look
from grader.reports.places import name_file, shown_path
from grader.reports.words import both_places, change_words, place_to_change

EXCERPT = Look(width=120)


def message_line(report: Report, check: CheckResult) -> str:
    """Return what is wrong, or that nothing is there yet and what."""
    file = shown_path(report, check.at.file if check.at else None)
    begin = "Not attempted yet: " if check.outcome is Outcome.NOT_ATTEMPTED else ""
    return clean(begin + name_file(check.message or check.title, file))


def place_lines(report: Report, check: CheckResult) -> list[str]:
    """Return the place to change and its line, what matters of it underlined."""
    place = place_to_change(report, check, shown_path)
    return [*([place] if place else []), *(excerpt_lines(check.excerpt, EXCERPT) if check.excerpt else [])]


def further_lines(report: Report, check: CheckResult) -> list[str]:
    """Return where the text comes from if that is elsewhere, what the container would log, and how to go on."""
    lines = [both_places(report, check, shown_path)]
    if check.log:
        lines.append(f"The container would log: {check.log}")
    return [clean(line) for line in lines if line] + [f"More: grade hint {check.id}"]


def waits_for(report: Report, check: CheckResult) -> str:
    """Say on one line what a skipped check waits for; where it is the skeleton, what to put back."""
    changes = [change_words(change) for change in report.changes] if check.because == SKELETON else []
    begin = f"waits for {check.because or 'another part of the file'}"
    words = f"{begin}: {'; '.join(changes)}" if changes else begin
    return " ".join(clean(words).split())
