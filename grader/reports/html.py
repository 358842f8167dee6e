"""The report as one page: opened from a disk, read aloud, printed; it needs no network and no script.

The template in `page/` escapes whatever is put into it. The page depends on nothing but the report: not on the folder
in which `grade` was called, the machine or the time.
"""

import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from grader.findings import FAILED, PASSED
from grader.light_tuple import NamedTuple
from grader.report import CheckResult, ExerciseResult, Report
from grader.reports.clean import clean, clean_line
from grader.reports.commands import parts_of
from grader.reports.groups import Begin, first_steps, next_step, not_attempted, nothing_begun, waiting
from grader.reports.lines import underlined
from grader.reports.places import own_path
from grader.reports.verification import verification
from grader.reports.words import (
    CHANGES_TITLE,
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
    untouched,
    verdict_words,
    verdicts,
    warning_words,
)

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from markupsafe import Markup

PAGE_FOLDER = os.path.join(os.path.dirname(__file__), "page")
MAX_LISTED = 50  # of a kind that is only listed: errors, changes, warnings
# in what is escaped there is no such thing
STYLE_PLACE = "<style>\n"  # behind it stands the style
ROWS = ("passed", "missing", "exercises")  # stand in the place of `<exercises>` ...
_CONTROLS = bytes([*range(ord("\n")), *range(ord("\n") + 1, ord(" ")), 127])  # but for the line end
CACHED_ROWS = 1024  # of tables; in a class most are the same
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"  # marked where there is nothing yet


class _Next(NamedTuple):
    """The one thing to do now; `shown` tells whether the page has a place to jump to."""

    id: str | None
    title: str | None
    points: str | None
    task: str | None
    words: str
    shown: bool


def render_html(report: Report, whose: str = "") -> str:
    """Return the report as an HTML page; `whose` says under its title who has handed it in, where that is known."""
    content = _content(report)
    page = _template("report").render({**content, "whose": whose})
    # One look at the whole page: whatever was put into it, no harmful character and no tab is left.
    text = page.replace(NO_BREAK_SPACE, "")
    plain = text.isascii() and len(text.encode().translate(None, _CONTROLS)) == len(text)
    page = page if plain else _harmless(page)
    for name in ROWS:  # most of a page, and looked at already
        page = page.replace(f"<{name}>", content[name], 1)
    return page.replace(STYLE_PLACE, STYLE_PLACE + _style(), 1)


def _harmless(text: str) -> str:
    return clean(text).replace("\t", " ")


@lru_cache(maxsize=1)
def _style() -> str:
    """Return the style of all pages."""
    with open(os.path.join(PAGE_FOLDER, "report.css"), encoding="utf-8") as file:
        return file.read()


@lru_cache(maxsize=2)
def _template(name: str) -> "Template":
    """Compile a template once a process."""
    return _environment().get_template(f"{name}.html.jinja")


@lru_cache(maxsize=1)
def _environment() -> "Environment":
    """Make ready what compiles templates; these escape whatever is put into them."""
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
    return environment


def with_code(text: str) -> "Markup | str":
    """Return a sentence in which commands are code; everything else of it, and in it, is escaped.

    A text without any is returned as it is: the template escapes it.
    """
    if "`" not in text:
        return text
    from markupsafe import Markup, escape

    parts = enumerate(parts_of(text))
    return Markup().join(Markup("<code>{}</code>").format(part) if place % 2 else escape(part) for place, part in parts)


def _content(report: Report) -> dict[str, Any]:
    """Return what the template asks for, as plain texts and rows."""
    graded = report.score is not None
    full = graded and report.score == report.max_score
    begun = not nothing_begun(report)
    missing = list(not_attempted(report)) if graded and begun else []
    checks = report.checks()
    return {
        **_head(report),
        "version": report.grader,
        "reason": reason_words(report, own_path),
        "next": _next(report, shown=begun) if graded and not full else None,
        "start": first_steps(report, own_path) if graded and not begun else [],
        "exercises": "".join([_exercise(exercise) for exercise in report.exercises]),
        "full": [(text, "\n".join(commands)) for text, commands in verification(report)] if full else None,
        **_compose(report, graded=graded, full=full),
        "failed": [_failed(report, check) for check in checks if check.outcome is FAILED],
        "missing": "".join([_missing(report, part) for part in missing if not isinstance(part, Begin)]),
        "begin": [_begin(part) for part in missing if isinstance(part, Begin)],
        "waiting": _waiting(report) if begun else [],
        "changes_title": CHANGES_TITLE,
        "changes": [clean_line(change_words(change)) for change in report.changes[:MAX_LISTED]],
        "more_changes": more(len(report.changes), MAX_LISTED),
        "warnings": [clean_line(warning_words(report, warning, own_path)) for warning in report.warnings[:MAX_LISTED]],
        "more_warnings": more(len(report.warnings), MAX_LISTED),
        **_passed([check for check in checks if check.outcome is PASSED]),
    }


