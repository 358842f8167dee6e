"""Lines of a text report: how wide a text is, where it breaks, and a student's line with carets below it."""

from grader.report import Excerpt
from grader.reports.clean import clean
from grader.reports.look import Look

CUT = "..."
MAX_CARETS = 40


def display_width(text: str) -> int:
    """Return the columns a terminal needs for `text`: East Asian wide letters need two, combining marks none."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def wrap(text: str, width: int, indent: str = "", hanging: str | None = None) -> list[str]:
    """Break `text` at blanks so that every line fits into `width` columns; a longer word is broken where it must be.

    The first line begins with `indent`, the others with `hanging` (default: the same). Line ends in the text stay.
    """
    first, other = indent, indent if hanging is None else hanging
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        line = ""
        for word in _words(paragraph, width - max(len(first), len(other))):
            start = first if not lines else other
            if line and display_width(f"{start}{line} {word}") > width:
                lines.append(start + line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        if line:
            lines.append((other if lines else first) + line)
    return lines


def title(text: str, look: Look, *styles: str) -> list[str]:
    """Return a heading of one line or more in the given styles."""
    return [look.paint(line, *styles) for line in wrap(text, look.width)]


def _words(paragraph: str, room: int) -> list[str]:
    words: list[str] = []
    for word in paragraph.split():
        words += [word] if display_width(word) <= room else _pieces(word, room)
    return words


def _pieces(word: str, room: int) -> list[str]:
    """Break a word into pieces of at most `room` columns, each of one letter at least."""
    pieces: list[str] = []
    start = used = 0
    for index, letter in enumerate(word):
        columns = display_width(letter)
        if used + columns > room and index > start:
            pieces.append(word[start:index])
            start, used = index, 0
        used += columns
    return [*pieces, word[start:]]


def underlined(excerpt: Excerpt) -> tuple[str, int, int]:
    """Return a student's line as it is shown, and what of it is underlined: [start, end), perhaps behind its end."""
    text = clean(excerpt.text).replace("\t", " ").replace("\n", " ").rstrip()
    start = min(max(excerpt.column - 1, 0), len(text))
    return text, start, min(start + max(excerpt.width, 1), max(len(text), start + 1), start + MAX_CARETS)


def excerpt_lines(excerpt: Excerpt, look: Look) -> list[str]:
    """Show a line of the student's file under its number, what matters of it underlined.

    A line that is too wide is cut on both sides around the underlined part.
    """
    number = f"{excerpt.line:>5} | "
    text, start, end = underlined(excerpt)
    text, start, end = _window(text, start, end, look.width - len(number))
    lead = " " * display_width(text[:start])
    carets = "^" * max(display_width(text[start:end]), 1)
    gutter = " " * (len(number) - 2) + "| "
    return [
        look.paint(number, "dim") + text,
        look.paint(gutter, "dim") + lead + look.paint(carets, "red"),
    ]


def _window(text: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """Cut `text` to `room` columns around [start, end) and return it with the part's new place."""
    if display_width(text) <= room:
        return text, start, end
    cut = 0
    if display_width(text[:end]) > room - len(CUT):
        while cut < start and display_width(text[cut:end]) > room - 2 * len(CUT):
            cut += 1
        cut = min(start, cut)
    shown = (CUT if cut else "") + text[cut:]
    shift = len(CUT) - cut if cut else 0
    if display_width(shown) > room:
        while shown and display_width(shown) > room - len(CUT):
            shown = shown[:-1]
        shown += CUT
    return shown, start + shift, min(end + shift, len(shown))
