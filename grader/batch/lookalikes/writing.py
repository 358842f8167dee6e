"""How a file is written: its remarks, its quote marks, its blanks.

Line by line, not as YAML: broken files count too.
"""

import functools
from collections.abc import Mapping, Sequence
from itertools import filterfalse, islice
from typing import NamedTuple

from grader.batch.lookalikes.published import Published, normalised
from grader.compose.lines import key as key_of

MAX_OWN_LINES = 1000  # of a submission; a whole answer has about a hundred
MAX_LINE_CHARACTERS = 300  # of a longer line only the beginning is looked at
MIN_QUOTED = 2  # values with quote marks, and as many without: a habit needs something to differ from
CACHED_LINES = 2048  # of a class: many students write the same lines


class Written(NamedTuple):
    """What a submission looks like beside what it says.

    `comments` are its own remarks, normalised; `habits` are (what, pattern).
    """

    comments: Sequence[str]
    habits: Sequence[tuple[str, str]]


class Line(NamedTuple):
    """One line: what it begins with, the remark on it, the quote mark of its value, whether it has odd blanks."""

    key: str
    comment: str
    quote: str
    odd: bool


def written_in(texts: Mapping[str, Sequence[str]], known: Published) -> Written:
    """Look at all files of a submission; lines that everybody has are passed over."""
    own: list[tuple[Line, bool]] = []
    for name in sorted(texts):
        lines = texts[name]
        number = before = -1
        for line in islice(filterfalse(known.lines.__contains__, lines), MAX_OWN_LINES):
            number = lines.index(line, number + 1)
            if line and not line.isspace():
                gap = before == number - 2 and not lines[number - 1].strip()
                own.append((_read(line[:MAX_LINE_CHARACTERS]), gap))
                before = number
    comments = [line.comment for line, _ in own if line.comment and line.comment not in known.comments]
    return Written(comments, _habits(own))


def whole(texts: Mapping[str, Sequence[str]]) -> str:
    """Return all files of a submission but for white space."""
    return "\n".join([line for name in sorted(texts) for line in filter(None, map(str.strip, texts[name]))])


def _habits(own: Sequence[tuple[Line, bool]]) -> list[tuple[str, str]]:
    found = []
    quoted, odd, gaps = [], [], []
    plain = 0
    for (key, _, quote, is_odd), gap in own:
        if quote:
            quoted.append(key + quote)
        elif key:
            plain += 1
        if is_odd:
            odd.append(key)
        if gap:
            gaps.append(key)
    if len(quoted) >= MIN_QUOTED and plain >= MIN_QUOTED:
        found.append(("quotes", " ".join(sorted(quoted))))
    if odd:
        found.append(("blanks", " ".join(odd)))
    if gaps:
        found.append(("gaps", " ".join(gaps)))
    return found


@functools.lru_cache(maxsize=CACHED_LINES)
def _read(line: str) -> Line:
    bare = line.strip()
    if bare[0] == "#":
        return Line("#", normalised(bare), "", False)
    code, comment = _without_remark(line)
    text = code.strip().removeprefix("- ").lstrip()
    key = key_of(code) or text
    value = text[len(key) :].lstrip(" '\"").removeprefix(":").removeprefix("=")
    content = value.strip() or text
    quote = content[0] if content[:1] in ("'", '"') else text[0] if text[:1] in ("'", '"') else ""
    odd = line != line.rstrip() or "\t" in line or (value.strip() != "" and value[:2] == "  ") or f"{key} :" in code
    return Line(key, normalised(comment), quote, odd)


def _without_remark(line: str) -> tuple[str, str]:
    """Part a line from the remark behind it; a `#` within quote marks begins none."""
    at = line.find(" #")
    while at >= 0:
        before = line[:at]
        if before.count('"') % 2 == 0 and before.count("'") % 2 == 0:
            return before, line[at + 2 :]
        at = line.find(" #", at + 1)
    return line, ""
