"""What one report says otherwise than the one before it: `grade --watch` prints this after a save."""

from grader.findings import SKELETON, Outcome
from grader.light_tuple import NamedTuple
from grader.report import CheckResult, Problem, Report
from grader.reports.clean import clean_line
from grader.reports.lines import display_width, wrap
from grader.reports.look import PLAIN, Look
from grader.reports.places import shown_path, shown_place
from grader.reports.verification import verification_lines
from grader.reports.words import containers_sentence, points

MAX_SINGLE = 10  # more checks than that of one kind are not shown one by one
MAX_LISTED = 5  # of a kind that is only listed: warnings, changes of the skeleton
INDENT = "     "


class Delta(NamedTuple):
    """The checks that are otherwise than before, each in one of the lists.

    `gained` are passed now, `lost` were passed and are lost, `otherwise` are still lost (or lost after they could not
    be judged) for another reason, `waiting` could be judged before. Each pair is the change in points and the result.
    """

    gained: list[tuple[int, CheckResult]]
    lost: list[tuple[int, CheckResult]]
    otherwise: list[tuple[int, CheckResult]]
    waiting: list[tuple[int, CheckResult]]


def compare_reports(before: Report, after: Report) -> Delta:
    """Sort what has changed between two graded reports of one rubric. A message that only moved is no change."""
    delta = Delta([], [], [], [])
    known = {check.id: check for check in before.checks()}
    for check in after.checks():
        old = known.get(check.id)
        if old is None or (old.outcome, old.message) == (check.outcome, check.message):
            continue
        change = check.score - old.score
        if check.outcome is Outcome.PASSED:
            delta.gained.append((change, check))
        elif check.outcome.lost:
            (delta.lost if old.outcome is Outcome.PASSED else delta.otherwise).append((change, check))
        elif old.outcome is not Outcome.SKIPPED:
            delta.waiting.append((change, check))
    return delta


def render_delta(before: Report, after: Report, look: Look = PLAIN) -> str:
    """Return what has changed between two graded reports, and the next step; one line where nothing has."""
    delta = compare_reports(before, after)
    lines = [
        *_gained(delta.gained, look),
        *_lost(after, delta.lost, look),
        *_waiting(delta.waiting, look),
        *_lost(after, delta.otherwise, look),
        *_whole(before, after, delta, look),
    ] or ["No check has changed."]
    return "\n".join([*lines, *_next(before, after, look)]) + "\n"


def _gained(gained: list[tuple[int, CheckResult]], look: Look) -> list[str]:
    if len(gained) <= MAX_SINGLE:
        return [f"{look.paint(_amount(change), 'green')} {check.id}" for change, check in gained]
    exercises: dict[str, list[int]] = {}
    for change, check in gained:
        exercises.setdefault(_exercise(check), []).append(change)
    return [
        f"{look.paint(_amount(sum(changes)), 'green')} {name} ({_checks(len(changes))})"
        for name, changes in exercises.items()
    ]


def _lost(report: Report, lost: list[tuple[int, CheckResult]], look: Look) -> list[str]:
    """Show each with its place and what is wrong with it now; 0 are those that were not right before either."""
    lines: list[str] = []
    for change, check in lost[:MAX_SINGLE]:
        place = shown_place(report, check.at) if check.at else ""
        amount = look.paint(_amount(change), "red" if change else "yellow")
        if display_width(f"{INDENT}{check.id}  {place}") <= look.width:
            lines.append(f"{amount} {check.id}  {look.paint(place, 'cyan')}".rstrip())
        else:
            lines += [f"{amount} {check.id}", *wrap(place, look.width, INDENT)]
        lines += wrap(check.message or check.title, look.width, INDENT)
    rest = lost[MAX_SINGLE:]
    if rest:
        lines.append(f"{_amount(sum(change for change, _ in rest))} and {_checks(len(rest))} more (all of them: grade)")
    return lines


def _waiting(waiting: list[tuple[int, CheckResult]], look: Look) -> list[str]:
    """Group what can no longer be judged by what it waits for."""
    groups: dict[str, list[tuple[int, CheckResult]]] = {}
    for change, check in waiting:
        groups.setdefault(check.because or "", []).append((change, check))
    lines: list[str] = []
    for because, group in groups.items():
        cause = "the changed skeleton" if because == SKELETON else because or "another part of the file"
        names = [check.id for _, check in group]
        total = sum(change for change, _ in group)
        listed = ", ".join(names) if len(names) <= MAX_SINGLE else _checks(len(names))
        text = f"{_amount(total)} {listed}: cannot be judged until {cause} is right"
        first, *others = wrap(text.lstrip(), look.width, " " * (len(text) - len(text.lstrip())), INDENT)
        lines += [first, *others]
    return lines


def _whole(before: Report, after: Report, delta: Delta, look: Look) -> list[str]:
    """Say what is new about the file as a whole, as far as no check above says it already."""
    lines: list[str] = []
    said = " ".join(check.message or "" for _, check in (*delta.lost, *delta.otherwise))
    for error in after.errors:
        if error.message not in said and error.message not in [old.message for old in before.errors]:
            lines += wrap(f"Docker Compose refuses the file: {_placed(after, error)}", look.width)
    if after.accepted and not before.accepted:
        lines.append("Docker Compose accepts the file now.")
    containers = "" if after.score == after.max_score else containers_sentence(after)  # full marks say it themselves
    if containers and containers != containers_sentence(before):
        lines += wrap(containers, look.width)
    return [*lines, *_listed(before, after, look)]


def _listed(before: Report, after: Report, look: Look) -> list[str]:
    old_warnings = {warning.message for warning in before.warnings}
    old_changes = {(change.path, change.message) for change in before.changes}
    news = [f"Warning: {_placed(after, new)}" for new in after.warnings if new.message not in old_warnings]
    news += [
        f"Different from the skeleton: {clean_line(new.message if new.path in new.message else ': '.join(new[:2]))}"
        for new in after.changes
        if (new.path, new.message) not in old_changes
    ]
    lines = [line for text in news[:MAX_LISTED] for line in wrap(text, look.width, "", INDENT)]
    return lines + ([f"and {len(news) - MAX_LISTED} more (all of them: grade)"] if len(news) > MAX_LISTED else [])


def _next(before: Report, after: Report, look: Look) -> list[str]:
    if after.score == after.max_score:
        return [] if before.score == after.score else ["", *verification_lines(after, look)]
    first = next((check for check in after.checks() if check.outcome.lost), None)
    if after.errors:
        text = f"make Docker Compose accept the file ({_place(after, after.errors[0])})"
    elif first is not None:
        text = f"{first.id} ({points(first.max_score)}), {first.task}"
    else:
        return []
    return [look.paint(line, "bold", "cyan") for line in wrap(f"Next: {text}", look.width, "", " " * len("Next: "))]


def _placed(report: Report, problem: Problem) -> str:
    message = clean_line(problem.message)
    return f"{_place(report, problem)}: {message}" if problem.line else message


def _place(report: Report, problem: Problem) -> str:
    return f"{shown_path(report, problem.file)}:{problem.line or 1}:{problem.column or 1}"


def _exercise(check: CheckResult) -> str:
    """Return the exercise of a check: `exercises/02-kafka/TASK.md#...` -> `02-kafka`."""
    return check.task.split("/")[1]


def _checks(count: int) -> str:
    return "1 check" if count == 1 else f"{count} checks"


def _amount(change: int) -> str:
    return f"{change:>+4}" if change else "   0"
