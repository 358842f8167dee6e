"""The lines of a YAML file as a person sees them: how far each is indented, and what it stands under.

What is here reads broken files, so it looks at lines, not at YAML.
"""

import re
from collections.abc import Iterator, Sequence

MAX_KEY_CHARACTERS = 200  # what is longer is no key that a compose file has

_BREAK = re.compile("(\r\n|[\n\r\x85\u2028\u2029])")
_LEAD = re.compile(r"\s*")
_KEY = re.compile(r"""(?:- +)?(?:"([^"]*)"|'([^']*)'|([^\s"'#&*!|>%@`\[\]{},-][^:#=]*?))\s*[:=]""")


def split(text: str) -> tuple[list[str], list[str]]:
    """Return the lines of a text and the line ends behind them; YAML knows six kinds of line end."""
    parts = _BREAK.split(text)
    return parts[::2], [*parts[1::2], ""]


def join(lines: Sequence[str], ends: Sequence[str]) -> str:
    """Undo `split`."""
    return "".join(line + end for line, end in zip(lines, ends, strict=True))


def lead(line: str) -> str:
    """Return the blanks at the start of a line, whatever kind they are."""
    found = _LEAD.match(line)
    return found.group() if found else ""


def indent(line: str) -> int:
    """Return how many columns a line is indented."""
    return len(line) - len(line.lstrip())


def is_blank(line: str) -> bool:
    """Tell whether a line says nothing: it is empty or a comment."""
    bare = line.strip()
    return not bare or bare[0] == "#"


def is_item(line: str) -> bool:
    """Tell whether a line begins an item of a list."""
    bare = line.strip()
    return bare == "-" or bare.startswith(("- ", "-\t"))


def opens_block(line: str) -> bool:
    """Tell whether a line is a key whose value begins on the next line."""
    return without_comment(line).endswith(":")


def without_comment(line: str) -> str:
    """Return a line without the comment behind it; a `#` in quotes may fool it."""
    return line.partition(" #")[0].rstrip()


def key(line: str) -> str | None:
    """Return the key a line begins with, None if it begins with none."""
    found = _KEY.match(line.strip()[:MAX_KEY_CHARACTERS])
    return None if found is None else next((name for name in found.groups() if name is not None), None)


def before(lines: Sequence[str], index: int) -> int | None:
    """Return the line before `index` that says something."""
    return _first_that_speaks(lines, range(index - 1, -1, -1))


def behind(lines: Sequence[str], index: int) -> int | None:
    """Return the line behind `index` that says something."""
    return _first_that_speaks(lines, range(index + 1, len(lines)))


def _first_that_speaks(lines: Sequence[str], numbers: range) -> int | None:
    for number in numbers:
        bare = lines[number].strip()
        if bare and bare[0] != "#":  # as `is_blank`; mending a file asks thousands of times
            return number
    return None


def around(lines: Sequence[str], index: int) -> Iterator[int]:
    """Yield the line before `index`, the line that one stands under, and so on up to the margin."""
    limit = None
    number = before(lines, index)
    while number is not None:
        width = indent(lines[number])
        if limit is None or width < limit:
            yield number
            limit = width
        if limit == 0:
            return
        number = before(lines, number)


def parent(lines: Sequence[str], index: int) -> str | None:
    """Return the key that the line `index` stands under."""
    width = indent(lines[index])
    item = is_item(lines[index])
    for number in around(lines, index):
        above = indent(lines[number])
        if above < width or (item and above == width and opens_block(lines[number])):
            return key(lines[number])
    return None


def block(lines: Sequence[str], index: int, *, width: int | None = None) -> list[int]:
    """Return the lines around `index` that are indented as far as it, or `width`, under the same key."""
    width = indent(lines[index]) if width is None else width
    found = [index]
    for step in (before, behind):
        number = step(lines, index)
        while number is not None and (own := indent(lines[number])) >= width:
            if own == width:
                found.append(number)
            number = step(lines, number)
    return sorted(found)


def block_end(lines: Sequence[str], index: int, width: int) -> int:
    """Return the first line behind `index` that is indented less than `width`; blank lines do not end a block."""
    number = behind(lines, index)
    while number is not None and indent(lines[number]) >= width:
        number = behind(lines, number)
    return len(lines) if number is None else number
