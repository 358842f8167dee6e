"""One gradebook being filled: takes every result, matches it with a row, and writes the file at the end."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from grader.batch.briefs import Brief
from grader.batch.gradebooks.feedback import comment_on, is_ours
from grader.batch.gradebooks.layout import Layout, value_at
from grader.batch.gradebooks.left_out import LeftOut
from grader.batch.gradebooks.numbers import read_number, scale, write_number
from grader.batch.gradebooks.people import Identity, Missed, find, fold_name
from grader.batch.gradebooks.sentences import Counts, sentences
from grader.batch.gradebooks.sheet import Sheet, filled
from grader.batch.written import write_anew
from grader.exercise import Check

# A row, and what some of its cells are to say.
Edit = tuple[int, Mapping[int, str]]


class Claim(NamedTuple):
    """What a row is to get: the score and its maximum, and the comment.

    Without a score `why` says why; `contested` tells that it is because of another submission.
    """

    submission: str
    score: tuple[int, int] | None
    comment: str = ""
    why: str = ""
    contested: bool = False


class FilledGradebook:
    """The file of an LMS: `add` every submission, then `finish`.

    `target` is where the filled file goes, `list_path` where those are listed that got no grade. Only the rows of the
    file are kept in memory, however many submissions there are.
    """

    def __init__(self, sheet: Sheet, layout: Layout, *, target: str, list_path: str, checks: Sequence[Check]) -> None:
        self._sheet = sheet
        self._layout = layout
        self._target = target
        self._checks = checks
        self._claims: dict[int, Claim] = {}
        self._doubtful: dict[int, str] = {}  # by row: a submission that may be meant for it
        self._left_out = LeftOut(list_path)
        self._counts = Counts()

    def add(self, brief: Brief) -> None:
        """Take one result. Only the attempt that counts is looked at; every member of a group gets the grade."""
        if not brief.counts:
            return
        claim = self._claim(brief)
        for person in _people(brief):
            rows = self._rows(person)
            if isinstance(rows, Missed):
                self._counts.unmatched(brief.submission, person, rows)
                self._left_out.add(submission=brief.submission, person=person, why=rows.why)
                for row in rows.rows:
                    self._doubtful.setdefault(row, brief.submission)
                continue
            for row in rows:
                self._take(row, claim)

    def finish(self) -> list[str]:
        """Write the filled file and the list of those without a grade; return what the instructor should know.

        Raises `CommandFailed` where they cannot be written.
        """
        data = filled(self._sheet, self._with_title(self._edits()))
        with write_anew(self._target) as file:
            file.buffer.write(data)
        listed = self._left_out.finish()
        return sentences(self._counts, self._layout, original=self._sheet.path, target=self._target, listed=listed)

    def _claim(self, brief: Brief) -> Claim:
        if brief.score is None:
            return Claim(brief.submission, None, why=brief.reason[1] if brief.reason else "no reason is known")
        comment = comment_on(brief, self._checks) if self._layout.feedback is not None else ""
        return Claim(brief.submission, (brief.score, brief.max_score), comment)

    def _rows(self, person: Identity) -> Sequence[int] | Missed:
        """Return the rows that belong to somebody: one, those of a team, or those of a whole group."""
        for field in ("name", "login"):
            group = self._layout.groups.get(fold_name(str(person.get(field) or "")))
            if group:
                return group
        row = find(person, self._layout.keys)
        return row if isinstance(row, Missed) else self._layout.teams.get(row, (row,))

    def _take(self, row: int, claim: Claim) -> None:
        """Two submissions for one row: fine if they are worth the same, else neither of them is taken.

        In a team, those who have handed in nothing of their own get what the team gets.
        """
        other = self._claims.setdefault(row, claim)
        if len(self._layout.teams.get(row, ())) > 1 and None in (other.score, claim.score) and not other.contested:
            self._claims[row] = claim if other.score is None else other
            return
        if other.submission != claim.submission and (other.score != claim.score or other.why != claim.why):
            why = f"two submissions fit: {other.submission} and {claim.submission}"
            self._claims[row] = Claim(other.submission, None, why=why, contested=True)

    def _with_title(self, edits: Iterator[Edit]) -> Iterator[Edit]:
        """A column that the file does not have yet gets its title, unless nothing is written into it."""
        first = next(edits, None)
        if first is not None and self._layout.new_title is not None:
            yield 0, {self._layout.grade: self._layout.new_title}
        if first is not None:
            yield first
        yield from edits

    def _edits(self) -> Iterator[Edit]:
        """Yield the rows that change, and count what became of every row."""
        for row, label in self._layout.labels.items():
            claim = self._claims.get(row)
            if claim is None:
                self._not_claimed(row, label)
                continue
            values = self._sheet.values(row)
            why = claim.why or self._layout.kept(values)
            if claim.score is not None and not why:
                changed = self._filling(values, claim.score, claim.comment)
                if changed:
                    yield row, changed
                continue
            self._counts.kept(label, why or "", graded=claim.score is not None or claim.contested)
            self._left_out.add(row=label, submission=claim.submission, why=why or "")

    def _not_claimed(self, row: int, label: str) -> None:
        """Count a row that no submission is meant for, or none for certain."""
        submission = self._doubtful.get(row)
        if submission is None:
            self._counts.without(label)
            self._left_out.add(row=label, why="no submission")
            return
        why = f"doubtful: {submission} may be meant"
        self._counts.kept(label, why, graded=True)
        self._left_out.add(row=label, submission=submission, why=why)

    def _filling(self, values: Sequence[str], score: tuple[int, int], comment: str) -> dict[int, str]:
        """Return the cells of a row that change."""
        changed: dict[int, str] = {}
        points, style = self._layout.points(values), self._layout.style
        grade, rounded = scale(*score, points, style.places)
        old = value_at(values, self._layout.grade).strip()
        self._counts.filled(old, same=read_number(old) == grade, out_of=points, rounded=rounded, scored=score[1])
        if read_number(old) != grade:
            changed[self._layout.grade] = write_number(grade, style)
        feedback = self._layout.feedback
        if feedback is not None and is_ours(value_at(values, feedback)):
            changed[feedback] = comment
        elif feedback is not None:
            self._counts.comments_kept += 1
        return changed


def _people(brief: Brief) -> list[Identity]:
    """Return whose submission it is; where nobody is known, its name is the only thing that may be an id."""
    return [brief.student or {"id": brief.submission}, *brief.members]
