"""`volumes.lab`: a script of commands, and a table of what there is after each of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from grader.notebook.blocks import Block, Next, Table, Title, Words, code
from grader.notebook.guesses import Guess, is_open, no_guess, reveal, row
from grader.notebook.result import Result
from grader.notebook.volumes.script import BadScript, Step, read_script
from grader.notebook.volumes.state import NOTHING_YET, State, Store

if TYPE_CHECKING:
    from grader.notebook.views import FileView
    from grader.notebook.volumes.setup import Setup

WHERE = "volumes.lab"
SCRIPT = ("up", "write", "restart", "edit", "up", "down", "up", "down -v", "up")
AGAIN = "run this cell again"
MODEL, DOCKER = "model", "Docker"
NONE = "none"
BEFORE = "(before)"


class Lab:
    """One script for one service. Shown by itself it is played; `predict` asks for a guess first."""

    __slots__ = ("_docker", "_file", "_script", "_service")

    def __init__(
        self, script: str | Sequence[str], *, file: "FileView | str | None", service: str, docker: bool
    ) -> None:
        self._script = script
        self._file = file
        self._service = service
        self._docker = docker

    def show(self) -> Result:
        """Play the script on paper, and on a Docker engine if one answers; show what there is after each command."""
        played = self._play()
        return played if isinstance(played, Result) else _answer(played)

    def predict(self, notes: Guess = None) -> Result:
        """Guess which notes the container sees at the end (`"1, 2"`, `"none"`), then see the whole table."""
        how = f"Guess with {code('notes=')} the numbers of the notes that the container sees at the end, or "
        if is_open(notes):
            return no_guess(WHERE, f"{how}{code(chr(34) + NONE + chr(34))}.")
        played = self._play()
        if isinstance(played, Result):
            return played
        guess = _as_notes(notes)
        truth = _notes(played.model[-1])
        shown = [*_answer(played).blocks[1:-1]]
        about = "; ".join(step.text for step in played.steps)
        return reveal(
            WHERE, [row("notes at the end", guess, truth, agrees=guess == truth)], shown, then=AGAIN, about=about
        )

    def _play(self) -> "_Played | Result":
        from grader.notebook.volumes.rules import run_model

        try:
            steps = read_script(self._script, self._service)
        except BadScript as error:
            return _refused([Words(str(error))])
        found = self._setup()
        if isinstance(found, Result):
            return found
        model = run_model(found, steps)
        if not self._docker:
            return _Played(found, steps, model, (), None)
        from grader.notebook.volumes.engine import run_engine

        return _Played(found, steps, model, *run_engine(found, steps))

    def _setup(self) -> "Setup | Result":
        from grader.compose.errors import Unreadable
        from grader.compose.loader import load
        from grader.masking import refusal_in_words
        from grader.notebook.sources import request_of
        from grader.notebook.views import source_of
        from grader.notebook.volumes.setup import read_setup
        from grader.spelling import did_you_mean
        from grader.workspace import NoSubmission

        try:
            loaded = load(request_of(source_of(self._file)))
        except (NoSubmission, Unreadable) as error:
            return _refused([Words(f"Cannot read the file: {error}")])
        if loaded.refusals:
            words = refusal_in_words(loaded.refusals[0])
            return _refused([Words(f"Docker Compose refuses the file, so no command does anything. It says: {words}")])
        services = loaded.project.services
        if self._service not in services:
            meant = did_you_mean(self._service, services)
            there = f" There is: {', '.join(services)}." if services else ""
            return _refused([Words(f"There is no service {code(self._service)} in the file.{meant}{there}")])
        return read_setup(loaded.project, self._service)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return self.show()._repr_mimebundle_(include, exclude)

    def __repr__(self) -> str:
        return repr(self.show())


class _Played(NamedTuple):
    """A script that was played. `docker` ends early, or is empty, where no engine played it; `remark` says why."""

    setup: "Setup"
    steps: Sequence[Step]
    model: Sequence[State]
    docker: Sequence[State]
    remark: str | None


def lab(
    script: str | Sequence[str] = SCRIPT,
    *,
    file: "FileView | str | None" = None,
    service: str = "mongodb",
    docker: bool = True,
) -> Lab:
    """Play commands on one service: `volumes.lab("up; write; down; up")`.

    Commands are those of `docker compose` (`up`, `up -V`, `up --force-recreate`, `stop`, `start`, `restart`, `down`,
    `down -v`), in a list, a line each, or between semicolons; and `write` (the container writes a note into its data
    folder; `write /path` elsewhere), `crash` (its program ends by itself), `edit` (an environment variable is changed;
    `edit mongodb_data:/data/db` puts other entries under `volumes`; the next `up` sees it).

    `file` is a view such as `q.what_if(...)` or a compose file as a text, else the workspace's. With `docker=False`
    no engine is asked.
    """
    return Lab(script, file=file, service=service, docker=docker)


def _answer(played: _Played) -> Result:
    setup, steps, model, docker, remark = played
    blocks: list[Block] = [Title(f"What becomes of the data of {setup.service}"), Words(_described(setup, steps[0]))]
    blocks.append(_table(played))
    different = [number for number, pair in enumerate(zip(model, docker, strict=False), 1) if pair[0] != pair[1]]
    if docker and not different:
        every = "every step" if remark is None else f"the first {len(docker)} steps"
        blocks.append(Words(f"Docker did in {every} what the model says."))
    elif different:
        blocks.append(Words(f"Docker and the model differ in step {', '.join(map(str, different))}. Believe Docker."))
    if remark is not None:
        blocks.append(Words(remark))
    if not setup.known:
        blocks.append(
            Words(f"Which folders the image {setup.image} makes volumes is not known to the model: none here.")
        )
    blocks.append(Next(f"change the script and {AGAIN}."))
    rows = [
        {
            "command": step.text,
            MODEL: state._asdict(),
            DOCKER.lower(): docker[number]._asdict() if number < len(docker) else None,
        }
        for number, (step, state) in enumerate(zip(steps, model, strict=True))
    ]
    data = {"service": setup.service, "folder": setup.data, "steps": rows, "differs": different, "remark": remark}
    return Result("volumes", blocks, then=AGAIN, **data)


def _described(setup: "Setup", first: Step) -> str:
    from grader.notebook.volumes.rules import mounted_words

    others = first.name == "edit" and first.words
    mounted = "The script begins with other entries than those of the file." if others else mounted_words(setup)
    words = [f"{setup.service} keeps its data in {code(setup.data)}. {mounted}"]
    words.append("A note stands for data: the first write makes note 1, the second note 2.")
    return " ".join(words)


def _table(played: _Played) -> Table:
    both = bool(played.docker)
    head = ["command", *(["who"] if both else []), "container", f"{code(played.setup.data)} lies in", "notes it sees"]
    rows = [[BEFORE, *([""] if both else []), *_cells(NOTHING_YET)]]
    for number, (step, state) in enumerate(zip(played.steps, played.model, strict=True)):
        command = f"{number + 1}. {code(step.text)}"
        rows.append([command, *([MODEL] if both else []), *_cells(state)])
        if number < len(played.docker):
            rows.append(["", DOCKER, *_cells(played.docker[number])])
    return Table([*head, "used by no container"], rows)


def _cells(state: State) -> list[str]:
    if state.container is None:
        container = NONE
    else:
        container = f"number {state.container}, {'runs' if state.running else 'stopped'}"
    if state.failed is not None:
        container += f" (nothing done: {state.failed})"
    notes = _notes(state) if state.running else "-"
    return [container, state.place or "-", notes, ", ".join(map(_store, state.unused)) or NONE]


def _store(store: Store) -> str:
    if not store.notes:
        return f"{store.name} (empty)"
    return f"{store.name} (note {', '.join(map(str, store.notes))})"


def _notes(state: State) -> str:
    return ", ".join(map(str, state.notes)) or NONE


def _as_notes(guess: Guess) -> str:
    """Bring a guess into the form of the answer: `[2, 1]` and `"note 1 and 2"` mean `1, 2`."""
    import re

    text = guess if isinstance(guess, str) else " ".join(map(str, guess)) if isinstance(guess, Sequence) else str(guess)
    if text.strip() == "?":
        return "?"
    return ", ".join(map(str, sorted({int(found) for found in re.findall(r"\d{1,3}", text)}))) or NONE


def _refused(words: Sequence[Block]) -> Result:
    then = f"put that right, then {AGAIN}."
    return Result("volumes", [Title("The laboratory of volumes"), *words, Next(then)], then=then, steps=None)
