"""The lines of a YAML file as a person sees them: how far each is indented, and what it stands under.

What is here reads broken files, so it looks at lines, not at YAML.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

MAX_KEY_CHARACTERS = 200  # what is longer is no key that a compose file has

_BREAK = re.compile("(\r\n|[\n\r\x85\u2028\u2029])")
_LEAD = re.compile(r"\s*")
_KEY = re.compile(r"""(?:- +)?(?:"([^"]*)"|'([^']*)'|([^\s"'#&*!|>%@`\[\]{},-][^:#=]*?))\s*[:=]""")


class Lines(list[str]):
    """The lines of a text, and what mending it asks of them thousands of times; to change them, make others.

    `widths` are the columns each is indented; `speaks` tells of each whether it says something.
    """

    __slots__ = ("speaks", "widths")

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__(lines)
        bare = [line.lstrip() for line in self]
        self.widths = [len(line) - len(text) for line, text in zip(self, bare, strict=True)]
        self.speaks = [text[:1] not in ("", "#") for text in bare]

    def changed(self, edit: Mapping[int, str]) -> "Lines":
        """Return the lines with new texts for some of them."""
        made = Lines(())
        made += self
        made.widths, made.speaks = self.widths.copy(), self.speaks.copy()
        for number, line in edit.items():
            made[number] = line
            made.widths[number] = indent(line)
            made.speaks[number] = not is_blank(line)
        return made


def split(text: str) -> tuple[Lines, list[str]]:
    """Return the lines of a text and the line ends behind them; YAML knows six kinds of line end."""
    if text.isascii() and "\r" not in text:
        lines = Lines(text.split("\n"))
        return lines, ["\n"] * (len(lines) - 1) + [""]
    parts = _BREAK.split(text)
    return Lines(parts[::2]), [*parts[1::2], ""]


def join(lines: Sequence[str], ends: Sequence[str]) -> str:
    """Undo `split`."""
    parts = ["", ""] * len(lines)
    parts[::2] = lines
    parts[1::2] = ends
    return "".join(parts)


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


def before(lines: Lines, index: int) -> int | None:
    """Return the line before `index` that says something."""
    return _first_that_speaks(lines, range(index - 1, -1, -1))


def behind(lines: Lines, index: int) -> int | None:
    """Return the line behind `index` that says something."""
    return _first_that_speaks(lines, range(index + 1, len(lines)))


def _first_that_speaks(lines: Lines, numbers: range) -> int | None:
    speaks = lines.speaks
    return next((number for number in numbers if speaks[number]), None)


def around(lines: Lines, index: int) -> Iterator[int]:
    """Yield the line before `index`, the line that one stands under, and so on up to the margin."""
    limit = None
    widths, speaks = lines.widths, lines.speaks
    for number in range(index - 1, -1, -1):
        if speaks[number] and (limit is None or widths[number] < limit):
            yield number
            limit = widths[number]
            if not limit:
                return


def parent(lines: Lines, index: int) -> str | None:
    """Return the key that the line `index` stands under."""
    width = lines.widths[index]
    item = is_item(lines[index])
    for number in around(lines, index):
        above = lines.widths[number]
        if above < width or (item and above == width and opens_block(lines[number])):
            return key(lines[number])
    return None


def block(lines: Lines, index: int, *, width: int | None = None) -> list[int]:
    """Return the lines around `index` that are indented as far as it, or `width`, under the same key."""
    widths, speaks = lines.widths, lines.speaks
    width = widths[index] if width is None else width
    found = [index]
    for numbers in (range(index - 1, -1, -1), range(index + 1, len(lines))):
        for number in numbers:
            if widths[number] <= width and speaks[number]:
                if widths[number] < width:
                    break
                found.append(number)
    return sorted(found)


def block_end(lines: Lines, index: int, width: int) -> int:
    """Return the first line behind `index` that is indented less than `width`; blank lines do not end a block."""
    widths, speaks = lines.widths, lines.speaks
    numbers = range(index + 1, len(lines))
    return next((number for number in numbers if widths[number] < width and speaks[number]), len(lines))
