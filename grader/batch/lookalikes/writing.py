"""How a file is written: its remarks, its quote marks, its blanks.

Line by line, not as YAML: broken files count too.
"""

import functools
from collections.abc import Mapping, Sequence
from itertools import chain, filterfalse, islice
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


# What a line begins with, the remark on it, the quote mark of its value, whether it has odd blanks. A plain tuple: a
# named one is taken apart half as fast.
Line = tuple[str, str, str, bool]


def written_in(texts: Mapping[str, Sequence[str]], known: Published) -> Written:
    """Look at all files of a submission; lines that everybody has are passed over."""
    comments, quoted, odd, gaps = [], [], [], []
    plain = 0
    for name in sorted(texts):
        lines = texts[name]
        number = before = -1
        for line in islice(filterfalse(known.lines.__contains__, lines), MAX_OWN_LINES):
            number = lines.index(line, number + 1)
            read = _read(line[:MAX_LINE_CHARACTERS])
            if read is None:
                continue
            key, comment, quote, is_odd = read
            if comment and comment not in known.comments:
                comments.append(comment)
            if quote:
                quoted.append(key + quote)
            elif key:
                plain += 1
            if is_odd:
                odd.append(key)
            if before == number - 2 and not lines[number - 1].strip():
                gaps.append(key)
            before = number
    if plain < MIN_QUOTED or len(quoted) < MIN_QUOTED:
        quoted = []
    habits = (("quotes", sorted(quoted)), ("blanks", odd), ("gaps", gaps))
    return Written(comments, [(habit, " ".join(keys)) for habit, keys in habits if keys])


def whole(texts: Mapping[str, Sequence[str]]) -> str:
    """Return all files of a submission but for white space."""
    lines = chain.from_iterable([texts[name] for name in sorted(texts)])
    return "\n".join(filter(None, map(str.strip, lines)))


@functools.lru_cache(maxsize=CACHED_LINES)
def _read(line: str) -> Line | None:
    """Read one line; None: there is nothing in it."""
    bare = line.strip()
    if not bare:
        return None
    if bare[0] == "#":
        return "#", normalised(bare), "", False
    code, comment = _without_remark(line)
    text = code.strip().removeprefix("- ").lstrip()
    key = key_of(code) or text
    value = text[len(key) :].lstrip(" '\"").removeprefix(":").removeprefix("=")
    content = value.strip() or text
    quote = content[0] if content[:1] in ("'", '"') else text[0] if text[:1] in ("'", '"') else ""
    odd = line != line.rstrip() or "\t" in line or (value.strip() != "" and value[:2] == "  ") or f"{key} :" in code
    return key, normalised(comment) if comment else "", quote, odd


def _without_remark(line: str) -> tuple[str, str]:
    """Part a line from the remark behind it; a `#` within quote marks begins none."""
    at = line.find(" #")
    while at >= 0:
        before = line[:at]
        if before.count('"') % 2 == 0 and before.count("'") % 2 == 0:
            return before, line[at + 2 :]
        at = line.find(" #", at + 1)
    return line, ""
