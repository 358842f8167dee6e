"""The report as one page: opened from a disk, read aloud, printed; it needs no network and no script.

A page is put together from sections, and some of these from rows. Most are the same for many students: each of those
is made once. The template in `page/` escapes whatever is put into it. The page depends on nothing but the report: not
on the folder in which `grade` was called, the machine or the time.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from grader.findings import FAILED, PASSED
from grader.report import CheckResult, ExerciseResult, Report
from grader.reports.clean import clean, clean_line
from grader.reports.commands import parts_of
from grader.reports.groups import Begin, first_steps, next_step, not_attempted, nothing_begun, waiting
from grader.reports.lines import underlined
from grader.reports.places import own_path
from grader.reports.verification import verification
from grader.reports.words import (
    CHANGES_TITLE,
    UNTOUCHED,
    WORKS,
    both_places,
    change_words,
    containers_sentence,
    error_words,
    exercise_words,
    message_of,
    more,
    place_of_missing,
    place_to_change,
    points,
    reason_words,
    verdict_words,
    verdicts,
    warning_words,
)

if TYPE_CHECKING:
    from jinja2.environment import TemplateModule
    from markupsafe import Markup

PAGE_FOLDER = os.path.join(os.path.dirname(__file__), "page")
MAX_LISTED = 50  # of a kind that is only listed: errors, changes, warnings
# in what is escaped there is no such thing
STYLE_PLACE = "<style>\n"  # behind it stands the style
ROWS_PLACE = "<rows>"  # stands for the rows of a section
MAX_KEPT = 1024  # sections and rows that are kept; each is about as long as the message of a check
_CONTROLS = bytes([*range(ord("\n")), *range(ord("\n") + 1, ord(" ")), 127])  # but for the line end
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"  # marked where there is nothing yet


def render_html(report: Report, whose: str = "") -> str:
    """Return the report as an HTML page; `whose` says under its title who has handed it in, where that is known."""
    changes, warnings = report.changes, report.warnings
    sections = [_head(report, whose)]
    if report.reason:
        sections.append(_part("reason", reason_words(report, own_path)))
    if report.score is not None:
        sections += _judged(report)
    if changes:
        sections.append(_listed(CHANGES_TITLE, [change_words(change) for change in changes[:MAX_LISTED]], len(changes)))
    if warnings:
        words = [warning_words(report, warning, own_path) for warning in warnings[:MAX_LISTED]]
        sections.append(_listed("Warnings", words, len(warnings)))
    sections += _passed([check for check in report.checks() if check.outcome is PASSED])
    return "".join([*sections, _kept("foot", report.grader)])


def _judged(report: Report) -> Iterable[str]:
    """Yield the sections of a submission that was graded, but for what any report may have."""
    full = report.score == report.max_score
    begun = not nothing_begun(report)
    if not begun:
        yield from [_part("start", steps) for steps in [first_steps(report, own_path)] if steps]
    if not full:
        yield _next(report, shown=begun)
    yield _with_rows("exercises", map(_exercise, report.exercises))
    yield _compose(report, full=full)
    failed = [_failed(report, check) for check in report.checks() if check.outcome is FAILED]
    if failed:
        yield _with_rows("wrong", failed)
    if begun:
        yield _todo(report)
        yield _waiting(report)


def _part(name: str, *cells: object) -> str:
    """Return a section or a row of the template: whatever was put into it, no harmful character and no tab is left."""
    make: Callable[..., str] = getattr(_sections(), name)
    text = str(make(*cells))
    known = text.replace(NO_BREAK_SPACE, "")
    if known.isascii() and len(known.encode().translate(None, _CONTROLS)) == len(known):
        return text
    return clean(text).replace("\t", " ")


_kept = lru_cache(maxsize=MAX_KEPT)(_part)


def _with_rows(name: str, rows: Iterable[str], *cells: object) -> str:
    return _kept(name, *cells).replace(ROWS_PLACE, "".join(rows), 1)


@lru_cache(maxsize=1)
def _sections() -> "TemplateModule":
    """Compile the template once a process; it escapes whatever is put into it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        loader=FileSystemLoader(PAGE_FOLDER),
    )
    environment.filters["with_code"] = with_code
    return environment.get_template("report.html.jinja").module


@lru_cache(maxsize=1)
def _style() -> str:
    """Return the style of all pages."""
    with open(os.path.join(PAGE_FOLDER, "report.css"), encoding="utf-8") as file:
        return file.read()


def with_code(text: str) -> "Markup | str":
    """Return a sentence in which commands are code; everything else of it, and in it, is escaped.

    A text without any is returned as it is: the template escapes it.
    """
    if "`" not in text:
        return text
    from markupsafe import Markup, escape

    parts = enumerate(parts_of(text))
    return Markup().join(Markup("<code>{}</code>").format(part) if place % 2 else escape(part) for place, part in parts)


