"""What a check asks and why; what a container would make of the file."""

from grader.exercise import Check
from grader.notebook.answers import find
from grader.notebook.blocks import Block, Listing, Next, Table, Title, Words, code
from grader.notebook.names import Part, names
from grader.notebook.reading import CANNOT_READ, STANDS, Reading, cannot_read_blocks, mend, read
from grader.notebook.result import Result
from grader.notebook.sources import Source, request_of
from grader.reports.words import points

WIDTH_COLUMNS = 84


def explain_check(source: Source, check: Check) -> Result:
    """Say what a check asks, why, how it is missed, and how the file stands. The right line stays behind the hints."""
    reading = read(source)
    result = find(reading, check.id)
    call = names().call(check.id)
    stands = CANNOT_READ if result is None else STANDS[result.outcome]
    then = source.call + call.removeprefix("q") + ".check()"
    blocks = [
        Title(f"{check.id}: {check.title} ({points(check.points)})"),
        Words(check.why),
        Words("Wrong would be, for example:"),
        Listing(check.wrong.rstrip().split("\n")),
        Words(f"Asked in {code(check.link)}. In {reading.file}: {stands}."),
        *cannot_read_blocks(reading),
        Next(code(then)),
    ]
    return Result("explain", blocks, then=then, check=check.id, **reading.data())


def explain_part(source: Source, part: Part) -> Result:
    """Say what the container of the part's service would make of the file; list the checks where there is none."""
    reading = read(source)
    then = f"{source.call}.{part.name}.check()"
    title = Title(f"{part.exercise.title} ({part.exercise.id})")
    if part.exercise.service is None:
        return Result("explain", [title, _overview(reading, part), Next(code(then))], then=then, **reading.data())
    if reading.report.score is None:
        blocks = [title, *cannot_read_blocks(reading), mend(reading, f".{part.name}.explain()")]
        return Result("explain", blocks, then=then, **reading.data())
    text = _container_text(source, part.exercise.service)
    blocks = [title, *cannot_read_blocks(reading), Listing(text.rstrip("\n").split("\n")), Next(code(then))]
    return Result("explain", blocks, then=then, **reading.data())


def explain_all(source: Source) -> Result:
    """List all checks with how they stand: the map of what can be asked."""
    reading = read(source)
    then = f"{source.call}.check_all()"
    blocks: list[Block] = [Title("What the exercise asks, and how it stands"), *cannot_read_blocks(reading)]
    for part in names().parts.values():
        total = points(sum(check.points for check in part.exercise.checks))
        blocks += [Words(f"{part.exercise.id}: {part.exercise.title} ({total})"), _overview(reading, part)]
    return Result("explain", [*blocks, Next(code(then))], then=then, **reading.data())


def _overview(reading: Reading, part: Part) -> Table:
    rows = []
    for check in part.exercise.checks:
        result = find(reading, check.id)
        stands = CANNOT_READ if result is None else STANDS[result.outcome]
        rows.append((code(names().call(check.id)), str(check.points), stands, check.title))
    return Table(("check", "points", "stands", "what it asks"), rows)


def _container_text(source: Source, service: str) -> str:
    from grader.commands.explain_service import explain_service
    from grader.compose.loader import load

    return explain_service(load(request_of(source)), service, WIDTH_COLUMNS)
