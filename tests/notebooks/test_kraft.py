"""`kraft.simulate`: what Raft promises holds in every frame, and the frames say it in pictures and in words."""

import base64
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.notebook import kraft
from grader.notebook.blocks import Drawn
from grader.notebook.kraft.frames import WIDTH
from grader.notebook.kraft.raft import Entry, Quorum
from grader.notebook.kraft.story import Frame, read_script, tell
from grader.notebook.result import RESULT_TYPE

NODES = st.integers(1, 3)
COMMANDS = st.one_of(
    st.builds("elect {}".format, NODES),
    st.builds("stop {}".format, NODES),
    st.builds("start {}".format, NODES),
    st.sampled_from(["write a", "write b", "write c"]),
)
SCRIPTS = st.lists(COMMANDS, max_size=20)


def told(script: str | list[str], voters: int = 3) -> list[Frame]:
    """The frames of a script."""
    return tell(Quorum(range(1, voters + 1)), read_script(script))


def counted(frame: Frame) -> tuple[Entry, ...]:
    """The entries that count, as the best informed node knows them."""
    return max((seen.log[: seen.counts] for seen in frame.nodes), key=len)


def leader(frame: Frame) -> int | None:
    """Who leads."""
    leading = [seen for seen in frame.nodes if seen.up and seen.role == "leader"]
    return max(leading, key=lambda seen: seen.epoch).id if leading else None


@given(SCRIPTS)
def test_what_counts_is_never_lost(script: list[str]) -> None:
    """The entries below the high watermark stay what they were, whatever goes down and whoever leads."""
    frames = told(script)

    for before, after in pairwise(frames):
        assert counted(before) == counted(after)[: len(counted(before))]


@given(SCRIPTS)
def test_an_epoch_has_one_leader(script: list[str]) -> None:
    """Two nodes may both take themselves for the leader, but not in the same epoch."""
    leaders: dict[int, set[int]] = {}
    for frame in told(script):
        for seen in frame.nodes:
            if seen.role == "leader":
                leaders.setdefault(seen.epoch, set()).add(seen.id)

    assert [] == [found for found in leaders.values() if len(found) > 1]


@given(SCRIPTS)
def test_what_counts_is_in_the_logs_of_most_voters(script: list[str]) -> None:
    """Those of nodes that are down included."""
    for frame in told(script):
        entries = counted(frame)

        assert sum(seen.log[: len(entries)] == entries for seen in frame.nodes) >= 2


@pytest.mark.parametrize(
    ("script", "leads", "watermark"),
    [
        ("elect 1", 1, 1),
        ("elect 1; write a", 1, 2),
        ("elect 1; stop 3; write a", 1, 2),
        ("elect 1; stop 2; stop 3; write a", 1, 1),
        ("elect 1; stop 1", None, 1),
        ("elect 1; stop 1; elect 2", 2, 2),
        ("stop 1; stop 2; elect 3", None, 0),
        ("elect 1; stop 3; write a; stop 1; start 3; elect 3", None, 2),  # its log is behind
        ("elect 1; stop 3; write a; stop 1; start 3; elect 3; elect 2", 2, 3),
        ("elect 1; stop 2; stop 3; write a; stop 1; start 2; start 3; elect 2; start 1", 2, 2),  # a is cut off
    ],
)
def test_who_leads_and_what_counts(script: str, leads: int | None, watermark: int) -> None:
    """At the end of a script of three voters."""
    end = told(script)[-1]

    assert (leads, watermark) == (leader(end), len(counted(end)))


def test_one_node_needs_nobody() -> None:
    """As in this exercise: its own vote is enough, and what it writes counts at once."""
    end = told("elect 1; write a", voters=1)[-1]

    assert (1, (Entry(1, "node 1 leads"), Entry(1, "a"))) == (leader(end), counted(end))


def test_the_same_script_gives_the_same_answer() -> None:
    """No chance and no clock, in every form."""
    first, second = (kraft.simulate(3)._repr_mimebundle_() for _ in range(2))

    assert first == second
    assert {"text/plain", "text/markdown", "text/html", RESULT_TYPE} == set(first)


