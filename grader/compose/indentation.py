"""Lines that are indented wrongly, and how far they were meant to be indented."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from grader.compose.lines import (
    Lines,
    around,
    before,
    behind,
    block,
    block_end,
    indent,
    is_blank,
    is_item,
    key,
    lead,
    opens_block,
)
from grader.compose.slips import is_second_key_of_item

TAB_WIDTHS = (2, 4, 8)  # columns a tab may stand for
_INDENT = 2  # columns one level is usually indented

# Keys that stand together. What is not here is a variable if it is written in capitals, else any other key.
_KINDS = {
    name: kind
    for kind, names in {
        "service": "image build container_name restart ports networks depends_on healthcheck environment env_file "
        "volumes command entrypoint hostname expose",
        "top": "services secrets configs include version",
        "health": "test interval timeout retries start_period start_interval",
        "build": "context dockerfile args",
        "mount": "type source target read_only",
        "condition": "condition",
        "driver": "driver external",
    }.items()
    for name in names.split()
}
_AT_THE_MARGIN = frozenset(["services", "networks", "volumes", "secrets", "configs", "include", "name", "version"])

_Change = dict[int, str]


def without_tabs(lines: Lines, index: int) -> Iterator[_Change]:
    """Yield changes that put blanks in the place of the tabs (or other odd blanks) a line is indented with."""
    if _is_plain(lines[index]):
        return
    for width, _ in _targets(lines, index):
        yield {index: " " * width + lines[index].strip()}
    yield from sorted((_expanded(lines, tab) for tab in TAB_WIDTHS), key=lambda change: _empty_blocks(lines, change))


def _expanded(lines: Lines, tab: int) -> _Change:
    """Put `tab` blanks in the place of every tab, in all lines that are indented with tabs."""
    return {
        number: lead(line).replace("\xa0", " ").replace("\t", " " * tab) + line.strip()
        for number, line in enumerate(lines)
        if not _is_plain(line)
    }


def _empty_blocks(lines: Lines, change: _Change) -> int:
    """Count the keys that would have nothing under them after a change: with the right width there are few."""
    changed = [change.get(number, line) for number, line in enumerate(lines)]
    said = [line for line in changed if not is_blank(line)]
    return sum(
        opens_block(line) and indent(under) <= indent(line) and not is_item(under) for line, under in pairwise(said)
    )


def blank_lines_without_tabs(lines: Lines) -> _Change:
    """Return a change that takes the tabs out of empty lines and from before comments."""
    tabbed = ((number, line) for number, line in enumerate(lines) if "\t" in line)
    return {number: line.strip() for number, line in tabbed if is_blank(line) and "\t" in lead(line)}


def _is_plain(line: str) -> bool:
    return not lead(line).strip(" ")


def shifts(lines: Lines, index: int) -> Iterator[_Change]:
    """Yield changes that move a line to others of its kind, or one above to where this line stands."""
    if is_second_key_of_item(lines, index):
        yield _second_keys(lines, index)
    width = lines.widths[index]
    yield from _moves(lines, index, fitting=True)
    kind = _kind(lines[index], width)
    for number in around(lines, index):
        if kind is not None and kind == _kind(lines[number], width) and lines.widths[number] != width:
            yield {number: _moved(lines[number], width - lines.widths[number])}


def block_shifts(lines: Lines, index: int) -> Iterator[_Change]:
    """Yield changes that move a line, with what follows it and is indented as far or farther, to others of its kind."""
    yield from _block_moves(lines, index, fitting=True)


def loose_shifts(lines: Lines, index: int) -> Iterator[_Change]:
    """Yield changes that move lines to where they may be, though no others of their kind stand there."""
    yield from _moves(lines, index, fitting=False)
    yield from _block_moves(lines, index, fitting=False)


def _moves(lines: Lines, index: int, *, fitting: bool) -> Iterator[_Change]:
    if not is_natural(lines, index):
        for target, fits in _targets(lines, index):
            if fits == fitting:
                yield {index: _moved(lines[index], target - lines.widths[index])}


def _block_moves(lines: Lines, index: int, *, fitting: bool) -> Iterator[_Change]:
    if is_natural(lines, index):
        return
    width = lines.widths[index]
    end = block_end(lines, index, width)
    for target, fits in _targets(lines, index):
        if fits == fitting:
            run = {number: _moved(lines[number], target - width) for number in range(index, end)}
            yield {number: line for number, line in run.items() if line != lines[number]}


def is_natural(lines: Lines, index: int) -> bool:
    """Tell whether a line is indented like one of its kind above it, or deeper than the key it begins the block of."""
    above = before(lines, index)
    width = lines.widths[index]
    if above is None or not _may_stand(lines[index], width):
        return above is None and width == 0
    if not _holds_block(lines, index, width):
        return False
    others = [lines[number] for number in block(lines, index) if number != index]
    if _repeats(lines[index], others):
        return False
    if opens_block(lines[above]) and width > lines.widths[above]:
        return True
    kind = _kind(lines[index], width)
    return any(
        lines.widths[number] == width and (kind is None or _kind(lines[number], width) in (None, kind))
        for number in around(lines, index)
    )


def _may_stand(line: str, width: int) -> bool:
    """Tell whether a line can be right in a column: at the margin stand only a few keys, some of them only there."""
    name = key(line) or ""
    if width == 0:
        return name in _AT_THE_MARGIN or name.startswith("x-")
    return name != "services"


def _targets(lines: Lines, index: int) -> list[tuple[int, bool]]:
    """Return the columns where the line may belong, and whether it fits there.

    The likeliest come first: like lines of its kind, then near ones.
    """
    above, following = before(lines, index), behind(lines, index)
    widths = [0]
    for number in (following, *around(lines, index)):
        if number is not None and _is_plain(lines[number]):
            widths.append(lines.widths[number])
    if above is not None and opens_block(lines[above]):
        widths.append(lines.widths[above] + _INDENT)
    width = lines.widths[index]
    plain = _is_plain(lines[index])

    choices = [choice for choice in dict.fromkeys(widths) if choice != width or not plain]
    fits = {choice: _fits(lines, index, choice) for choice in choices if _may_stand(lines[index], choice)}

    def doubts(choice: int) -> tuple[bool, bool, int]:
        return not fits[choice], not _holds_block(lines, index, choice), abs(choice - width) if plain else -choice

    return [(choice, fits[choice]) for choice in sorted(fits, key=doubts)]


def _holds_block(lines: Lines, index: int, width: int) -> bool:
    """Tell whether a line in that column stands rightly between the one above and the one below it."""
    above, following = before(lines, index), behind(lines, index)
    if above is not None and opens_block(lines[above]) and not is_item(lines[index]) and width <= lines.widths[above]:
        return False
    if following is None or not opens_block(lines[index]):
        return True
    return width < lines.widths[following] or (is_item(lines[following]) and width == lines.widths[following])


def _fits(lines: Lines, index: int, width: int) -> bool:
    """Tell whether most lines in that column are of the same kind, and none of them has the same key.

    Where a key has nothing under it, a line that may belong there fits.
    """
    above = before(lines, index)
    if above is not None and opens_block(lines[above]) and lines.widths[index] <= lines.widths[above] < width:
        return True
    others = [lines[number] for number in block(lines, index, width=width) if number != index]
    kind = _kind(lines[index], width)
    alike = sum(kind == _kind(line, width) for line in others)
    return alike > 0 and alike * 2 >= len(others) and not _repeats(lines[index], others)


def _repeats(line: str, others: Iterable[str]) -> bool:
    name = None if is_item(line) else key(line)
    return name is not None and any(name == key(other) for other in others)


def _kind(line: str, width: int) -> str | None:
    """Return what kind of line it is in that column: lines of one kind stand together. None: it has no key."""
    if is_item(line):
        return "item"
    name = key(line)
    if name is None:
        return None
    if width == 0 and _may_stand(line, 0):
        return "top"
    return _KINDS.get(name, "variable" if name.isupper() else "key")


def _moved(line: str, columns: int) -> str:
    if is_blank(line):
        return line
    return " " * max(0, indent(line) + columns) + line.lstrip()


def _second_keys(lines: Lines, index: int) -> _Change:
    """Move the keys of an item under its first one: they stand as far to the left as the dash."""
    width = lines.widths[index]
    moved: _Change = {}
    for number in range(index, block_end(lines, index, width)):
        if lines.widths[number] == width and is_item(lines[number]):
            break
        moved[number] = _moved(lines[number], _INDENT)
    return moved
