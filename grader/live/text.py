"""A live run for people: a line for each step while it goes on, and what it all means at the end."""

from collections.abc import Sequence
from typing import TextIO

from grader.live.records import Cause, LiveReport, StepResult
from grader.reports.clean import clean_line
from grader.reports.lines import wrap
from grader.reports.look import Look

OUTCOME_WIDTH = 9
SECONDS_WIDTH = 8
INDENT = " " * (OUTCOME_WIDTH + 3)
_STYLES = {"passed": ("green",), "failed": ("red", "bold"), "skipped": ("dim",)}


class TextProgress:
    """Prints a line when a step has ended; on a terminal also one while it goes on."""

    def __init__(self, stream: TextIO, look: Look) -> None:
        self._stream = stream
        self._look = look
        self._terminal = stream.isatty()
        self._shown = ""
        self._numbers: dict[str, int] = {}

    def begin(self, title: str) -> None:
        """Show what is being tried."""
        if self._terminal:
            if self._shown:
                self._write("\n")  # the step before was interrupted
            self._shown = f"{'...':<{OUTCOME_WIDTH}}{len(self._numbers) + 1:>2} {title}"[: self._look.width - 1]
            self._write(self._shown)

    def end(self, result: StepResult) -> None:
        """Show how it ended."""
        if self._terminal:
            self._write("\r" + " " * len(self._shown) + "\r")
            self._shown = ""
        self._numbers[result.id] = len(self._numbers) + 1
        self._write("\n".join(step_lines(result, self._look, self._numbers)) + "\n")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def step_lines(result: StepResult, look: Look, numbers: dict[str, int]) -> list[str]:
    """Return the lines about one step; `numbers` are those of this step and the ones before it."""
    word = look.paint(f"{result.outcome:<{OUTCOME_WIDTH}}", *_STYLES[result.outcome])
    heading = f"{numbers[result.id]:>2} {result.title}"
    if result.because is not None:
        return [f"{word}{heading} (waits for {numbers[result.because]})"]
    room = look.width - OUTCOME_WIDTH - SECONDS_WIDTH
    lines = [f"{word}{heading:<{room}}{result.seconds:>{SECONDS_WIDTH - 2}.1f} s"]
    if result.outcome == "failed" and result.message:
        owner = f" [{result.check}]" if result.check and not result.causes else ""
        lines += wrap(result.message + owner, look.width, INDENT)
    return lines + [line for cause in shown_causes(result) for line in cause_lines(cause, look)]


def shown_causes(result: StepResult) -> Sequence[Cause]:
    """Return the causes worth a reader's time: the most decisive one of each service."""
    first: dict[str, Cause] = {}
    for cause in result.causes if result.outcome == "failed" else ():
        first.setdefault(cause.service, cause)
    return list(first.values())


def cause_lines(cause: Cause, look: Look) -> list[str]:
    """Return what a log says, in the student's terms and in its own words."""
    owner = f" [{cause.check}]" if cause.check else ""
    lines = wrap(f"{cause.service}: {cause.message}{owner}", look.width, INDENT, INDENT + "  ")
    if cause.line:
        lines += [look.paint(line, "dim") for line in wrap(f"| {clean_line(cause.line)}", look.width, INDENT + "  ")]
    return lines


def summary_lines(report: LiveReport, look: Look) -> list[str]:
    """Return what it all means, and what to do next."""
    if report.stop is not None:
        lines = wrap(report.stop.message, look.width)
        return lines + [
            line for one in report.beyond for line in wrap(f"- {one.path}: {one.message}", look.width, "  ", "    ")
        ]
    lines = ["", *_verdict(report, look)]
    for one in report.disagreements:
        text = (
            "This is about the grader, not about your file; please report it. "
            f"It predicted: {one.predicted.rstrip('.')}. What happened: {one.happened.rstrip('.')}."
        )
        lines += ["", *wrap(text, look.width)]
    for remark in report.remarks:
        lines += ["", *wrap(remark, look.width)]
    if report.kept:
        lines += ["", *_kept(report, look)]
    return lines


def _verdict(report: LiveReport, look: Look) -> list[str]:
    whole = round(report.seconds)
    seconds = f"{whole} second{'' if whole == 1 else 's'}"
    failed = [step for step in report.steps if step.outcome == "failed"]
    if report.status == "proven":
        text = f"Proven in {seconds}: the platform runs, an order goes all the way, and the data survives."
        return [look.paint(line, "green", "bold") for line in wrap(text, look.width)]
    skipped = sum(step.outcome == "skipped" for step in report.steps)
    text = f"Not proven ({seconds}): {len(failed)} of {len(report.steps)} steps failed, {skipped} could not be tried."
    lines = [look.paint(line, "red", "bold") for line in wrap(text, look.width)]
    return lines + _beginning(report, failed, look)


def _beginning(report: LiveReport, failed: Sequence[StepResult], look: Look) -> list[str]:
    """Return where to begin, and why: the failed step itself may have scrolled out of sight."""
    lost = {check.id for check in report.predicted.checks() if check.outcome.lost} if report.predicted else set()
    step = next((step for step in failed if step.check in lost), failed[0] if failed else None)
    if step is None:
        return []
    number = 1 + [one.id for one in report.steps].index(step.id)
    cause = next(iter(shown_causes(step)), None)
    why = step.message or step.title if cause is None else f"{cause.service}: {cause.message}"
    lines = wrap(f"Begin with step {number}. {why}", look.width)
    return lines + ([f"More: grade hint {step.check}"] if step.check in lost else [])


def _kept(report: LiveReport, look: Look) -> list[str]:
    lines = wrap(f"The project {report.project} still runs:", look.width)
    lines += [f"  {name} is at {address}" for name, address in report.ports.items()]
    purpose = "Stop it; the volumes stay:" if report.in_place else "Stop it and delete all that was made for it:"
    return [*lines, purpose, *(f"  {command}" for command in report.stop_commands)]
