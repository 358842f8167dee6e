"""`kraft.simulate`: a quorum and a script, told in frames."""

from collections.abc import Sequence
from typing import Any

from grader.notebook.blocks import Block, Next, Title, Words, code
from grader.notebook.guesses import Guess, Row, is_open, no_guess, reveal, row
from grader.notebook.kraft.frames import draw_frame
from grader.notebook.kraft.raft import Quorum
from grader.notebook.kraft.story import BadScript, Frame, read_script, tell
from grader.notebook.result import Result

WHERE = "kraft.simulate"
MAX_VOTERS = 5
AGAIN = "run this cell again"
NOBODY = "nobody"
ALONE = ("elect 1", "write topic users", "write topic orders")
TOGETHER = (
    "elect 1",
    "write topic users",
    "stop 3",
    "write topic orders",
    "start 3",
    "stop 1",
    "elect 2",
    "write topic events",
)


class Simulation:
    """The frames of one script. Shown by itself it shows all; `frame(3)` one, `frames(2, 5)` some."""

    __slots__ = ("_nodes", "_script")

    def __init__(self, nodes: int, script: str | Sequence[str] | None) -> None:
        self._nodes = nodes
        self._script = script

    def frame(self, number: int) -> Result:
        """Show one frame, counted from 1; -1 is the last one."""
        return self.frames(number, number)

    def frames(self, first: int = 1, last: int = -1) -> Result:
        """Show the frames from `first` to `last`, both included."""
        told = self._tell()
        if isinstance(told, Result):
            return told
        start, end = (len(told) + 1 + number if number < 0 else number for number in (first, last))
        if not 1 <= start <= end <= len(told):
            return _refused(f"The frames are 1 to {len(told)}.")
        return _answer(told, range(start, end + 1))

    def predict(self, *, leader: Guess | int = None, watermark: Guess | int = None) -> Result:
        """Guess who leads at the end (a number, or `"nobody"`) and the high watermark there; then see all frames."""
        guesses = {"leader at the end": leader, "high watermark at the end": watermark}
        made = {what: str(guess).strip().lower() for what, guess in guesses.items() if not is_open(guess)}
        if not made:
            words = f"Guess with {code('leader=')} the number of a node or {code(chr(34) + NOBODY + chr(34))}"
            return no_guess(WHERE, f"{words}, or with {code('watermark=')} how many entries count.")
        told = self._tell()
        if isinstance(told, Result):
            return told
        end = told[-1]
        leads = [seen.id for seen in end.nodes if seen.up and seen.role == "leader"]
        truths = {
            "leader at the end": str(leads[-1]) if leads else NOBODY,
            "high watermark at the end": str(max(seen.counts for seen in end.nodes)),
        }
        rows: list[Row] = [row(what, guess, truths[what], agrees=guess == truths[what]) for what, guess in made.items()]
        about = f"{self._nodes} {self._script}"
        shown = _answer(told, range(1, len(told) + 1)).blocks[1:-1]
        return reveal(WHERE, rows, shown, then="q.guesses()", about=about)

    def _tell(self) -> "list[Frame] | Result":
        if not 1 <= self._nodes <= MAX_VOTERS:
            return _refused(f"A quorum here has 1 to {MAX_VOTERS} voters.")
        usual = ALONE if self._nodes == 1 else TOGETHER if self._nodes >= 3 else ("elect 1", "write topic users")
        try:
            script = read_script(usual if self._script is None else self._script)
            return tell(Quorum(range(1, self._nodes + 1)), script)
        except BadScript as error:
            return _refused(str(error))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return self.frames()._repr_mimebundle_(include, exclude)

    def __repr__(self) -> str:
        return repr(self.frames())


def simulate(nodes: int = 3, script: str | Sequence[str] | None = None) -> Simulation:
    """Tell in frames how controllers elect a leader and keep one log: `kraft.simulate(3, "elect 1; stop 3; write x")`.

    `nodes` is the number of voters, 1 (as in this exercise) to 5. Commands of a script, in a list, a line each, or
    between semicolons: `elect N` (node N has heard of no leader and asks for votes), `write TEXT` (to the leader),
    `stop N`, `start N`. No chance and no clock is in it: the same script gives the same frames.
    """
    return Simulation(nodes, script)


def _answer(told: Sequence[Frame], numbers: range) -> Result:
    blocks: list[Block] = []
    for number in numbers:
        frame = told[number - 1]
        blocks += [Title(f"Frame {number} of {len(told)}: {frame.title}"), Words(frame.words)]
        blocks.append(draw_frame(frame, number, len(told)))
    then = AGAIN
    blocks.append(Next(f"change the script and {AGAIN}."))
    return Result("kraft", blocks, then=then, frames=[_data(told[number - 1], number) for number in numbers])


def _data(frame: Frame, number: int) -> dict[str, object]:
    nodes = [{**seen._asdict(), "log": [entry._asdict() for entry in seen.log]} for seen in frame.nodes]
    return {"number": number, "title": frame.title, "words": frame.words, "nodes": nodes}


def _refused(words: str) -> Result:
    then = f"put that right, then {AGAIN}."
    return Result("kraft", [Title("The simulation of a quorum"), Words(words), Next(then)], then=then, frames=[])
