"""Hints: of a check, or of the first check of a part that is not solved yet."""

from grader.exercise import Check
from grader.notebook.answers import first_open
from grader.notebook.blocks import Block, Next, Title, Words, code
from grader.notebook.names import Part, names
from grader.notebook.reading import read
from grader.notebook.result import Result
from grader.notebook.sources import Source
from grader.reports.words import points


def hint_for_check(check: Check, level: object) -> Result:
    """Give one hint of a check, and the call for the next one. A level that does not exist is an answer too."""
    call = names().call(check.id)
    highest = len(check.hints)
    title = Title(f"{check.id}: {check.title} ({points(check.points)})")
    if type(level) is not int or not 1 <= level <= highest:
        then = f"{call}.hint(1)"
        blocks: list[Block] = [title, Words(f"There is no such hint; the levels are 1 to {highest}."), Next(code(then))]
        return Result("hint", blocks, then=then, check=check.id, level=None)
    then = f"{call}.hint({level + 1})" if level < highest else f"{call}.explain()"
    text = Words(f"Hint {level} of {highest}: {check.hints[level - 1]}")
    last = Next(code(then)) if level < highest else Next(f"that was the last hint. Why it matters: {code(then)}")
    return Result("hint", [title, text, last], then=then, check=check.id, level=level)


def hint_for_part(source: Source, part: Part, level: object) -> Result:
    """Give a hint of the part's first check that is not solved; of its first check where no file can be graded."""
    report = read(source).report
    wanted = {check.id for check in part.checks.values()}
    results = [result for result in report.checks() if result.id in wanted]
    if not results:
        return hint_for_check(next(iter(part.checks.values())), level)
    first = first_open(results)
    if first is not None:
        return hint_for_check(names().rubric.check(first.id), level)
    then = f"q.{part.name}.explain()"
    words = Words("Every check here is right: there is nothing to give a hint for.")
    return Result("hint", [Title(part.exercise.title), words, Next(code(then))], then=then, check=None, level=None)
