"""What the template shows: plain values in the order of the page. All texts are clean here, and escaped there."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from grader.batch.choices.passwords import HASHED
from grader.batch.dashboard.highlights import highlights
from grader.batch.dashboard.histogram import bars, scores_sentence
from grader.batch.dashboard.people import STATES, Person, Row, short
from grader.batch.dashboard.statistics import VERDICTS
from grader.batch.dashboard.tally import CheckTally, Tally
from grader.batch.dashboard.wrong_values import values_of
from grader.batch.lookalikes.search import Group
from grader.batch.output_files import REGRADE
from grader.rubric import Rubric

SHOWN_VALUES = 8  # of each check
SHOWN_SETS = 12
SHOWN_NAMES = 12  # in one cell
SHOWN_GROUPS = 200
SHOWN_CHANGES = 500
MAX_SENTENCE_CHARACTERS = 400
MAX_SHARED = 30  # things that a group shares

PageOf = Callable[[str], str | None]


class Named(NamedTuple):
    """A name with the link to its feedback page, if there is one."""

    name: str
    link: str | None


class Names(NamedTuple):
    """Some of a number of students."""

    shown: list[Named]
    more: int


class View:
    """Turns the tally of a class into the values of the page."""

    def __init__(self, tally: Tally, rubric: Rubric, page_of: PageOf) -> None:
        self.tally = tally
        self.rubric = rubric
        self.page_of = page_of
        self._known = {row.person.submission: row.person for row in tally.rows or ()}

    def values(self, groups: Sequence[Group], changes: Sequence[str]) -> dict[str, Any]:
        """Return everything that the template names, but for style, program and date."""
        tally = self.tally
        stuck = self._stuck()
        told = [change for change in changes if not change.startswith(f"{REGRADE}: ")]  # the page has a link to it
        quarter = -(-tally.states["begun"] // 4)
        return {
            "tally": tally,
            "rubric": self.rubric,
            "scores": tally.scores,
            "scores_sentence": scores_sentence(tally.scores),
            "bars": bars(tally.scores),
            "exercises": [(exercise, tally.exercises[exercise.id]) for exercise in self.rubric.exercises],
            "checks": [self._check(check) for check in tally.checks.values()],
            "wrong": self._wrong(),
            "highlights": [
                (highlight, HASHED.fullmatch(highlight.value or "") is not None) for highlight in highlights(tally)
            ],
            "stuck": stuck,
            "stuck_alone": tally.first.total - sum(line["times"] for line in stuck),
            "together": self._together(),
            "quarter": quarter,
            "lowest": self._rows(tally.lowest()[:quarter]),
            "highest": self._rows(tally.highest()),
            "not_begun": self._rows(tally.not_begun.rows),
            "not_gradable": self._rows(tally.not_gradable.rows),
            "faults": self._rows(tally.faults.rows),
            "groups": [self._group(group) for group in groups[:SHOWN_GROUPS]],
            "more_groups": max(0, len(groups) - SHOWN_GROUPS),
            "changes": [short(change, MAX_SENTENCE_CHARACTERS) for change in told[:SHOWN_CHANGES]],
            "more_changes": max(0, len(told) - SHOWN_CHANGES),
            "data": self.data(),
            "data_states": STATES,
            "short_names": [exercise.id.partition("-")[2] or exercise.id for exercise in self.rubric.exercises],
        }

    def data(self) -> dict[str, Any] | None:
        """Return the list of all students for the page's program; None for more than can be listed."""
        if self.tally.rows is None:
            return None
        return {
            "states": STATES,
            "checks": self.tally.check_ids,
            "max": self.rubric.max_score,
            "rows": [
                [
                    row.person.name,
                    row.known_as,
                    self.link(row.person.submission),
                    STATES.index(row.state),
                    row.score,
                    row.exercises,
                    row.attempts,
                    int(row.late),
                    row.remarks,
                    row.reason,
                    row.outcomes,
                ]
                for row in self.tally.rows
            ],
        }

    def link(self, submission: str) -> str | None:
        """Return a link to the feedback page that cannot be anything but a relative one."""
        path = self.page_of(submission)
        return None if path is None else "./" + quote(path.lstrip("/"), safe="/", errors="replace")

    def names(self, people: Iterable[Person], count: int) -> Names:
        """Return the first of some people, and how many more there are."""
        shown = [self._named(person) for _, person in zip(range(SHOWN_NAMES), people, strict=False)]
        return Names(shown, max(0, count - len(shown)))

    def _named(self, person: Person) -> Named:
        return Named(person.name, self.link(person.submission))

    def _rows(self, rows: Sequence[Row]) -> list[tuple[Named, Row]]:
        return [(self._named(row.person), row) for row in rows]

    def _check(self, tally: CheckTally) -> dict[str, Any]:
        relation = tally.relation
        solved = tally.outcomes["passed"]
        number = sum(tally.outcomes.values())
        return {
            "check": tally.check,
            "outcomes": tally.outcomes,
            "number": number,
            "solved_percent": round(100 * solved / number) if number else None,
            "coefficient": relation.coefficient(),
            "verdict": relation.verdict(),
            "meaning": VERDICTS[relation.verdict()],
        }

    def _wrong(self) -> list[dict[str, Any]]:
        """Return the wrong values of each check that somebody lost, the check with the most first."""
        lost = [tally for tally in self.tally.checks.values() if tally.wrong.total]
        return [self._wrong_values(tally) for tally in sorted(lost, key=lambda tally: -tally.wrong.total)]

    def _wrong_values(self, tally: CheckTally) -> dict[str, Any]:
        values = values_of(tally.wrong)
        shown = values[:SHOWN_VALUES]
        return {
            "check": tally.check,
            "total": tally.wrong.total,
            "at_least": bool(tally.wrong.taken),
            "lines": [
                {
                    "value": value.value,
                    "times": value.times,
                    "kinds": value.kinds,
                    "message": value.message,
                    "told": (value.value or "").startswith("("),
                    "hidden": HASHED.fullmatch(value.value or "") is not None,
                    "who": self.names(value.who, value.times),
                }
                for value in shown
            ],
            "different": sum(value.kinds for value in values),
            "rest": tally.wrong.total - sum(value.times for value in shown),
        }

    def _stuck(self) -> list[dict[str, Any]]:
        """Return where two students or more stop, the most frequent place first."""
        return [
            {"check": self.tally.checks[check_id].check, "how": how, "times": times, "who": self.names(people, times)}
            for (check_id, how), times, people in self.tally.first.most(len(self.tally.first))
            if times > 1
        ]

    def _together(self) -> list[dict[str, Any]]:
        return [
            {"checks": check_ids, "times": times, "who": self.names(people, times)}
            for check_ids, times, people in self.tally.together.most(SHOWN_SETS)
            if times > 1
        ]

    def _group(self, group: Group) -> dict[str, Any]:
        members = [self._known.get(member) or Person(member, short(member, 60)) for member in group.members]
        sentence = short(group.sentence, MAX_SENTENCE_CHARACTERS)
        shared = [short(thing, MAX_SENTENCE_CHARACTERS) for thing in group.shared[:MAX_SHARED]]
        # a long sentence is cut, and names a dozen things at most
        also = [thing for thing in shared if thing not in sentence]
        return {"who": self.names(members, len(members)), "sentence": sentence, "also": also}
