"""A script for a quorum, and the frames that tell it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from grader.notebook.kraft.raft import HAS_ALL, Entry, Quorum
from grader.spelling import did_you_mean

MAX_STEPS = 20
MAX_NODE = 9
MAX_CHARACTERS = 24  # of what is written
COMMANDS = ("elect", "write", "stop", "start", "join", "add", "remove")
STATIC = (
    "This quorum is static, as in this exercise: the voters stand in KAFKA_CONTROLLER_QUORUM_VOTERS of every node, and "
    "no command changes them. All those settings have to be changed, and all nodes restarted. With a dynamic quorum, "
    "from Kafka 3.9 on, the voters are an entry of the log."
)


class BadScript(Exception):
    """A script that means nothing. The text says which command, and what there is."""


class Step(NamedTuple):
    """One command: `number` of a node, or the `text` to be written."""

    name: str
    number: int = 0
    text: str = ""


class Seen(NamedTuple):
    """One node in one frame. `says` is what it does now; `counts` how many entries count as far as it knows."""

    id: int
    up: bool
    role: str
    epoch: int
    says: str
    log: tuple[Entry, ...]
    counts: int


class Frame(NamedTuple):
    """One moment: what happens, in words, and every node. `calls` are (from, to) of what is asked or copied."""

    title: str
    words: str
    nodes: tuple[Seen, ...]
    calls: tuple[tuple[int, int], ...] = ()


def read_script(script: str | Sequence[str]) -> list[Step]:
    """Read a script: one command a line, between semicolons, or in a list. Raises `BadScript`."""
    texts = script.replace("\n", ";").split(";") if isinstance(script, str) else [str(text) for text in script]
    wanted = [text.split() for text in texts if text.strip()]
    if len(wanted) > MAX_STEPS:
        raise BadScript(f"That are {len(wanted)} commands. A script has {MAX_STEPS} at most.")
    return [_step(name, words) for name, *words in wanted]


def _step(name: str, words: Sequence[str]) -> Step:
    if name not in COMMANDS:
        raise BadScript(f"`{name}` is no command here.{did_you_mean(name, COMMANDS)} There is: {', '.join(COMMANDS)}.")
    if name == "write":
        text = " ".join(words)
        if not 0 < len(text) <= MAX_CHARACTERS:
            raise BadScript(f"`write` needs a text of 1 to {MAX_CHARACTERS} signs, such as `write topic users`.")
        return Step(name, text=text)
    if len(words) != 1 or not words[0].isdecimal() or not 0 < int(words[0]) <= MAX_NODE:
        raise BadScript(f"`{name}` needs the number of a node, 1 to {MAX_NODE}: `{name} 1`.")
    return Step(name, int(words[0]))


def tell(quorum: Quorum, script: Sequence[Step], *, dynamic: bool = False) -> list[Frame]:
    """Play a script; every command is one frame or a few."""
    story = _Story(quorum, dynamic=dynamic)
    story.begin()
    for step in script:
        if step.name not in ("write", "join") and step.number not in quorum.nodes:
            raise BadScript(f"There is no node {step.number}. There is: {_list(quorum.nodes)}.")
        getattr(story, step.name)(step)
    return story.frames


class _Story:
    def __init__(self, quorum: Quorum, *, dynamic: bool) -> None:
        self._quorum = quorum
        self._dynamic = dynamic
        self.frames: list[Frame] = []

    def begin(self) -> None:
        voters, needed = len(self._quorum.voters), self._quorum.majority
        which = _list(self._quorum.voters)
        words = f"There {_are(voters, 'voter')}: node {which}. Whoever leads needs {_count(needed, 'vote')}."
        self._show("Before the first election", words + " Nobody leads, and nothing is written yet.")

    def elect(self, step: Step) -> None:
        quorum, number = self._quorum, step.number
        node = quorum.nodes[number]
        if not node.up or number not in quorum.voters:
            why = "is down" if not node.up else "is no voter"
            self._show(f"Node {number} cannot become leader", f"Node {number} {why}, so it cannot ask for votes.")
            return
        if node is quorum.leader:
            self._show(f"Node {number} leads already", "A leader has no reason to ask for votes.")
            return
        quorum.ask(number)
        others = [voter for voter in quorum.voters if voter != number]
        words = f"Node {number} has heard of no leader for a while. It begins epoch {node.epoch} and votes for itself."
        words += " It asks the other voters." if others else " There is no other voter to ask."
        self._show(
            f"Node {number} is a candidate", words, {number: "asks for votes"}, [(number, voter) for voter in others]
        )
        said = quorum.vote(number)
        votes = sum("votes for" in text for text in said.values())
        of = (
            f"{votes} of {len(quorum.voters)} votes; {quorum.majority} {'is' if quorum.majority == 1 else 'are'} needed"
        )
        if node.role != "leader":
            self._show(
                f"Node {number} does not become leader", f"It has {of}. Nobody leads, nothing can be written.", said
            )
            return
        words = f"It has {of}. Its first act is an entry of its own in the log."
        self._show(f"Node {number} is the leader", words, said)
        self._copy()

    def write(self, step: Step) -> None:
        leader = self._quorum.leader
        if leader is None:
            self._show(f'Nobody takes "{step.text}"', "There is no leader, so nothing can be written.")
            return
        self._quorum.append(step.text)
        words = f'The leader writes "{step.text}" at the end of its log. It counts once most voters have it.'
        self._show(f'The leader writes "{step.text}"', words, {leader.id: f"writes entry {len(leader.log)}"})
        self._copy()

    def stop(self, step: Step) -> None:
        node = self._quorum.nodes[step.number]
        led = node.role == "leader" and node.up
        node.up = False
        words = f"Node {step.number} is down. It keeps what is in its log."
        if led:
            words += " It was the leader: until another one is elected nothing can be written."
        self._show(f"Node {step.number} goes down", words)

    def start(self, step: Step) -> None:
        node = self._quorum.nodes[step.number]
        if not node.up:
            node.up = True
            if node.role != "observer":
                node.role = "follower"
        leader = self._quorum.leader
        behind = "" if leader is None or len(node.log) >= len(leader.log) else " It is behind."
        self._show(f"Node {step.number} is back", f"Node {step.number} has the log that it had before.{behind}")
        if leader is not None and leader is not node:
            self._copy()

    def join(self, step: Step) -> None:
        number = step.number
        if number in self._quorum.nodes:
            self._show(f"Node {number} is there already", "Only a new node can join.")
            return
        self._quorum.join(number)
        words = f"Node {number} is new. It is an observer: it copies the log and has no vote."
        self._show(f"Node {number} joins", words)
        self._copy()

    def add(self, step: Step) -> None:
        self._change(step.number, {*self._quorum.voters, step.number})

    def remove(self, step: Step) -> None:
        self._change(step.number, {*self._quorum.voters} - {step.number})

    def _change(self, number: int, voters: set[int]) -> None:
        quorum, leader = self._quorum, self._quorum.leader
        title = "The voters stay the same"
        if not self._dynamic:
            self._show(title, STATIC)
        elif leader is None or leader.known < len(leader.log):
            self._show(title, "Only a leader whose log counts to its end can change the voters.")
        elif voters == {*quorum.voters} or leader.id not in voters:
            words = f"Node {number} leads" if leader.id == number else f"Node {number} is what it shall be already"
            self._show(title, f"{words}: nothing changes. A leader is removed after another one was elected.")
        else:
            quorum.change_voters(voters)
            words = f"The leader writes the new voters into the log: {_list(quorum.voters)}. They hold from now on."
            needed = f" {quorum.majority} of {len(quorum.voters)} votes are needed. No file was changed."
            self._show("The voters change", words + needed, {leader.id: f"writes entry {len(leader.log)}"})
            self._copy()

    def _copy(self) -> None:
        quorum = self._quorum
        leader = quorum.leader
        if leader is None:
            return
        before = leader.known
        did = quorum.fetch()
        copied = [number for number, what in did.items() if what != HAS_ALL]
        words = ["The others ask the leader for what they lack."] if did else []
        if leader.known > before:
            needed = quorum.majority
            where = "the only voter has it" if len(quorum.voters) == 1 else f"{needed} voters or more have it"
            words.append(f"Entry {leader.known} counts now: {where}. The high watermark is {leader.known}.")
        elif leader.known < len(leader.log):
            words.append(f"Too few voters have entry {len(leader.log)}: it does not count yet.")
            words.append(f"The high watermark stays {before}.")
        else:
            words.append(f"Everything in it counts already; the high watermark is {leader.known}.")
        title = f"High watermark {leader.known}"
        if leader.known == before and copied:
            title = f"Node {_list(copied)} {'catches' if len(copied) == 1 else 'catch'} up"
        self._show(title, " ".join(words), did, [(number, leader.id) for number in copied])

    def _show(
        self,
        title: str,
        words: str,
        says: Mapping[int, str] | None = None,
        calls: Sequence[tuple[int, int]] = (),
    ) -> None:
        seen = tuple(
            Seen(
                node.id,
                node.up,
                node.role,
                node.epoch,
                (says or {}).get(node.id, "") if node.up else "no answer",
                tuple(node.log),
                node.known,
            )
            for node in self._quorum.nodes.values()
        )
        self.frames.append(Frame(title, words, seen, tuple(calls)))


def _are(number: int, what: str) -> str:
    return f"{'is' if number == 1 else 'are'} {_count(number, what)}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _list(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))
