"""The report for people: one screen that says where the file stands, what is wrong, and what to do next."""

from grader.report import ExerciseResult, Report
from grader.reports.clean import clean_line
from grader.reports.lines import display_width, title, wrap
from grader.reports.look import PLAIN, Look
from grader.reports.places import shown_path
from grader.reports.words import (
    CHANGES_TITLE,
    change_words,
    containers_sentence,
    error_words,
    exercise_words,
    more,
    reason_words,
    warning_words,
)

BAR_CELLS = 10
MAX_ERRORS = 5
MAX_LISTED = 10  # of a kind that is only listed: changes, warnings


def render_text(report: Report, look: Look = PLAIN) -> str:
    """Return the report as text. Lines fit into `look.width` columns; without colours and symbols it says the same."""
    if report.score is None:
        reason = "\n".join(reason_words(report, shown_path))
        return _join([_heading(report, look, "not gradable"), wrap(reason, look.width, "  ")])
    heading = _heading(report, look, f"{report.score} / {report.max_score}")
    summary = [*heading, *_exercise_lines(report, look)]
    listed = _listed(report, look)
    if report.score == report.max_score:
        from grader.reports.verification import verification_lines  # each here, because no report needs both

        return _join([summary, listed, verification_lines(report, look)])
    from grader.reports.lost import lost_sections

    return _join([summary, _compose_lines(report, look), *lost_sections(report, look, listed)])


def _join(sections: list[list[str]]) -> str:
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def _heading(report: Report, look: Look, result: str) -> list[str]:
    file = shown_path(report, None)
    complete = report.score is not None and report.score == report.max_score
    shown = look.paint(result, "bold", "green" if complete else "yellow")
    gap = look.width - display_width(file) - len(result)
    if gap < 2:
        return [*title(file, look, "bold"), " " * (look.width - len(result)) + shown]
    return [look.paint(file, "bold") + " " * gap + shown]


def _exercise_lines(report: Report, look: Look) -> list[str]:
    """Return one line an exercise: its points and, in words, what is missing."""
    name_width = max((len(exercise.id) for exercise in report.exercises), default=0)
    return [_exercise_line(exercise, name_width, look) for exercise in report.exercises]


def _exercise_line(exercise: ExerciseResult, name_width: int, look: Look) -> str:
    style = "green" if exercise.score == exercise.max_score else "yellow"
    name = f"  {exercise.id:<{name_width}}  "
    score = f"{exercise.score:>3} / {exercise.max_score:<3}"
    words = exercise_words(exercise)
    needed = len(f"{name}{score}  {words}")
    bar = look.bar(exercise.score, exercise.max_score, cells=BAR_CELLS)
    if bar and needed + len(bar) + 2 <= look.width:
        name += look.paint(bar, style) + "  "
    gap = "  " if needed <= look.width else "\n      "
    return f"{name}{score}{gap}{look.paint(words, style)}"


def _compose_lines(report: Report, look: Look) -> list[str]:
    """Say whether Docker Compose accepts the file, in its own words if not, and what the containers would do."""
    if report.accepted:
        return wrap(f"Docker Compose accepts the file. {containers_sentence(report)}", look.width)
    lines = title("Docker Compose refuses the file. It says:", look, "bold", "red")
    for error in report.errors[:MAX_ERRORS]:
        lines += wrap(error_words(report, error, shown_path), look.width, "  ", "    ")
    return lines + _more(len(report.errors), MAX_ERRORS)


def _listed(report: Report, look: Look) -> list[str]:
    """List the changes of the skeleton and the warnings."""
    lines: list[str] = []
    if report.changes:
        lines += title(f"{CHANGES_TITLE}:", look, "bold")
        for change in report.changes[:MAX_LISTED]:
            lines += wrap(clean_line(change_words(change)), look.width, "  ", "    ")
        lines += _more(len(report.changes), MAX_LISTED)
    if report.warnings:
        lines += [*([""] if lines else []), *title("Warnings:", look, "bold")]
        for warning in report.warnings[:MAX_LISTED]:
            lines += wrap(clean_line(warning_words(report, warning, shown_path)), look.width, "  ", "    ")
        lines += _more(len(report.warnings), MAX_LISTED)
    return lines


def _more(count: int, limit: int) -> list[str]:
    words = more(count, limit)
    return [f"  {words}"] if words else []
