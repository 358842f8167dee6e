"""A quorum of controllers on paper, without clocks and chance: who votes for whom, who leads, what is in which log.

Kafka 3.6, KRaft (KIP-595): a candidate raises its epoch and asks the voters; a voter gives one vote an epoch, and only
to a log that is not behind its own; most of the voters make a leader, who begins its epoch with an entry of its own.
Followers fetch; what differs from the leader's log is cut off. The high watermark is the last entry that most voters
have, and it moves only over an entry of the leader's own epoch.
"""

from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple

HAS_ALL = "has everything"
Role = Literal["follower", "candidate", "leader", "observer"]


class Entry(NamedTuple):
    """One entry of a log: the epoch in which a leader wrote it, and what it says."""

    epoch: int
    text: str


class Node:
    """One node. `known` is the high watermark that it has heard of: that many entries count."""

    __slots__ = ("epoch", "id", "known", "log", "role", "up", "voted")

    def __init__(self, number: int, role: Role = "follower") -> None:
        self.id = number
        self.up = True
        self.role: Role = role
        self.epoch = 0
        self.voted: int | None = None
        self.log: list[Entry] = []
        self.known = 0

    def ahead_of(self, other: "Node") -> bool:
        """Tell whether this log is newer: the later epoch of the last entry, else the longer one."""
        return self._end() > other._end()

    def _end(self) -> tuple[int, int]:
        return (self.log[-1].epoch if self.log else 0, len(self.log))

    def hear(self, epoch: int) -> None:
        """Take up a newer epoch: whoever led or asked before follows now, and the vote is free again."""
        if epoch > self.epoch:
            self.epoch, self.voted = epoch, None
            if self.role != "observer":
                self.role = "follower"


class Quorum:
    """The nodes, and which of them vote."""

    def __init__(self, voters: Iterable[int], down: Collection[int] = ()) -> None:
        self.voters = sorted(set(voters))
        self.nodes = {number: Node(number) for number in self.voters}
        for number in down:
            self.nodes[number].up = False

    @property
    def majority(self) -> int:
        """How many votes or copies are enough."""
        return len(self.voters) // 2 + 1

    @property
    def leader(self) -> Node | None:
        """The leader that is there, None if nobody leads."""
        leading = [node for node in self.nodes.values() if node.up and node.role == "leader"]
        return max(leading, key=lambda node: node.epoch, default=None)

    def ask(self, number: int) -> None:
        """Let a voter become a candidate: a new epoch, and its own vote."""
        node = self.nodes[number]
        node.epoch += 1
        node.role, node.voted = "candidate", number

    def vote(self, number: int) -> dict[int, str]:
        """Let everybody answer a candidate, and count. Returns what each voter says."""
        candidate = self.nodes[number]
        said = {number: "votes for itself"}
        for voter in self.voters:
            node = self.nodes[voter]
            if voter == number:
                continue
            if not node.up:
                said[voter] = "no answer"
                continue
            node.hear(candidate.epoch)
            if node.epoch > candidate.epoch:
                said[voter] = f"no: knows epoch {node.epoch}"
            elif node.ahead_of(candidate):
                said[voter] = "no: has a newer log"
            elif node.voted not in (None, number):
                said[voter] = f"no: voted for {node.voted}"
            else:
                node.voted = number
                said[voter] = f"votes for node {number}"
        if sum(node.voted == number and node.epoch == candidate.epoch for node in self._voting()) >= self.majority:
            candidate.role = "leader"
            candidate.log.append(Entry(candidate.epoch, f"node {number} leads"))
        return said

    def append(self, text: str) -> None:
        """Let the leader write an entry at the end of its log."""
        leader = self.leader
        if leader is not None:
            leader.log.append(Entry(leader.epoch, text))

    def join(self, number: int) -> None:
        """Let a new node come as an observer: it copies the log and has no vote."""
        self.nodes[number] = Node(number, "observer")

    def change_voters(self, voters: Iterable[int]) -> None:
        """Dynamic quorum (KIP-853, Kafka 3.9): the voters are an entry of the log, and hold from its writing on."""
        self.voters = sorted(voters)
        self.append(f"voters {' '.join(map(str, self.voters))}")
        for number, node in self.nodes.items():
            if number not in self.voters:
                node.role = "observer"
            elif node.role == "observer":
                node.role = "follower"

    def fetch(self) -> dict[int, str]:
        """Let every node that is up copy from the leader, and the high watermark move. Returns what each one does."""
        leader = self.leader
        if leader is None:
            return {}
        did: dict[int, str] = {}
        for node in self.nodes.values():
            if node is leader or not node.up:
                continue
            node.hear(leader.epoch)
            same = _common(node.log, leader.log)
            cut, new = len(node.log) - same, len(leader.log) - same
            node.log[same:] = leader.log[same:]
            did[node.id] = _copied(cut, new)
        self._raise_watermark(leader)
        for node in self.nodes.values():
            if node.up:
                node.known = min(leader.known, len(node.log))
        return did

    def _voting(self) -> list[Node]:
        return [self.nodes[number] for number in self.voters]

    def _raise_watermark(self, leader: Node) -> None:
        # a node that is down keeps its copy: it counts as far as it agrees with the leader's log
        ends = sorted((_common(node.log, leader.log) for node in self._voting()), reverse=True)
        shared = ends[self.majority - 1]
        if shared and leader.log[shared - 1].epoch == leader.epoch:
            leader.known = max(leader.known, shared)


def _common(one: list[Entry], other: list[Entry]) -> int:
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return same


def _copied(cut: int, new: int) -> str:
    words = [f"cuts off {cut}"] if cut else []
    words += [f"copies {new} {'entry' if new == 1 else 'entries'}"] if new else []
    return ", ".join(words) or HAS_ALL
