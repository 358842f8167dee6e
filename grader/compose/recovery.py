"""A broken YAML file is still read as far as it can be read.

The parser stops at the first mistake. Here the line is mended where it is certain what was meant, else passed over, and
the file is parsed again, until it parses. Of all guesses that one is kept after which parsing gets farthest, lines
passed over counted against it. Lines keep their numbers.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from yaml.error import YAMLError

from grader.compose.indentation import blank_lines_without_tabs, block_shifts, loose_shifts, shifts, without_tabs
from grader.compose.lines import Lines, behind, block_end, is_blank, join, split
from grader.compose.slips import leaves_quote_open, meant, open_quote_column
from grader.compose.stops import CONTROL, Stop, find_stop
from grader.light_tuple import NamedTuple

MAX_ROUNDS = 12  # mistakes in one file that are looked at one by one
MAX_CUTS = 3  # times that the end of the file is passed over because nothing else helps
MAX_PARSES = 400
MAX_PARSED_CHARACTERS = 9_000_000  # about a third of a second
CHARACTERS_A_LINE_COSTS = 20  # handling a line takes as long as parsing so many characters
MAX_LINES_MENDED = 2_000  # in longer files lines are only passed over
MAX_LINE_CHARACTERS_MENDED = 1_000  # and so are longer lines
MAX_SUSPECTS = 4  # lines with an open quote that are tried for one mistake
COST_OF_A_LINE = 3  # lines that parsing has to get farther to make up for one that is passed over

Parse = Callable[[str], None]

FENCE = re.compile(r"\s*(```|~~~)")
CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})(?: |$)")
_OPENER = re.compile(r"\s*[A-Za-z_][\w.-]*:(?= *\S)")

_Edit = dict[int, str]  # new texts for lines (from 0); an empty one passes over what stands there


class Repaired(NamedTuple):
    """A text that parses.

    `damaged` are the lines (from 1) that were passed over, `mended` those that say something else now: only guesses.
    `open_quote` is the place (line and column, from 1) of the first quote that was closed where its line ends.
    """

    text: str
    damaged: tuple[int, ...]
    mended: tuple[int, ...]
    open_quote: tuple[int, int] | None = None


class _Attempt(NamedTuple):
    """An edit, where parsing stops after it (None: nowhere), and how good that is."""

    edit: _Edit
    stop: Stop | None
    score: int


def repair(text: str, parse: Parse, *, error: YAMLError | None = None) -> Repaired | None:
    """Return the text with as few lines passed over as it takes to parse; None if nothing helps within the bounds.

    `parse` raises PyYAML's error for a text that is not YAML; `error` is what it raised for `text`, if that is known.
    """
    return _Repair(text, parse).run(error)


class _Repair:
    """A text at work, and what it has cost so far."""

    def __init__(self, text: str, parse: Parse) -> None:
        self.lines, self.ends = split(text)
        self.original = self.lines
        self.parse = parse
        self.parses = 0
        self.characters = 0

    def run(self, error: YAMLError | None) -> Repaired | None:
        stop = self.attempt({}).stop if error is None else find_stop(error, self.lines)
        for _ in range(MAX_ROUNDS):
            best = None if stop is None else self.best(stop)
            if best is None:
                break
            self.lines = self.lines.changed(best.edit)
            stop = best.stop
        for _ in range(MAX_CUTS):
            if stop is None:
                return self.result()
            cut = self.attempt(_passed_over(self.lines, stop.line, len(self.lines)))
            self.lines = self.lines.changed(cut.edit)
            stop = cut.stop
        return self.result() if stop is None else None

    def result(self) -> Repaired:
        damaged: list[int] = []
        mended: list[int] = []
        for number, (old, new) in enumerate(zip(self.original, self.lines, strict=True), start=1):
            if old != new:
                (damaged if _says_less(old, new) else mended).append(number)
        return Repaired(join(self.lines, self.ends), tuple(damaged), tuple(mended), self.open_quote())

    def open_quote(self) -> tuple[int, int] | None:
        for number, (old, new) in enumerate(zip(self.original, self.lines, strict=True)):
            if new == old:
                continue
            bare = old.rstrip()
            if len(new) > len(bare) and new.startswith(bare[:-1]) and self.is_suspect(old):
                return number + 1, open_quote_column(old)
        return None

    def best(self, stop: Stop) -> _Attempt | None:
        """Return the best edit that lets parsing get farther; the first one that mends everything wins at once."""
        best: _Attempt | None = None
        tried: set[tuple[tuple[int, str], ...]] = set()
        suspects = [number for number in range(stop.since, stop.line + 1) if self.is_suspect(self.lines[number])]
        for stage in self.stages(stop, suspects[:MAX_SUSPECTS]):
            for edit in stage:
                identity = tuple(sorted(edit.items()))
                if identity in tried:
                    continue
                tried.add(identity)
                if not edit or (best is not None and self.best_score(edit) <= best.score):
                    continue
                if self.parses >= MAX_PARSES or self.characters >= MAX_PARSED_CHARACTERS:
                    return best
                attempt = self.attempt(edit)
                if attempt.stop is None and attempt.score > len(self.lines):
                    return attempt
                if attempt.stop is not None and attempt.stop.line <= stop.line:
                    if not _uncovers(attempt, suspects):
                        continue
                    attempt = attempt._replace(score=attempt.score - attempt.stop.line + stop.line + 1)
                if best is None or attempt.score > best.score:
                    best = attempt
            if best is not None and best.score > stop.line:
                return best
        return best

    def attempt(self, edit: _Edit) -> _Attempt:
        """Parse the text with an edit."""
        lines = list(self.lines)
        for number, line in edit.items():
            lines[number] = line
        text = join(lines, self.ends)
        self.parses += 1
        self.characters += len(text) + CHARACTERS_A_LINE_COSTS * len(lines)
        score = self.best_score(edit)
        try:
            self.parse(text)
        except YAMLError as error:
            stop = find_stop(error, self.lines.changed(edit))
            return _Attempt(edit, stop, score - len(lines) - 1 + stop.line)
        return _Attempt(edit, None, score)

    def best_score(self, edit: _Edit) -> int:
        """Return how good an edit is if it mends everything: the end is farther than any line."""
        lines = self.lines
        cost = sum(_says_less(lines[number], line) and not _is_marker(lines[number]) for number, line in edit.items())
        return len(lines) + 1 - COST_OF_A_LINE * cost

    def stages(self, stop: Stop, suspects: list[int]) -> Iterator[Iterable[_Edit]]:
        """Yield what may help: what keeps all that was written, or all but one line; then what gives up more."""
        lines = self.lines
        focus = [number for number in dict.fromkeys((stop.line, *stop.also)) if lines.speaks[number]]
        focus = list(dict.fromkeys((*focus, *suspects)))
        if len(lines) <= MAX_LINES_MENDED:
            yield [edit for edit in _groups(lines, focus) if edit]
            yield self.careful(focus)
            yield (edit for number in focus for edit in loose_shifts(lines, number))
        else:
            yield [{number: ""} for number in focus]
        yield self.careless(focus, stop)

    def is_suspect(self, line: str) -> bool:
        return len(line) <= MAX_LINE_CHARACTERS_MENDED and leaves_quote_open(line)

    def careful(self, focus: list[int]) -> Iterator[_Edit]:
        short = [number for number in focus if len(self.lines[number]) <= MAX_LINE_CHARACTERS_MENDED]
        for number in short:
            yield from without_tabs(self.lines, number)
            yield from meant(self.lines, number)
        for shift in (shifts, block_shifts):
            for number in short:
                yield from shift(self.lines, number)
        for number in focus:
            yield from self.without(number)

    def without(self, number: int) -> Iterator[_Edit]:
        """Give up a line, or only what stands behind its key if there is more under it."""
        line = self.lines[number]
        opener = _OPENER.match(line)
        following = behind(self.lines, number)
        if opener and following is not None and self.lines.widths[following] > self.lines.widths[number]:
            yield {number: opener.group()}
        yield {number: ""}

    def careless(self, focus: list[int], stop: Stop) -> Iterator[_Edit]:
        yield _passed_over(self.lines, stop.since, stop.line)
        for number in focus:
            width = self.lines.widths[number]
            yield _passed_over(self.lines, number, block_end(self.lines, number, width + 1))
            yield _passed_over(self.lines, number, block_end(self.lines, number, width))


def _uncovers(attempt: _Attempt, suspects: list[int]) -> bool:
    """Tell whether a quote was closed that had hidden a mistake: parsing stops behind it, but earlier than before."""
    edited = next(iter(attempt.edit), None)
    return len(attempt.edit) == 1 and edited in suspects and attempt.stop is not None and attempt.stop.line > edited + 1


def _says_less(old: str, new: str) -> bool:
    """Tell whether a line was given up, or its end, if that was more than stray signs."""
    if new == old or not old.startswith(new):
        return False
    end = CONTROL.sub("", old[len(new) :])
    return any(map(str.isalnum, end)) if new.strip() else not is_blank(end)


def _is_marker(line: str) -> bool:
    """Tell whether a line was never meant to be in the file: nothing is given up with it."""
    return (CONFLICT.match(line) or FENCE.match(line)) is not None


def _passed_over(lines: Lines, start: int, end: int) -> _Edit:
    return {number: "" for number in range(start, end) if lines.speaks[number]}


def _groups(lines: Lines, focus: list[int]) -> Iterator[_Edit]:
    """Yield edits for what comes in several lines: fences of Markdown, markers of a conflict, odd characters."""
    if any(FENCE.match(lines[number]) for number in focus):
        yield {number: "" for number, line in enumerate(lines) if FENCE.match(line)}
    if any(CONFLICT.match(lines[number]) for number in focus):
        yield _conflict(lines)
    yield blank_lines_without_tabs(lines)
    if any(CONTROL.search(lines[number]) for number in focus):
        yield {number: CONTROL.sub("", line) for number, line in enumerate(lines) if CONTROL.search(line)}


def _conflict(lines: Lines) -> _Edit:
    """Keep the first side of every conflict; the other would say the same things once more."""
    edit: _Edit = {}
    first = True
    for number, line in enumerate(lines):
        marker = CONFLICT.match(line)
        if marker:
            edit[number] = ""
            first = marker[1][0] in "<>"
        elif not first:
            edit[number] = ""
    return edit
