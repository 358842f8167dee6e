"""Who has handed something in, as a page says it."""

import pytest

from grader.batch.submission import MAX_NAMED, Nothing, Student, Submission, whose

ADA, BOB = Student("4711", "Ada Lovelace"), Student(login="bob")
BLANK = Submission("sub_1", Nothing("Empty."))


@pytest.mark.parametrize(
    ("submission", "words"),
    [
        (BLANK, "sub_1"),
        (BLANK._replace(student=ADA), "Ada Lovelace (4711)"),
        (BLANK._replace(student=Student("ada", "ada")), "ada"),
        (BLANK._replace(student=ADA, members=(ADA, BOB)), "Ada Lovelace (4711), bob"),
        (BLANK._replace(student=ADA, attempt=2, attempts=3, late=True), "Ada Lovelace (4711), attempt 2 of 3, late"),
        (BLANK._replace(id="a\nb\x1b[1m\u202e"), "a b\ufffd[1m\ufffd"),
    ],
)
def test_a_submission_is_named_by_what_is_known(submission: Submission, words: str) -> None:
    """The name with what tells two of one name apart, else the submission's own; nothing harmful."""
    assert words == whose(submission)


def test_a_crowd_is_counted_and_a_long_name_cut() -> None:
    """Names are students' texts."""
    crowd = tuple(Student(name=f"{number} {'x' * 5000}") for number in range(MAX_NAMED + 3))
    words = whose(BLANK._replace(members=crowd))

    assert words.endswith(", and 3 more")
    assert len(words) < 2000
