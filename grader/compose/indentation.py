"""Lines that are indented wrongly, and how far they were meant to be indented."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from grader.compose.lines import (
    around,
    before,
    behind,
    block_end,
    indent,
    is_blank,
    is_item,
    key,
    lead,
    opens_block,
    siblings,
)
from grader.compose.slips import is_second_key_of_item

TAB_WIDTHS = (2, 4, 8)  # columns a tab may stand for
_INDENT = 2  # columns one level is usually indented

_SERVICE_KEYS = frozenset(
    [
        "image", "build", "container_name", "restart", "ports", "networks", "depends_on", "healthcheck", "environment",
        "env_file", "volumes", "command", "entrypoint", "hostname", "expose",
    ]
)  # fmt: skip
_HEALTH_KEYS = frozenset(["test", "interval", "timeout", "retries", "start_period", "start_interval"])

_Lines = Sequence[str]
_Change = dict[int, str]


def without_tabs(lines: _Lines, index: int) -> Iterator[_Change]:
    """Yield changes that put blanks in the place of the tabs (or other odd blanks) a line is indented with."""
    if _is_plain(lines[index]):
        return
    for width in _widths_nearby(lines, index):
        yield {index: " " * width + lines[index].strip()}
    yield from sorted((_expanded(lines, tab) for tab in TAB_WIDTHS), key=lambda change: _empty_blocks(lines, change))


def _expanded(lines: _Lines, tab: int) -> _Change:
    """Put `tab` blanks in the place of every tab, in all lines that are indented with tabs."""
    return {
        number: lead(line).replace("\xa0", " ").replace("\t", " " * tab) + line.strip()
        for number, line in enumerate(lines)
        if not _is_plain(line)
    }


def _empty_blocks(lines: _Lines, change: _Change) -> int:
    """Count the keys that would have nothing under them after a change: with the right width there are few."""
    changed = [change.get(number, line) for number, line in enumerate(lines)]
    said = [line for line in changed if not is_blank(line)]
    return sum(
        opens_block(line) and indent(under) <= indent(line) and not is_item(under) for line, under in pairwise(said)
    )


def _is_plain(line: str) -> bool:
    return not lead(line).strip(" ")


def _widths_nearby(lines: _Lines, index: int) -> list[int]:
    """Return the columns in which a line may stand as far as the lines around it tell, the likeliest first."""
    above, following = before(lines, index), behind(lines, index)
    widths = []
    for number in (above, following, *around(lines, index)):
        if number is None or not _is_plain(lines[number]):
            continue
        deeper = number == above and opens_block(lines[number]) and not is_item(lines[index])
        widths.append(indent(lines[number]) + (_INDENT if deeper else 0))
    return list(dict.fromkeys(widths))


def shifts(lines: _Lines, index: int) -> Iterator[_Change]:
    """Yield changes that move a line, or it and what follows it, to where its neighbours stand."""
    if is_second_key_of_item(lines, index):
        yield _second_keys(lines, index)
    if is_natural(lines, index):
        return
    width = indent(lines[index])
    following = behind(lines, index)
    alone_first = following is not None and indent(lines[following]) != width
    for target in _targets(lines, index):
        alone = {index: _moved(lines[index], target - width)}
        end = block_end(lines, index, width)
        run = {number: _moved(lines[number], target - width) for number in range(index, end)}
        run = {number: line for number, line in run.items() if line != lines[number]}
        yield from (alone, run) if alone_first else (run, alone)


def is_natural(lines: _Lines, index: int) -> bool:
    """Tell whether a line is indented as far as some line above it, or deeper than the key it begins the block of."""
    above = before(lines, index)
    width = indent(lines[index])
    if above is None:
        return width == 0
    if opens_block(lines[above]) and width > indent(lines[above]):
        return True
    return any(indent(lines[number]) == width for number in around(lines, index))


def _targets(lines: _Lines, index: int) -> list[int]:
    """Return the columns where the line may belong, the likeliest first: like neighbours, then near ones."""
    width = indent(lines[index])
    widths = [indent(lines[number]) for number in around(lines, index)]
    above = before(lines, index)
    if above is not None and opens_block(lines[above]):
        widths.insert(0, indent(lines[above]) + _INDENT)
    following = behind(lines, index)
    if following is not None:
        widths.append(indent(lines[following]))
    choices = [choice for choice in dict.fromkeys(widths) if choice != width]
    return sorted(choices, key=lambda choice: (not _fits(lines, index, choice), abs(choice - width)))


def _fits(lines: _Lines, index: int, width: int) -> bool:
    """Tell whether the lines in that column are written like this one: items, variables or other keys."""
    return any(_manner(lines[number]) == _manner(lines[index]) for number in siblings(lines, index, width=width))


def _manner(line: str) -> str:
    """Return what kind of line it is: lines of one kind stand together."""
    if is_item(line):
        return "item"
    name = key(line) or ""
    if name in _SERVICE_KEYS:
        return "service"
    if name in _HEALTH_KEYS:
        return "health"
    return "variable" if name.isupper() else "key"


def _moved(line: str, columns: int) -> str:
    if is_blank(line):
        return line
    return " " * max(0, indent(line) + columns) + line.lstrip()


def _second_keys(lines: _Lines, index: int) -> _Change:
    """Move the keys of an item under its first one: they stand as far to the left as the dash."""
    width = indent(lines[index])
    moved: _Change = {}
    for number in range(index, block_end(lines, index, width)):
        if indent(lines[number]) == width and is_item(lines[number]):
            break
        moved[number] = _moved(lines[number], _INDENT)
    return moved
