"""Texts as Markdown of GitHub: whatever a student wrote is read as it stands.

A word that could be anything else than a word (markup, HTML, a formula, an address, `@name`, `#1`, `GH-1`, a commit) is
set as code, where GitHub looks for nothing; all others are letters, numbers and the signs of a sentence.
"""

import re
from collections.abc import Iterable, Sequence

from grader.reports.clean import clean, clean_line
from grader.reports.commands import COMMAND

TICK = "`"
MIN_FENCE = 3

_BEFORE_WORD = "(\"'["
_BEHIND_WORD = ")\"'].,;:!?"
_WORDS = re.compile(rf"(?:{COMMAND}|\S)+")  # a command is one word, whatever blanks are in it
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d{1,6}")
_COMMIT = re.compile(r"[0-9a-f]{7,40}")  # GitHub makes a link of it where the repository has such a commit


def code(text: str) -> str:
    """Return a text as a code span, on one line.

    A bar ends the cell of a table even inside of code, so code with a bar is set by a tag, sign for sign.
    """
    text = clean_line(text)
    if "|" in text:
        return f"<code>{re.sub(r'[^a-zA-Z0-9 ]', _entity, text)}</code>"
    fence = TICK * (_longest_run(text) + 1)
    blank = " " if text.startswith(TICK) or text.endswith(TICK) or not text else ""
    return f"{fence}{blank}{text}{blank}{fence}"


def prose(text: str) -> str:
    """Return a sentence as Markdown, on one line."""
    words = _WORDS.findall(clean_line(text))
    begins_list = words and re.match(r"\d+[.)]", words[0])
    first = [code(words[0]) if begins_list else _word(words[0])] if words else []
    return " ".join([*first, *map(_word, words[1:])])


def paragraph(text: str) -> str:
    """Return sentences as Markdown; line ends stay."""
    return "  \n".join(prose(line) for line in clean(text).split("\n") if line.strip())


def fenced(lines: Iterable[str], language: str = "text") -> str:
    """Return lines as a block of code, its fence longer than any in it; a tab becomes a blank."""
    text = "\n".join(clean(line).replace("\t", " ") for line in lines)
    fence = TICK * max(MIN_FENCE, _longest_run(text) + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, right: int) -> str:
    """Return a table of cells that are Markdown already; the column `right` (from 0) is set to the right."""
    rule = ["---:" if column == right else "---" for column in range(len(head))]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def _word(word: str) -> str:
    start = len(word) - len(word.lstrip(_BEFORE_WORD))
    core = word[start:].rstrip(_BEHIND_WORD)
    tail = word[start + len(core) :]
    if core[:1] == core[-1:] == TICK and TICK not in core[1:-1] and len(core) > 2:
        shown = code(core[1:-1])
    else:
        shown = core if not core or _is_plain(core) else code(core)
    return _unlinked(word[:start]) + shown + _unlinked(tail)


def _is_plain(core: str) -> bool:
    return bool(_WORD.fullmatch(core)) and not _COMMIT.fullmatch(core)


def _unlinked(signs: str) -> str:
    return signs.replace("[", r"\[").replace("]", r"\]")


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall(f"{TICK}+", text)), default=0)


def _entity(found: re.Match[str]) -> str:
    return f"&#{ord(found[0])};"
