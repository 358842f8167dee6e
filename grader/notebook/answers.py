"""How a check, a part or the whole file stands, and what to do next."""

from collections import Counter
from collections.abc import Sequence

from grader.exercise import Check
from grader.findings import Outcome
from grader.notebook.blocks import Block, Next, Table, Title, Words, code
from grader.notebook.names import Part, names
from grader.notebook.reading import (
    CANNOT_READ,
    STANDS,
    Reading,
    cannot_read_blocks,
    change_blocks,
    check_data,
    lost_blocks,
    mend,
    read,
    refused_blocks,
)
from grader.notebook.result import Result
from grader.notebook.sources import Source
from grader.report import CheckResult
from grader.reports.words import WORKS, points


def answer_check(source: Source, check: Check) -> Result:
    """Tell how one check stands."""
    reading = read(source)
    rest = names().call(check.id).removeprefix("q") + ".check()"
    result = find(reading, check.id)
    if result is None:
        blocks = [Title(f"{check.id}: {CANNOT_READ}"), *cannot_read_blocks(reading), mend(reading, rest)]
        return Result("check", blocks, then=_in_call(source, rest), outcome=CANNOT_READ, checks=[], **reading.data())
    step, then = _mend_first(reading, rest) or _after_check(reading, result, rest)
    hidden = reading.unreadable is not None and result.outcome is Outcome.SKIPPED
    stands = CANNOT_READ if hidden else STANDS[result.outcome]
    blocks = [Title(f"{check.id}: {stands} ({_earned(result)})"), *_warning_blocks(reading)]
    if result.outcome.lost:
        blocks += lost_blocks(reading, result)
    elif result.outcome is Outcome.SKIPPED and not hidden:
        blocks += _waiting_blocks(reading, result)
    elif result.outcome is Outcome.PASSED:
        place = f" ({reading.place(result.at.file, result.at.line, result.at.column)})" if result.at else ""
        blocks.append(Words(f"{check.title}{place}."))
    return Result(
        "check",
        [*blocks, step],
        then=then,
        outcome=CANNOT_READ if hidden else result.outcome.value,
        checks=[check_data(result)],
        **reading.data(),
    )


def answer_part(source: Source, part: Part) -> Result:
    """Tell how the checks of one part stand, and show the first that is lost."""
    reading = read(source)
    rest = f".{part.name}.check()"
    wanted = {check.id for check in part.checks.values()}
    results = [result for result in reading.report.checks() if result.id in wanted]
    title = f"{part.exercise.title} ({part.exercise.id})"
    if not results:
        blocks = [Title(f"{title}: {CANNOT_READ}"), *cannot_read_blocks(reading), mend(reading, rest)]
        return Result("part", blocks, then=_in_call(source, rest), part=part.name, checks=[], **reading.data())
    rows = [(result.id, STANDS[result.outcome], _remark(reading, result)) for result in results]
    first = first_open(results)
    blocks = [
        Title(f"{title}: {_sum(part, results)}"),
        *_warning_blocks(reading),
        *_verdict_blocks(reading, part),
        Table(("check", "stands", "why, and where"), rows),
    ]
    if first is not None and first.outcome is Outcome.FAILED:
        blocks += [Words(f"The first to look at: {first.id}"), *lost_blocks(reading, first)]
    step, then = _mend_first(reading, rest) or _after_part(reading, first)
    return Result(
        "part",
        [*blocks, step],
        then=then,
        part=part.name,
        checks=[check_data(result) for result in results],
        **reading.data(),
    )


def answer_all(source: Source) -> Result:
    """Tell how the whole file stands, part by part."""
    reading = read(source)
    report = reading.report
    rest = ".check_all()"
    if report.score is None:
        blocks = [Title(f"{reading.file}: {CANNOT_READ}"), *cannot_read_blocks(reading), mend(reading, rest)]
        return Result("all", blocks, then=_in_call(source, rest), score=None, checks=[], **reading.data())
    rows = []
    for part in names().parts.values():
        results = [
            check for exercise in report.exercises for check in exercise.checks if exercise.id == part.exercise.id
        ]
        earned = f"{sum(check.score for check in results)} / {sum(check.max_score for check in results)}"
        rows.append((part.exercise.id, earned, _counts(results)))
    first = first_open(report.checks())
    step, then = _mend_first(reading, rest) or _after_part(reading, first)
    blocks = [
        Title(f"{reading.file}: {report.score} / {report.max_score} points"),
        *_warning_blocks(reading),
        Table(("exercise", "points", "checks"), rows),
        *(change_blocks(reading) if any(check.because == "skeleton" for check in report.checks()) else ()),
        step,
    ]
    checks = [check_data(check) for check in report.checks()]
    return Result("all", blocks, then=then, score=report.score, checks=checks, **reading.data())


