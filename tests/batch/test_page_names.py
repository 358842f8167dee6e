"""Each submission has a page of its own, whatever it is called."""

import os

from hypothesis import given
from hypothesis import strategies as st

from grader.batch.page_names import PageNames


def test_a_plain_name_stays() -> None:
    """It can be read, and guessed."""
    assert "feedback/ada-lovelace.html" == PageNames(many=False).path("ada-lovelace")


def test_names_that_clean_to_the_same_stay_apart() -> None:
    """Also where a computer does not tell capital letters from small ones."""
    names = ["ada l", "ada/l", "ada_l", "Ada_L", "../ada_l", "ada_l.", "", "con", "CON"]
    pages = {PageNames(many=False).path(name).lower() for name in names}

    assert len(names) == len(pages)


def test_many_pages_lie_in_sub_folders() -> None:
    """No folder gets hundreds of thousands."""
    pages = [PageNames(many=True).path(f"student-{number}") for number in range(2000)]

    assert 256 >= len({os.path.dirname(page) for page in pages}) > 200
    assert len(pages) == len(set(pages))


@given(st.text(max_size=300))
def test_no_name_leads_elsewhere(name: str) -> None:
    """Nor is one too long for a file system."""
    page = PageNames(many=False).path(name)

    assert os.path.normpath(page) == page.replace("/", os.sep)
    assert os.path.dirname(page) == "feedback"
    assert 255 > len(os.path.basename(page).encode())
    assert page.isprintable()
