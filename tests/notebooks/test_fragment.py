"""A refused piece of a service is told with one place, counted in the piece."""

import pytest

from grader.notebook.fragment import read_fragment


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("A: [1\nB: 2\n", "line 1, column 4", "did not find expected ',' or ']'"),
        ("A: 1\nB: 1\nA: 2\n", "line 3, column 1", 'line 3: mapping key "A" already defined at line 1'),
        ("A: [1]\n", "line 1, column 4", "environment.A must be a boolean, null, number or string"),
    ],
)
def test_a_refusal_is_about_the_piece(text: str, place: str, words: str) -> None:
    """Without the file and the service around it, which nobody wrote."""
    fragment = read_fragment(text, below="environment")
    refusal = fragment.loaded.refusals[0]

    assert (place, words) == (fragment.place(refusal), fragment.words(refusal))
