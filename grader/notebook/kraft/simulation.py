"""`kraft.simulate`: a quorum and a script, told in frames."""

from collections.abc import Sequence

from grader.notebook.blocks import code
from grader.notebook.guesses import Guess, Row, is_open, no_guess, reveal, row
from grader.notebook.kraft.answer import Frames, refused
from grader.notebook.kraft.frames import Shown, show_frame
from grader.notebook.kraft.raft import Quorum
from grader.notebook.kraft.story import BadScript, Frame, read_script, tell
from grader.notebook.result import Result

WHERE = "kraft.simulate"
MAX_VOTERS = 5
NOBODY = "nobody"
TWO = ("elect 1", "write topic users", "stop 2", "write topic orders")
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


class Simulation(Frames):
    """The frames of one script. Shown by itself it shows all; `frame(3)` one, `frames(2, 5)` some."""

    __slots__ = ("_dynamic", "_nodes", "_script")

    def __init__(self, nodes: int, script: str | Sequence[str] | None, *, dynamic: bool) -> None:
        self._dynamic = dynamic
        self._nodes = nodes
        self._script = script

    def predict(self, *, leader: Guess | int = None, watermark: Guess | int = None) -> Result:
        """Guess who leads at the end (a number, or `"nobody"`) and the high watermark there; then see all frames."""
        guesses = {"leader at the end": leader, "high watermark at the end": watermark}
        made = {what: str(guess).strip().lower() for what, guess in guesses.items() if not is_open(guess)}
        if not made:
            words = f"Guess with {code('leader=')} the number of a node or {code(chr(34) + NOBODY + chr(34))}"
            return no_guess(WHERE, f"{words}, or with {code('watermark=')} how many entries count.")
        told = self._story()
        if isinstance(told, Result):
            return told
        end = told[-1]
        leads = [seen.id for seen in end.nodes if seen.up and seen.role == "leader"]
        truths = {
            "leader at the end": str(leads[-1]) if leads else NOBODY,
            "high watermark at the end": str(max(seen.counts for seen in end.nodes)),
        }
        rows: list[Row] = [row(what, guess, truths[what], agrees=guess == truths[what]) for what, guess in made.items()]
        about = f"{self._nodes} {self._script} {self._dynamic}"
        shown = self.frames().blocks[:-1]
        return reveal(WHERE, rows, shown, then="q.guesses()", about=about)

    def _tell(self) -> list[Shown] | Result:
        told = self._story()
        return told if isinstance(told, Result) else [show_frame(frame) for frame in told]

    def _story(self) -> list[Frame] | Result:
        if not 1 <= self._nodes <= MAX_VOTERS:
            return refused(f"A quorum here has 1 to {MAX_VOTERS} voters.")
        usual = ALONE if self._nodes == 1 else TOGETHER if self._nodes >= 3 else TWO
        try:
            script = read_script(usual if self._script is None else self._script)
            return tell(Quorum(range(1, self._nodes + 1)), script, dynamic=self._dynamic)
        except BadScript as error:
            return refused(str(error))


def simulate(nodes: int = 3, script: str | Sequence[str] | None = None, *, dynamic: bool = False) -> Simulation:
    """Tell in frames how controllers elect a leader and keep one log: `kraft.simulate(3, "elect 1; stop 3; write x")`.

    `nodes` is the number of voters, 1 (as in this exercise) to 5. Commands of a script, in a list, a line each, or
    between semicolons: `elect N` (node N has heard of no leader and asks for votes), `write TEXT` (to the leader),
    `stop N`, `start N`, `join N` (a new node, without a vote), `add N`, `remove N` (a voter). Only a `dynamic` quorum
    can change its voters, the static one of this exercise cannot. The same script gives the same frames.
    """
    return Simulation(nodes, script, dynamic=dynamic)
