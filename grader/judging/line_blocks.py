"""To which service the lines of the compose file belong.

A block goes from a service's key to the next one that the skeleton has, or to the top-level `volumes`: a key at the
wrong depth ends no block.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from grader.compose.model import Service
from grader.stack import Stack


class LineBlocks:
    """The blocks of a stack; `damaged` are its lines that are no YAML, by block."""

    __slots__ = ("_firsts", "_names", "_services", "_spans", "damaged")

    def __init__(self, stack: Stack) -> None:
        services = stack.project.services
        starts: list[tuple[int, str | None]] = [
            (services[name].at.line, name) for name in stack.given_services if name in services
        ]
        if stack.project.volumes_at is not None:
            starts.append((stack.project.volumes_at.line, None))
        starts.sort(key=lambda start: start[0])
        self._firsts = [line for line, _ in starts]
        self._names = [None, *(name for _, name in starts)]
        self._services = services.values()
        self._spans: list[int] | None = None  # not worked out before a line is asked about: most files have no damage
        self.damaged = self.group(stack.loaded.damaged)

    def group(self, lines: Sequence[int]) -> dict[str | None, list[int]]:
        """Group lines by the service in whose block they are; under None is what is, or might be, no service."""
        blocks: dict[str | None, list[int]] = {}
        if not lines:
            return blocks
        if self._spans is None:
            self._spans = _spans(self._services)
        for line in lines:
            blocks.setdefault(self._names[bisect_right(self._firsts, line)], []).append(line)
            if bisect_right(self._spans, line) % 2 == 0:
                blocks.setdefault(None, []).append(line)
        return blocks


def line_blocks(stack: Stack) -> LineBlocks:
    """Return the blocks of a stack, worked out once."""
    found = stack.memo.get(LineBlocks)
    if not isinstance(found, LineBlocks):
        found = stack.memo[LineBlocks] = LineBlocks(stack)
    return found


def damaged_blocks(stack: Stack) -> dict[str | None, list[int]]:
    """Return the lines of a stack that are no YAML, by block."""
    return line_blocks(stack).damaged if stack.loaded.damaged else {}


def blocks_of(stack: Stack, line: int) -> set[str | None]:
    """Name the services in whose block a line is; None stands for what is no service."""
    return set(line_blocks(stack).group((line,)))


def _spans(services: Iterable[Service]) -> list[int]:
    """Return the lines where services begin and where they have ended, in turns: services may overlap in a merge."""
    spans: list[int] = []
    for first, last in sorted((service.at.line, service.end_line) for service in services):
        if last < first:
            continue
        if spans and first <= spans[-1]:
            spans[-1] = max(spans[-1], last + 1)
        else:
            spans += (first, last + 1)
    return spans
