"""The report as Markdown of GitHub: for a comment, or the summary of a step."""

from collections.abc import Iterable, Iterator

from grader.findings import Outcome
from grader.light_tuple import NamedTuple
from grader.report import CheckResult, Report
from grader.reports.groups import Begin, first_steps, next_step, not_attempted, nothing_begun, waiting
from grader.reports.lines import excerpt_lines
from grader.reports.look import Look
from grader.reports.markup import code, fenced, paragraph, prose, table
from grader.reports.places import shown_path
from grader.reports.verification import verification
from grader.reports.words import (
    CHANGES_TITLE,
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
    warning_words,
)

# The summary of a step may have 1 MiB, or it is thrown away altogether; other programs may write to it too.
MAX_BYTES = 880 * 1024
MAX_LISTED = 50  # of a kind that is only listed: errors, changes, warnings
EXCERPT_COLUMNS = 100
EXCERPT = Look(width=EXCERPT_COLUMNS)


class Section(NamedTuple):
    """Blocks of Markdown below one heading; those without a title are the head of the page."""

    title: str
    blocks: list[str]


def render_markdown(report: Report) -> str:
    """Return the report as Markdown of less than 900 KiB; where it would be more, it is cut and says so."""
    result = "not gradable" if report.score is None else f"{report.score} / {report.max_score}"
    head = f"## {code(shown_path(report, None))}: {result}"
    return _bounded([Section("", [head]), *(part for part in _sections(report) if part.blocks)])


def _bounded(sections: list[Section]) -> str:
    """Join all blocks as long as there is room."""
    text = ""
    left = MAX_BYTES
    for number, (title, blocks) in enumerate(sections):
        first = f"### {title}\n\n{blocks[0]}" if title else blocks[0]  # a heading promises what follows it
        for block in (first, *blocks[1:]):
            size = len(block.encode()) + 2
            if size > left:
                return f"{text}{_cut(sections[number:])}\n"
            text += f"{block}\n\n"
            left -= size
    return text.rstrip("\n") + "\n"


def _cut(sections: list[Section]) -> str:
    names = ", ".join(f"*{section.title}*" for section in sections)
    return f"The page would be too large. Cut here: {names}. All of it: `grade --format json`."


def _sections(report: Report) -> Iterator[Section]:
    if report.score is None:
        yield Section("Why it could not be graded", [paragraph(text) for text in reason_words(report, shown_path)])
        return
    full = report.score == report.max_score
    begun = not nothing_begun(report)
    if not begun:
        steps = [f"{number}. {prose(step)}" for number, step in enumerate(first_steps(report, shown_path), start=1)]
        yield Section("Nothing is filled in yet. How to start", ["\n".join(steps)])
    if not full:
        yield Section("Next", [_next(report)])
    yield Section("Exercises", [_exercises(report)])
    yield _full(report) if full else _compose(report)
    if begun:
        failed = [check for check in report.checks() if check.outcome is Outcome.FAILED]
        yield Section("Wrong", [_failed(report, check) for check in failed])
        yield Section("Not attempted yet", _list(_missing(report, part) for part in not_attempted(report)))
        yield Section("Not judged yet", _list(_waiting(report)))
    yield Section(CHANGES_TITLE, _listed((change_words(change) for change in report.changes), len(report.changes)))
    warnings = (warning_words(report, warning, shown_path) for warning in report.warnings)
    yield Section("Warnings", _listed(warnings, len(report.warnings)))
    yield Section("Passed", _passed(report))


def _list(items: Iterable[str]) -> list[str]:
    text = "\n".join(f"- {item}" for item in items)
    return [text] if text else []


def _listed(items: Iterable[str], count: int) -> list[str]:
    """Return the first items of a list and how many are not shown."""
    rest = more(count, MAX_LISTED)
    shown = [prose(item) for item, _ in zip(items, range(MAX_LISTED), strict=False)]
    return _list([*shown, *([prose(rest)] if rest else [])])


def _next(report: Report) -> str:
    check, words = next_step(report, shown_path)
    if check is None:
        return prose(words)
    return f"{code(check.id)} ({points(check.max_score)}): {prose(check.title)}. Read {code(check.task)}"


def _exercises(report: Report) -> str:
    rows = [
        (
            f"{code(exercise.id)} {prose(exercise.title)}",
            f"{exercise.score} / {exercise.max_score}",
            exercise_words(exercise),
        )
        for exercise in report.exercises
    ]
    return table(("Exercise", "Points", "State"), rows, right=1)


def _compose(report: Report) -> Section:
    if report.accepted:
        words = f"Docker Compose accepts the file. {containers_sentence(report)}"
        return Section("What Docker would do", [prose(words)])
    errors = (error_words(report, error, shown_path) for error in report.errors)
    return Section("Docker Compose refuses the file", ["It says:", *_listed(errors, len(report.errors))])


def _full(report: Report) -> Section:
    blocks = [prose(containers_sentence(report))]
    for words, commands in verification(report):
        blocks += [prose(words), *([fenced(commands, "sh")] if commands else [])]
    return Section("Full marks", [block for block in blocks if block])


def _failed(report: Report, check: CheckResult) -> str:
    """Return one wrong thing, as one block: it is cut as a whole."""
    place = place_to_change(report, check, shown_path)
    both = both_places(report, check, shown_path)
    blocks = [
        f"#### {code(check.id)} costs {points(check.max_score - check.score)}",
        f"Asked: {prose(check.title)}" + (f"  \nIn {code(place)}:" if place else ""),
        fenced(excerpt_lines(check.excerpt, EXCERPT)) if check.excerpt else "",
        paragraph(message_of(report, check)),
        prose(both) if both else "",
        f"The container would log:\n\n{fenced(f'  {line}' for line in check.log.splitlines())}" if check.log else "",
        f"More: {code(f'grade hint {check.id}')}. The task: {code(check.task)}",
    ]
    return "\n\n".join(block for block in blocks if block)


def _missing(report: Report, part: Begin | CheckResult) -> str:
    if isinstance(part, Begin):
        then = "".join(f", then {code(check.id)} ({points(check.max_score)})" for check in part.then)
        name = f"{code(part.exercise.id)} ({points(part.exercise.max_score)})"
        return f"{name}: begin with {code(part.task_file)}{then}"
    place = place_of_missing(report, part, shown_path)
    where = f", {prose(place)}" if place else ""
    words = f"{code(part.id)} ({points(part.max_score)}){where}: {prose(part.message or part.title)}"
    return f"{words} More: {code(f'grade hint {part.id}')}. The task: {code(part.task)}"


def _waiting(report: Report) -> Iterator[str]:
    for group in waiting(report):
        names = ", ".join(f"{code(name)} ({points(count)})" for name, count in group.names)
        yield f"{names} {group.verb} for {prose(group.cause)}"


def _passed(report: Report) -> list[str]:
    """Return what is right, folded; the tags are ours."""
    checks = [check for check in report.checks() if check.outcome is Outcome.PASSED]
    if not checks:
        return []
    count = "1 check" if len(checks) == 1 else f"{len(checks)} checks"
    rows = [(code(check.id), prose(check.title), str(check.score)) for check in checks]
    listed = table(("Check", "What is right", "Points"), rows, right=2)
    words = f"{count}, {points(sum(check.score for check in checks))}"
    return [f"<details><summary>{words}</summary>\n\n{listed}\n\n</details>"]
