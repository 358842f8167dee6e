"""Where the parser stops in a broken file, and where the mistake may be: often not where the parser notices it."""

import re

from yaml.error import MarkedYAMLError, YAMLError

from grader.compose.lines import Lines, around, before, behind
from grader.light_tuple import NamedTuple

CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what YAML does not allow


class Stop(NamedTuple):
    """Where parsing stops: the line to look at, others that may be the cause, and where the cause may lie at first."""

    line: int
    also: tuple[int, ...]
    since: int


def find_stop(error: YAMLError, lines: Lines) -> Stop:
    """Find the line to look at: that of the problem, or the start of what was never closed."""
    last = len(lines) - 1
    problem = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    if problem is None or not isinstance(error, MarkedYAMLError):
        number = next((number for number, line in enumerate(lines) if CONTROL.search(line)), last)
        return Stop(number, (), number)
    line = since = min(problem.line, last)
    also = []
    context = error.context_mark
    if context is not None:
        since = min(context.line, line)
        if "block" not in (error.context or ""):
            also = [line]
            line = since
    while line and not lines.speaks[line]:
        line -= 1
    above = next((number for number in around(lines, line) if lines.widths[number] < lines.widths[line]), None)
    also += [found for found in (before(lines, line), behind(lines, line), above) if found is not None]
    return Stop(line, tuple(also), min(since, line))
