"""The class so far: counters, running sums and bounded lists, whatever the number of students."""

import heapq

from grader.batch.briefs import ABSENT, LETTERS, OUTCOMES, Brief
from grader.batch.dashboard.frequent import Frequent
from grader.batch.dashboard.people import STATES, Person, Row, row
from grader.batch.dashboard.statistics import Relation, Scores
from grader.batch.dashboard.wrong_values import MAX_WHO, WrongValues, count_wrong, wrong_values
from grader.batch.outcomes import Endings
from grader.exercise import Check
from grader.rubric import Rubric

MAX_LISTED = 5_000  # students; of more there is no list of all
MAX_NAMED = 200  # students in a list of those who need something
MAX_ENDS = 25  # lowest and highest scores that are shown
SETS_KEPT = 500  # of wrong checks that come together


class CheckTally:
    """One check over the class. The relation leaves out those who have not begun, and those for whom it waits."""

    def __init__(self, check: Check) -> None:
        self.check = check
        self.outcomes = {"passed": 0, "failed": 0, "not attempted": 0, "skipped": 0}
        self.relation = Relation()
        self.wrong: WrongValues = wrong_values()


class ExerciseTally:
    """One exercise over the class: points earned altogether, and how many have all of them or none."""

    def __init__(self, max_score: int) -> None:
        self._max_score = max_score
        self.points = self.full = self.none = self.number = 0

    def add(self, score: int, number: int) -> None:
        """Count some graded students."""
        self.number += number
        self.points += number * score
        self.full += number * (score == self._max_score)
        self.none += number * (not score)


class Bounded:
    """The first `MAX_NAMED` of a list, and how many there are."""

    def __init__(self) -> None:
        self.count = 0
        self.rows: list[Row] = []

    def add(self, found: Row) -> None:
        """Count one; keep it while there is room."""
        self.count += 1
        if len(self.rows) < MAX_NAMED:
            self.rows.append(found)


class Tally:
    """Everything that the page shows. Only the counting submission of a student goes into it."""

    def __init__(self, rubric: Rubric) -> None:
        self.exercise_ids = tuple(exercise.id for exercise in rubric.exercises)
        self.check_ids = tuple(check.id for check in rubric.checks())
        self.scores = Scores(rubric.max_score)
        self.checks = {check.id: CheckTally(check) for check in rubric.checks()}
        self._endings = Endings(self._count_endings)
        self.exercises = {
            exercise.id: ExerciseTally(sum(check.points for check in exercise.checks)) for exercise in rubric.exercises
        }
        self.submissions = self.counting = self.late = self.remarked = 0
        self.states = dict.fromkeys(STATES, 0)
        self.rows: list[Row] | None = []
        self.not_begun, self.not_gradable, self.faults = Bounded(), Bounded(), Bounded()
        # where people stop: the first check that is wrong, else the first that is not attempted
        self.first: Frequent[tuple[str, str], Person] = Frequent(kept=2 * len(self.checks), max_names=MAX_WHO)
        self.together: Frequent[tuple[str, ...], Person] = Frequent(kept=SETS_KEPT, max_names=MAX_WHO)
        # heaps: (score, minus the order, row); of equal scores the first ones stay
        self._lowest: list[tuple[int, int, Row]] = []
        self._highest: list[tuple[int, int, Row]] = []

    def add(self, brief: Brief) -> None:
        """Count one submission."""
        self.submissions += 1
        if not brief.counts:
            return
        self.counting += 1
        found = row(brief, exercises=len(self.exercise_ids), checks=len(self.check_ids))
        self.states[found.state] += 1
        self.late += found.late
        self.remarked += bool(found.remarks)
        self._list(found)
        if found.score is not None:
            self.scores.add(found.score)
            self._endings.add(brief)
            self._note_where_it_stops(brief, found)

    def lowest(self) -> list[Row]:
        """Return those with the lowest scores among those who have begun, the lowest first."""
        return [found for *_, found in sorted(self._lowest, reverse=True)]

    def highest(self) -> list[Row]:
        """Return those with the highest scores, the highest first."""
        return [found for *_, found in sorted(self._highest, reverse=True)]

    def _list(self, found: Row) -> None:
        if self.rows is not None:
            self.rows.append(found)
            if len(self.rows) > MAX_LISTED:
                self.rows = None
        if found.state == "not gradable":
            self.not_gradable.add(found)
        elif found.state == "grader fault":
            self.faults.add(found)
        elif found.state == "not begun":
            self.not_begun.add(found)
        if found.score is not None:
            if found.state == "begun":
                _keep(self._lowest, (-found.score, -self.counting, found))
            _keep(self._highest, (found.score, -self.counting, found))

    def settle(self) -> None:
        """Bring the figures of exercises and checks up to date; to be called before they are read."""
        self._endings.settle()

    def _count_endings(self, letters: str, scores: tuple[int, ...], number: int) -> None:
        """Count the outcomes of some submissions that ended alike."""
        for exercise, points in zip(self.exercises.values(), scores, strict=True):
            exercise.add(points, number)
        checks = self.checks.values()
        solved = [letter == LETTERS["passed"] for letter in letters]
        score = sum(tally.check.points for tally, passed in zip(checks, solved, strict=True) if passed)
        begun = True in solved or LETTERS["failed"] in letters
        for tally, letter, passed in zip(checks, letters, solved, strict=True):
            if letter == ABSENT:
                continue
            outcome = OUTCOMES[letter]
            tally.outcomes[outcome] += number
            if begun and outcome != "skipped":
                tally.relation.add(passed, score - tally.check.points * passed, number)

    def _note_where_it_stops(self, brief: Brief, found: Row) -> None:
        """Note what is wrong, what is wrong first, and what is wrong together."""
        wrong = [fault.check for fault in brief.wrong]
        for fault in brief.wrong:
            count_wrong(self.checks[fault.check].wrong, fault, found.person)
        if found.state != "begun":
            return
        if wrong:
            self.first.add((wrong[0], "wrong"), found.person)
            if len(wrong) > 1:
                self.together.add(tuple(wrong), found.person)
        elif LETTERS["not attempted"] in found.outcomes:
            check = self.check_ids[found.outcomes.index(LETTERS["not attempted"])]
            self.first.add((check, "not attempted"), found.person)


def _keep(heap: list[tuple[int, int, Row]], entry: tuple[int, int, Row]) -> None:
    """Keep the `MAX_ENDS` largest entries."""
    if len(heap) < MAX_ENDS:
        heapq.heappush(heap, entry)
    elif entry > heap[0]:
        heapq.heapreplace(heap, entry)