def _head(report: Report, whose: str) -> str:
    score, whole = report.score, report.max_score
    if score is None:
        result, shown = "not gradable", _kept("result", "not gradable", None, "bad")
    else:
        result = f"{score} / {whole}"
        shown = _kept("result", result, _share(score, whole), _state(score, whole))
    file = own_path(report, None)
    return (
        _part("head", f"{result}: {whose or file}", file, whose).replace(STYLE_PLACE, STYLE_PLACE + _style(), 1) + shown
    )


def _state(score: int, whole: int) -> str:
    return "good" if score == whole else "open"


def _share(score: int, whole: int) -> int:
    """Return whole percents; something is never nothing."""
    return max(score * 100 // whole, 1) if score and whole else 0


def _next(report: Report, *, shown: bool) -> str:
    """Return the one thing to do now; `shown` tells whether the page has a place to jump to."""
    check, words = next_step(report, own_path)
    if check is None:
        return _part("next_words", words)
    return _kept("next", check.id, check.title, points(check.max_score), check.task, shown)


def _exercise(exercise: ExerciseResult) -> str:
    return _exercise_row(exercise.id, exercise.title, exercise.score, exercise.max_score, exercise_words(exercise))


@lru_cache(maxsize=MAX_KEPT)
def _exercise_row(name: str, title: str, score: int, whole: int, words: str) -> str:
    state = "none" if words == UNTOUCHED else _state(score, whole)
    return _part("exercise", name, title, score, whole, _share(score, whole), state, words)


def _compose(report: Report, *, full: bool) -> str:
    """Say what Docker Compose says, and what the containers would do."""
    if full:
        steps = tuple([(text, tuple(commands)) for text, commands in verification(report)])
        return _kept("full", containers_sentence(report), steps) if steps else ""
    if report.accepted:
        found = [(name, verdict == WORKS, verdict_words(verdict)) for name, verdict in verdicts(report)]
        return _kept("verdicts", tuple(found))
    shown = [error_words(report, error, own_path) for error in report.errors[:MAX_LISTED]]
    return _part("refusals", shown, more(len(report.errors), MAX_LISTED)) if shown else ""


def _failed(report: Report, check: CheckResult) -> str:
    line = None
    if check.excerpt:
        text, start, end = underlined(check.excerpt)
        line = (check.excerpt.line, text[:start], text[start:end] or NO_BREAK_SPACE, text[end:])
    origin = both_places(report, check, own_path)
    return "".join(
        [
            _kept("failed", check.id, check.title, points(check.max_score - check.score)),
            _part("place", place_to_change(report, check, own_path), line),
            _kept("said", message_of(report, check)),
            _part("origin", origin) if origin else "",
            _kept("log", check.log) if check.log else "",
            _kept("help", check.id, check.task),
            "\n</article>\n",
        ]
    )


def _todo(report: Report) -> str:
    """Return what was not attempted: single checks, then exercises that were not begun."""
    missing = list(not_attempted(report))
    if not missing:
        return ""
    rows = [_missing(report, part) for part in missing if not isinstance(part, Begin)]
    return _with_rows("todo", [*rows, *[_begin(part) for part in missing if isinstance(part, Begin)]])


def _missing(report: Report, check: CheckResult) -> str:
    begin = _kept("missing", check.id, points(check.max_score), place_of_missing(report, check, own_path))
    said, help_ = _kept("said", check.message or check.title), _kept("help", check.id, check.task)
    return f"{begin}{said}{help_}</li>\n"


def _begin(part: Begin) -> str:
    exercise = part.exercise
    then = tuple([(check.id, points(check.max_score)) for check in part.then])
    return _kept("begin", exercise.id, points(exercise.max_score), part.first.id, part.task_file, then)


def _waiting(report: Report) -> str:
    groups = [
        (tuple([(name, points(count)) for name, count in group.names]), group.verb, group.cause)
        for group in waiting(report)
    ]
    return _kept("waiting", tuple(groups)) if groups else ""


def _listed(title: str, items: Sequence[str], count: int) -> str:
    return _part("further", title, [clean_line(item) for item in items], more(count, MAX_LISTED))


def _passed(checks: Sequence[CheckResult]) -> Iterable[str]:
    if checks:
        count = "1 check" if len(checks) == 1 else f"{len(checks)} checks"
        words = f"{count}, {points(sum([check.score for check in checks]))}"
        yield _with_rows("done", [_kept("passed", check.id, check.title, check.score) for check in checks], words)