def find(reading: Reading, check_id: str) -> CheckResult | None:
    """Return the result of a check, None where nothing could be graded."""
    return next((result for result in reading.report.checks() if result.id == check_id), None)


def first_open(results: Sequence[CheckResult]) -> CheckResult | None:
    """Return the first lost check, else the first that waits, else None: everything is right."""
    waiting = (result for result in results if result.outcome is Outcome.SKIPPED)
    return next((result for result in results if result.outcome.lost), None) or next(waiting, None)


def _mend_first(reading: Reading, rest: str) -> tuple[Next, str] | None:
    return None if reading.unreadable is None else (mend(reading, rest), _in_call(reading.source, rest))


def _after_check(reading: Reading, result: CheckResult, rest: str) -> tuple[Next, str]:
    hint = f"{names().call(result.id)}.hint(1)"
    match result.outcome:
        case Outcome.PASSED:
            return _after_part(reading, _open_in_order(reading, result))
        case Outcome.SKIPPED:
            return _for_skipped(reading, result, rest)
        case Outcome.NOT_ATTEMPTED:
            text = f"read {code(result.task)}, write it, save, and {reading.again(rest)}. For a hint: {code(hint)}"
            return Next(text), hint
        case Outcome.FAILED:
            return Next(f"mend it, save, and {reading.again(rest)}. For a hint: {code(hint)}"), hint


def _for_skipped(reading: Reading, result: CheckResult, rest: str) -> tuple[Next, str]:
    if result.because is None or result.because not in names().calls:
        return Next(f"put back what differs from the skeleton, save, and {reading.again(rest)}."), _in_call(
            reading.source, rest
        )
    call = _in_call(reading.source, names().call(result.because).removeprefix("q") + ".check()")
    return Next(f"{code(call)}"), call


def _open_in_order(reading: Reading, result: CheckResult) -> CheckResult | None:
    """Return the next open check of the same service, else the first open one of all."""
    service = result.id.partition(".")[0]
    results = reading.report.checks()
    own = [other for other in results if other.id.partition(".")[0] == service]
    return first_open(own) or first_open(results)


def _after_part(reading: Reading, first: CheckResult | None) -> tuple[Next, str]:
    if first is None:
        everything = first_open(reading.report.checks())
        if everything is None:
            text = "everything is right. In a terminal: `grade live`, and `exercises/07-verification/TASK.md`."
            return Next(text), "grade live"
        first = everything
    call = _in_call(reading.source, names().call(first.id).removeprefix("q") + ".check()")
    return Next(f"{code(call)}"), call


def _waiting_blocks(reading: Reading, result: CheckResult) -> list[Block]:
    cause = "the skeleton to be put back" if result.because == "skeleton" else result.because or "another check"
    blocks: list[Block] = [Words(f"Skipped because it waits for {cause}. {result.message or ''}".rstrip())]
    return [*blocks, *change_blocks(reading)] if result.because == "skeleton" else blocks


def _warning_blocks(reading: Reading) -> list[Block]:
    """Say what is wrong with the file as a whole; what could be read of it is judged all the same."""
    return [*cannot_read_blocks(reading), *refused_blocks(reading)]


def _verdict_blocks(reading: Reading, part: Part) -> list[Block]:
    service = part.exercise.service
    container = reading.report.containers.get(service) if service else None
    if container is None or container.verdict is None:
        return []
    if container.verdict == WORKS:
        return [Words(f"The container of {service} would work.")]
    return [Words(f"The container of {service}: {container.verdict}.")]


def _remark(reading: Reading, result: CheckResult) -> str:
    place = ""
    if result.at and result.outcome is not Outcome.SKIPPED:
        place = f" ({reading.short_place(result.at)})"
    if result.outcome is Outcome.PASSED:
        return result.title + place
    if result.outcome is Outcome.SKIPPED:
        cause = "the skeleton to be put back" if result.because == "skeleton" else result.because
        return f"because it waits for {cause}"
    return (result.message or result.title) + place


def _in_call(source: Source, rest: str) -> str:
    """Return the call that asks the same source, `rest` being what follows `q`."""
    return source.call + rest


def _earned(result: CheckResult) -> str:
    return f"{result.score} of {points(result.max_score)}"


def _sum(part: Part, results: Sequence[CheckResult]) -> str:
    """Return the points of the part's exercise, and how all its checks stand, those of other exercises too."""
    own = {check.id for check in part.exercise.checks}
    earned = sum(result.score for result in results if result.id in own)
    total = sum(result.max_score for result in results if result.id in own)
    return f"{earned} of {points(total)}; {_counts(results)}"


def _counts(results: Sequence[CheckResult]) -> str:
    counts = Counter(STANDS[result.outcome] for result in results)
    return ", ".join(f"{counts[word]} {word}" for word in STANDS.values() if counts[word])