def _head(report: Report) -> dict[str, Any]:
    file = own_path(report, None)
    if report.score is None:
        return {"file": file, "result": "not gradable", "share": None, "state": "bad"}
    return {
        "file": file,
        "result": f"{report.score} / {report.max_score}",
        "share": _share(report.score, report.max_score),
        "state": _state(report.score, report.max_score),
    }


def _state(score: int, whole: int) -> str:
    return "good" if score == whole else "open"


def _share(score: int, whole: int) -> int:
    """Return whole percents; something is never nothing."""
    return max(score * 100 // whole, 1) if score and whole else 0


def _next(report: Report, *, shown: bool) -> _Next:
    check, words = next_step(report, own_path)
    if check is None:
        return _Next(None, None, None, None, words, shown=False)
    return _Next(check.id, check.title, points(check.max_score), check.task, words, shown)


@lru_cache(maxsize=CACHED_ROWS)
def _row(name: str, *cells: object) -> str:
    """Return a row `name` of `rows.html.jinja`, or a part of one, as the page has it."""
    row: Callable[..., str] = getattr(_template("rows").module, name)
    return _harmless(str(row(*cells)))


def _exercise(exercise: ExerciseResult) -> str:
    score, whole = exercise.score, exercise.max_score
    state = "none" if untouched(exercise) else _state(score, whole)
    words = exercise_words(exercise)
    return _row("exercise", exercise.id, exercise.title, score, whole, _share(score, whole), state, words)


def _compose(report: Report, *, graded: bool, full: bool) -> dict[str, Any]:
    """Say what Docker Compose says, and what the containers would do."""
    shown = report.errors[:MAX_LISTED] if graded and not report.accepted else ()
    accepted = graded and report.accepted and not full
    return {
        "refusals": [error_words(report, error, own_path) for error in shown],
        "more_refusals": more(len(report.errors), MAX_LISTED),
        "containers": containers_sentence(report) if full else "",
        "verdicts": [(name, verdict == WORKS, verdict_words(verdict)) for name, verdict in verdicts(report)]
        if accepted
        else None,
    }


def _failed(report: Report, check: CheckResult) -> tuple[object, ...]:
    line = None
    if check.excerpt:
        text, start, end = underlined(check.excerpt)
        line = (check.excerpt.line, text[:start], text[start:end] or NO_BREAK_SPACE, text[end:])
    return (
        check.id,
        check.title,
        points(check.max_score - check.score),
        place_to_change(report, check, own_path),
        line,
        message_of(report, check),
        both_places(report, check, own_path),
        check.log,
        check.task,
    )


def _missing(report: Report, check: CheckResult) -> str:
    from markupsafe import escape

    place = place_of_missing(report, check, own_path)
    begin = _row("missing", check.id, points(check.max_score))
    where = f", {escape(place)}" if place else ""
    return begin + where + _row("help", check.message or check.title, check.id, check.task)


def _begin(part: Begin) -> tuple[object, ...]:
    then = [(check.id, points(check.max_score)) for check in part.then]
    return part.exercise.id, points(part.exercise.max_score), part.first.id, part.task_file, then


def _waiting(report: Report) -> list[tuple[Sequence[tuple[str, str]], str, str]]:
    return [
        ([(name, points(count)) for name, count in group.names], group.verb, group.cause) for group in waiting(report)
    ]


def _passed(checks: Sequence[CheckResult]) -> dict[str, str]:
    count = "1 check" if len(checks) == 1 else f"{len(checks)} checks"
    return {
        "passed": "".join([_row("passed", check.id, check.title, check.score) for check in checks]),
        "passed_words": f"{count}, {points(sum([check.score for check in checks]))}",
    }