def test_every_picture_is_well_formed_and_described() -> None:
    """SVG with a title, and a description that holds every node; what is written into the log stays a text."""
    hostile = '<script>"&]]>\x1b'
    answer = kraft.simulate(3, ["elect 1", f"write {hostile}", "stop 2"]).frames()
    page = answer._repr_mimebundle_()["text/html"]
    pictures = [base64.b64decode(data) for data in re.findall(r"base64,([\w+/=]+)", page)]
    namespace = "{http://www.w3.org/2000/svg}"

    frames = answer.data["frames"]

    assert len(frames) == len(pictures)
    for picture in pictures:
        root = ElementTree.fromstring(picture)
        described = root.findtext(f"{namespace}desc") or ""

        assert root.findtext(f"{namespace}title") in [frame["title"].replace("\x1b", "\ufffd") for frame in frames]
        assert all(f"Node {number}" in described for number in (1, 2, 3))
        assert set() == {item.tag for item in root.iter()} & {f"{namespace}script", f"{namespace}a"}
    assert "<script" not in page


def test_nothing_is_drawn_over_the_edge() -> None:
    """Not even where logs are long."""
    for block in kraft.simulate(5, "elect 1; write a; write b; write long text of entries; write c").frames().blocks:
        for box in block.picture.boxes if isinstance(block, Drawn) else ():
            assert 0 <= box.x - box.width // 2
            assert box.x + box.width // 2 <= WIDTH


@pytest.mark.parametrize(
    ("nodes", "script", "said"),
    [
        (3, "elekt 1", "Did you mean elect?"),
        (3, "elect 4", "There is no node 4. There is: 1, 2, 3."),
        (3, "elect", "needs the number of a node"),
        (3, "write", "needs a text"),
        (9, "elect 1", "1 to 5 voters"),
        (3, "elect 1;" * 30, "20 at most"),
    ],
)
def test_a_script_that_means_nothing(nodes: int, script: str, said: str) -> None:
    """The sentence says which command, and what there is."""
    answer = kraft.simulate(nodes, script).frames()

    assert [] == answer.data["frames"]
    assert said in repr(answer)


def test_some_frames() -> None:
    """Counted from 1, from the end with a minus sign."""
    simulation = kraft.simulate(3, "elect 1")

    assert [2] == [frame["number"] for frame in simulation.frame(2).data["frames"]]
    assert [3, 4] == [frame["number"] for frame in simulation.frames(3).data["frames"]]
    assert [4] == [frame["number"] for frame in simulation.frame(-1).data["frames"]]
    assert "The frames are 1 to 4." in repr(simulation.frame(9))


def test_a_guess() -> None:
    """Three dots show nothing; a guess is laid beside what is so."""
    simulation = kraft.simulate(3, "elect 1; stop 1")

    assert [] == simulation.predict(leader=...).data["rows"]
    assert [True, False] == [row["agrees"] for row in simulation.predict(leader="nobody", watermark=3).data["rows"]]


@pytest.mark.parametrize(
    ("script", "voters"),
    [
        ("elect 1; join 4; add 4; write a", "voters 1 2 3 4"),
        ("elect 1; stop 3; remove 3; write a", "voters 1 2"),
    ],
)
def test_a_dynamic_quorum_changes_its_voters(script: str, voters: str) -> None:
    """The voters are an entry of the log; a static quorum says why it cannot."""
    dynamic, static = (tell(Quorum(range(1, 4)), read_script(script), dynamic=way)[-1] for way in (True, False))

    assert voters in [entry.text for entry in counted(dynamic)]
    assert ["node 1 leads", "a"] == [entry.text for entry in counted(static)]
    assert "static" in repr(kraft.simulate(3, script))


def test_a_new_node_has_no_vote() -> None:
    """Not before it was added."""
    end = told("join 4; elect 4")[-1]

    assert leader(end) is None
    assert "is no voter" in end.words
