"""Who is meant: exact matches only."""

from grader.batch.gradebooks.people import Key, Missed, find, fold, fold_name, indexed, name_spellings
from tests.batch.records import student

ROWS = (("1", "Lovelace, Ada"), ("2", "Hopper, Grace"), ("3", "Hopper, Grace"))
NAMES = ((spelled, row) for row, (_, name) in enumerate(ROWS) for spelled in name_spellings(name))
KEYS = [
    Key("ID", indexed(((ident, row) for row, (ident, _) in enumerate(ROWS)), fold), ("id",), fold),
    Key("name", indexed(NAMES, fold_name), ("name",), fold_name, name=True),
]


def test_an_id_goes_before_a_name() -> None:
    """Namesakes are told apart by it."""
    assert 2 == find(student(id="3", name="hoppergrace"), KEYS)


def test_a_name_matches_in_both_orders_and_without_its_signs() -> None:
    """As LMS write it, and as they put it into file names; composed or not."""
    assert [0, 0, 0] == [find(student(name=name), KEYS) for name in ("lovelaceada", "Ada Lovelace", "ADA-LOVELACE")]
    assert 0 == find(student(name="Lovelace, Ada"), [Key("name", {"adalovelace": 0}, ("name",), fold_name, name=True)])
    assert fold_name("Mu\u0308ller, Jo\u0308rg") == fold_name("Müller, Jörg")


def test_namesakes_are_not_guessed() -> None:
    """Even though one of them would do."""
    assert Missed("several rows have the name Grace Hopper", (1, 2)) == find(student(name="Grace Hopper"), KEYS)


def test_an_id_and_a_name_that_disagree_match_nobody() -> None:
    """One of the two is wrong, and nobody knows which."""
    found = find(student(id="2", name="Ada Lovelace"), KEYS)

    assert isinstance(found, Missed)
    assert found.rows == (1, 0)


def test_a_number_of_another_kind_needs_the_name() -> None:
    """A user id that happens to be somebody's campus id is a stranger's."""
    keys = [KEYS[0]._replace(confirm=True), KEYS[1]]

    assert 0 == find(student(id="1"), keys)
    assert 1 == find(student(id="2", name="hoppergrace"), keys)
    assert Missed("the ID fits, but the name does not", (0,)) == find(student(id="1", name="Ada King"), keys)


def test_a_changed_name_does_not_matter_where_the_id_is_known() -> None:
    """People marry."""
    assert 0 == find(student(id="1", name="Ada King"), KEYS)


def test_nobody_is_found_by_an_empty_cell() -> None:
    """Two rows without an address have no address, not the same one."""
    assert {"a": (3, 4)} == indexed([("", 1), (" ", 2), ("a", 3), ("A", 4)], fold)
    assert Missed("no row fits") == find(student(id="", name=" , "), KEYS)
