"""What an instructor should know about a filled gradebook, in sentences with bounded lists."""

import os
from collections.abc import Sequence
from fractions import Fraction

from grader.batch.counted import counted
from grader.batch.gradebooks.layout import Layout
from grader.batch.gradebooks.numbers import Style, write_number
from grader.batch.gradebooks.people import Identity, Missed
from grader.reports.clean import clean_line
from grader.shortening import shorten

# The whole list stands in a file.
MAX_NAMED = 5
MAX_NAME_CHARACTERS = 160


class Some:
    """How many there are, and the first of them by name."""

    def __init__(self) -> None:
        self.number = 0
        self.names: list[str] = []

    def add(self, name: str) -> None:
        """Count one more."""
        self.number += 1
        if len(self.names) < MAX_NAMED:
            self.names.append(shorten(clean_line(name), MAX_NAME_CHARACTERS))

    def listed(self) -> str:
        """Return the names, and how many more there are."""
        more = self.number - len(self.names)
        return "; ".join([*self.names, *([f"and {more:,} more"] if more else [])])


class Counts:
    """What became of the rows of a file and of the submissions."""

    def __init__(self) -> None:
        self.rows_filled = 0
        self.other_before = 0
        self.rounded = 0
        self.comments_kept = 0
        self.unscaled: set[int] = set()
        self.scales: set[tuple[int, Fraction]] = set()
        self.not_gradable = Some()
        self.cells_kept = Some()
        self.rows_without = Some()
        self.submissions_without = Some()
        self.doubtful = Some()

    def filled(self, old: str, *, same: bool, out_of: Fraction | None, rounded: bool, scored: int) -> None:
        """Count a row that has its grade; `old` is what its cell said before, `-` being Moodle's word for nothing."""
        self.rows_filled += 1
        self.other_before += bool(old) and old != "-" and not same
        self.rounded += rounded
        if out_of is None:
            self.unscaled.add(scored)
        elif out_of != scored and len(self.scales) < MAX_NAMED:
            self.scales.add((scored, out_of))

    def kept(self, label: str, why: str, *, graded: bool) -> None:
        """Count a row whose cell stays as it is though there is a submission. Why one is not gradable takes a line."""
        if graded:
            self.cells_kept.add(f"{label} ({why})")
        else:
            self.not_gradable.add(label)

    def without(self, label: str) -> None:
        """Count a row without a submission."""
        self.rows_without.add(label)

    def unmatched(self, submission: str, person: Identity, missed: Missed) -> None:
        """Count somebody without a row."""
        known = (person.get(field) for field in ("name", "id", "login", "email"))
        who = next((str(text) for text in known if text and text != submission), "")
        text = f"{submission} ({who})" if who else submission
        (self.doubtful if missed.rows else self.submissions_without).add(text)


def sentences(counts: Counts, layout: Layout, *, original: str, target: str, listed: str | None) -> list[str]:
    """Return what to show, the most important first; `listed` is the file of those without a grade."""
    name = os.path.basename(original)
    said = [
        f"{name}: {counts.rows_filled:,} of {counted(len(layout.labels), 'row')} filled in, "
        f"column {clean_line(layout.title)!r}: {_near(target)}"
    ]
    if counts.rows_without.number == len(layout.labels):
        said.append("Nobody in it has a submission: is it the file of this class, and of the LMS that they come from?")
    said += _grades(counts, layout.style)
    for some, one, many in _lists(counts):
        if some.number:
            said.append(f"{counted(some.number, one, many)}: {some.listed()}.")
    if listed is not None:
        said.append(f"All of them, with the reason: {_near(listed)}")
    return [*said, *layout.notes]


def _grades(counts: Counts, style: Style) -> list[str]:
    said = []
    for scored, out_of in sorted(counts.scales):
        said.append(f"The scores (of {scored}) are scaled to {write_number(out_of, Style())} points.")
    if counts.rounded:
        unit = f"{style.places} decimal places" if style.places else "whole points"
        said.append(f"{counts.rounded:,} of them had to be rounded, half up, to {unit}.")
    for scored in sorted(counts.unscaled):
        said.append(
            f"The file does not say what the grade is out of: the scores (of {scored}) are written as they are."
        )
    if counts.other_before:
        said.append(f"{counted(counts.other_before, 'row')} had another grade before.")
    if counts.comments_kept:
        said.append(f"{counted(counts.comments_kept, 'row')} had a comment that is not ours: it is kept.")
    return said


def _lists(counts: Counts) -> Sequence[tuple[Some, str, str]]:
    return (
        (counts.not_gradable, "row keeps its cell, the submission could not be graded",
         "rows keep their cells, the submissions could not be graded"),
        (counts.cells_kept, "row keeps its cell as it was", "rows keep their cells as they were"),
        (counts.rows_without, "row has no submission", "rows have no submission"),
        (counts.submissions_without, "submission has no row", "submissions have no row"),
        (counts.doubtful, "submission is doubtful and was not guessed",
         "submissions are doubtful and were not guessed"),
    )  # fmt: skip


def _near(path: str) -> str:
    """Return a path as it would be typed here, if it lies below the current folder."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return path if relative.startswith(os.pardir) else relative
