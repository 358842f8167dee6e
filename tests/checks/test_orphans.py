"""Lines that set something asked for: they are sought by the name first, and none may be passed over by that."""

from hypothesis import given
from hypothesis import strategies as st

from grader.judging.orphans import ENV_FILE, mentions, named

MISSING = {"KAFKA_NODE_ID": (), "MYSQL_USER": (), "/app": (), "/app/shared": (), "/data/db": ()}
PIECES = [
    *MISSING,
    ENV_FILE,
    "_X",
    "s",
    "-",
    "- ",
    ":",
    ": ",
    "=",
    "/",
    "./",
    " ",
    '"',
    "'",
    "target:",
    "#",
    "$",
    "${",
    "}",
]


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), max_size=5))
def test_a_line_that_sets_something_mentions_it(lines: list[str]) -> None:
    """What a line sets, and the file of variables that it names, is among what the lines mention."""
    found = [(number, name) for number, names in named(lines, range(1, len(lines) + 1), MISSING, ()) for name in names]
    wanted = {(number, name if name in MISSING else ENV_FILE) for number, name in found}

    assert wanted == wanted & set(mentions(lines, MISSING))


def test_a_longer_name_is_not_mentioned() -> None:
    """A part of another folder's or variable's name is no mention: `./apps` stands in every file."""
    lines = ["build: ./apps/mongo_backend", "MYSQL_USER_2: x", "- ./a:/app/shared/"]

    assert [(3, "/app/shared")] == mentions(lines, MISSING)
