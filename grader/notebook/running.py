"""`live`: a file on a Docker engine, beside what the grader says of it. Where no engine answers, the answer says so."""

import os
from collections.abc import Iterator

from grader.live.records import LiveReport, StepResult
from grader.notebook.blocks import Block, Listing, Next, Table, Title, Words, code
from grader.notebook.names import names
from grader.notebook.result import Result
from grader.notebook.sources import Source, request_of
from grader.reports.clean import clean, clean_line
from grader.workspace import NoSubmission

IN_MEMORY = "What lies in memory only cannot be run: Docker Compose reads files."
AGREED = "What the grader says of the file and what the containers did agree."


class Printed:
    """Prints each step when it has ended: a run takes minutes."""

    def begin(self, title: str) -> None:
        """A step that cannot be tried begins, too: only its end says so."""

    def end(self, result: StepResult) -> None:
        """Print how a step that was tried has ended."""
        if result.outcome != "skipped":
            print(f"{result.outcome}: {result.title}", flush=True)


def answer_live(source: Source) -> Result:
    """Run a file and do the task's verification, as `grade live` does in a copy. Takes some minutes.

    Raises `KeyboardInterrupt` where the cell is interrupted, after everything was taken down.
    """
    from grader.live.cleanup import ended_by_signals
    from grader.live.records import Stop
    from grader.live.verification import Options, not_run, verify

    title = f"{source.call} on Docker"
    if source.kind in ("text", "change"):
        then = f"{source.call}.check_all()"
        return Result("live", [Title(f"{title}: not run"), Words(IN_MEMORY), Next(code(then))], then=then, steps=[])
    options = Options(keep=False, in_place=False, trust=False)
    try:
        asked = request_of(source)
    except NoSubmission as error:
        report = not_run(error.file, Stop("input", str(error)), options, None)
    else:
        with ended_by_signals():
            report = verify(asked, names().rubric, options, environment=os.environ, progress=Printed())
    return _not_run(source, title, report) if report.stop is not None else _ran(source, title, report)


def _not_run(source: Source, title: str, report: LiveReport) -> Result:
    message = report.stop.message if report.stop is not None else ""
    then = f"{source.call}.check_all()"
    blocks: list[Block] = [Title(f"{title}: not run"), Words(message)]
    if report.beyond:
        blocks.append(Listing([clean_line(f"{one.path}: {one.message}") for one in report.beyond]))
    step = Next(f"{code(then)}, which needs no Docker.")
    return Result("live", [*blocks, step], then=then, status=report.status, steps=[])


def _ran(source: Source, title: str, report: LiveReport) -> Result:
    failed = [step for step in report.steps if step.outcome == "failed"]
    counts = {word: sum(step.outcome == word for step in report.steps) for word in ("passed", "failed", "skipped")}
    blocks: list[Block] = [
        Title(f"{title}: {'proven' if report.status == 'proven' else 'not proven'}"),
        Words(
            f"Of {len(report.steps)} steps {counts['passed']} passed, {counts['failed']} failed, and "
            f"{counts['skipped']} could not be tried after that."
        ),
    ]
    if failed:
        blocks.append(Table(("the step that fails", "what happens", "the check"), list(map(_row, failed))))
        blocks += [block for step in failed for block in _log(step)]
    blocks += _comparison(report)
    blocks += [Words(clean_line(remark)) for remark in report.remarks]
    owner = next((step.check for step in failed if step.check in names().calls), None)
    then = f"{source.call}.check_all()"
    if owner is not None:
        then = source.call + names().call(owner).removeprefix("q") + ".explain()"
    steps = [_data(step) for step in report.steps]
    return Result("live", [*blocks, Next(code(then))], then=then, status=report.status, steps=steps)


def _row(step: StepResult) -> tuple[str, str, str]:
    return step.title, clean_line(step.message or ""), step.check or ""


def _log(step: StepResult) -> Iterator[Block]:
    """Show what the logs say: the most decisive line of each service."""
    seen = set()
    for cause in step.causes:
        if cause.service in seen:
            continue
        seen.add(cause.service)
        yield Words(clean_line(f"The log of {cause.service}: {cause.message}"))
        if cause.line:
            yield Listing([clean_line(cause.line)])


def _comparison(report: LiveReport) -> Iterator[Block]:
    """Put the grader's words about the file beside what happened."""
    predicted = report.predicted
    lost = [check.id for check in predicted.checks() if check.outcome.lost] if predicted is not None else []
    yield Words(f"The grader, from the file alone: {', '.join(lost) + ' lost' if lost else 'nothing is lost'}.")
    if not report.disagreements:
        yield Words(AGREED)
    for one in report.disagreements:
        yield Words(
            clean_line(
                "Here the two disagree, which is a fault of the grader and not of your file. "
                f"It predicted: {one.predicted.rstrip('.')}. What happened: {one.happened.rstrip('.')}."
            )
        )


def _data(step: StepResult) -> dict[str, object]:
    return {
        "id": step.id,
        "title": step.title,
        "outcome": step.outcome,
        "message": None if step.message is None else clean(step.message),
        "check": step.check,
        "because": step.because,
    }
