"""What is typed: `q`, `q.kafka`, `q.kafka.node_id`. Nothing here knows more than which answer is meant."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.masking import MASK, is_secret
from grader.notebook.guesses import Guess, list_guesses
from grader.notebook.names import Part, names
from grader.notebook.result import Result
from grader.notebook.sources import WORKSPACE, Change, Source
from grader.notebook.values import EnvironmentView
from grader.spelling import did_you_mean

if TYPE_CHECKING:
    from grader.exercise import Check


class CheckView:
    """One check: `check()`, `hint(level)`, `explain()`, `predict(guess)`."""

    __slots__ = ("_check", "_source")

    def __init__(self, source: Source, check: "Check") -> None:
        self._source, self._check = source, check

    def check(self) -> Result:
        """Tell how this check stands in the file as it is now."""
        from grader.notebook.answers import answer_check

        return answer_check(self._source, self._check)

    def hint(self, level: int = 1) -> Result:
        """Give the hint of a level: 1 says where to look, 2 what is missing or wrong, 3 nearly the line."""
        from grader.notebook.hints import hint_for_check

        return hint_for_check(self._check, level)

    def explain(self) -> Result:
        """Say what this check asks and why it matters."""
        from grader.notebook.explanations import explain_check

        return explain_check(self._source, self._check)

    def predict(self, guess: Guess) -> Result:
        """Guess how this check stands (`"right"`, `"wrong"`, `"not attempted"`, `"skipped"`), then see it."""
        from grader.notebook.predictions import predict_check

        return predict_check(self._source, self._check, guess)

    def __repr__(self) -> str:
        call = self._source.call + names().call(self._check.id).removeprefix("q")
        return f"{self._check.id}: {self._check.title}\nNext: {call}.check(), .hint(1), .explain()"


class PartView:
    """One part of the exercise, such as `q.kafka`. Its checks are its attributes; Tab lists them."""

    __slots__ = ("_part", "_source")

    def __init__(self, source: Source, part: Part) -> None:
        self._source, self._part = source, part

    def check(self) -> Result:
        """Tell how every check of this part stands in the file as it is now."""
        from grader.notebook.answers import answer_part

        return answer_part(self._source, self._part)

    def hint(self, level: int = 1) -> Result:
        """Give a hint of the first check of this part that is not solved."""
        from grader.notebook.hints import hint_for_part

        return hint_for_part(self._source, self._part, level)

    def explain(self) -> Result:
        """Say what the container would make of the file, setting by setting."""
        from grader.notebook.explanations import explain_part

        return explain_part(self._source, self._part)

    def predict(self, *, verdict: Guess = None, lost: Guess = None) -> Result:
        """Guess what the container would do, and which checks of this part are lost; then see it."""
        from grader.notebook.predictions import predict_file

        return predict_file(self._source, verdict=verdict, lost=lost, part=self._part)

    def __getattr__(self, name: str) -> CheckView:
        if name.startswith("_"):
            raise AttributeError(name)
        check = self._part.checks.get(name)
        if check is None:
            raise AttributeError(_unknown(f"q.{self._part.name}", name, dir(self)))
        return CheckView(self._source, check)

    def __dir__(self) -> list[str]:
        return [*self._part.checks, "check", "explain", "hint", "predict"]

    def __repr__(self) -> str:
        call = f"{self._source.call}.{self._part.name}"
        return (
            f"{self._part.exercise.title}: {', '.join(self._part.checks)}\nNext: {call}.check(), .hint(1), .explain()"
        )


class FileView:
    """One file to ask about: `q` is the workspace's. The parts of the exercise are its attributes; Tab lists them."""

    __slots__ = ("_source",)

    def __init__(self, source: Source = WORKSPACE) -> None:
        self._source = source

    def check_all(self) -> Result:
        """Tell how the whole file stands as it is now."""
        from grader.notebook.answers import answer_all

        return answer_all(self._source)

    def explain(self) -> Result:
        """List every check with how it stands."""
        from grader.notebook.explanations import explain_all

        return explain_all(self._source)

    def live(self) -> Result:
        """Run the file on a Docker engine as `grade live` does: some minutes. Without an engine it says so."""
        from grader.notebook.running import answer_live

        return answer_live(self._source)

    def predict(
        self, check: str | None = None, guess: Guess = None, *, lost: Guess = None, verdict: Guess = None
    ) -> Result:
        """Guess what the grader says, then see it. A guess of `...` shows nothing yet, one of `"?"` the answer alone.

        `q.predict("kafka.node-id", "wrong")` is about one check, `q.predict(lost=["kafka.node-id"],
        verdict="broker refuses to start")` about the whole file: which checks are lost, and what becomes of the first
        container that does not simply work.
        """
        from grader.notebook.predictions import predict_file, predict_name

        if check is not None:
            return predict_name(self._source, check, guess)
        return predict_file(self._source, verdict=verdict, lost=lost, part=None)

    def what_if(self, service: str, *, volumes: Sequence[str] | None = None, **variables: object) -> "FileView":
        """Return the same file with other values for one service, in memory: `q.what_if("kafka", CLUSTER_ID="x")`.

        None takes a variable away; `volumes` replaces all of the service's. Values are as in the file: `$$` is a `$`.
        """
        texts = {name: None if value is None else str(value) for name, value in variables.items()}
        typed = [json.dumps(service), *(f"{name}={_typed(name, value)}" for name, value in texts.items())]
        if volumes is not None:
            typed.append(f"volumes={json.dumps(list(volumes))}")
        change = Change(service, texts, None if volumes is None else tuple(volumes))
        call = f"{self._source.call}.what_if({', '.join(typed)})"
        return FileView(self._source._replace(call=call, changes=(*self._source.changes, change)))

    def __getattr__(self, name: str) -> PartView:
        if name.startswith("_"):
            raise AttributeError(name)
        part = names().parts.get(name)
        if part is None:
            raise AttributeError(_unknown("q", name, dir(self)))
        return PartView(self._source, part)

    def __dir__(self) -> list[str]:
        return [*names().parts, *(name for name in dir(type(self)) if not name.startswith("_"))]

    def __repr__(self) -> str:
        return f"{', '.join(names().parts)}\nNext: {self._source.call}.check_all()"


class Workspace(FileView):
    """The workspace's own file, the way to other files, and the record of guesses."""

    __slots__ = ()

    def of(self, path: str) -> FileView:
        """Ask about another file or folder, named from the notebook's folder: `q.of("broken/01.yml").check_all()`."""
        return FileView(Source(call=f"q.of({json.dumps(str(path))})", path=str(path)))

    def text(self, text: str) -> FileView:
        """Ask about a compose file that is given as a text."""
        return FileView(Source(call="q.text(...)", text=text))

    def environment(self, text: str, **shell: str) -> EnvironmentView:
        """Ask what Compose makes of the lines of an `environment` block; `shell` are variables for `${NAME}`."""
        return EnvironmentView(text, shell)

    def guesses(self) -> Result:
        """List every guess that was made since the kernel started."""
        return list_guesses()

    def undo(self) -> Result:
        """Take back the last `%%service`."""
        from grader.notebook.editing import undo

        return undo()


def source_of(file: FileView | str | None) -> Source:
    """Return what a view is about; a text is a compose file, None the workspace's."""
    if isinstance(file, FileView):
        return file._source
    return WORKSPACE if file is None else Source(call="q.text(...)", text=file)


def _typed(name: str, value: str | None) -> str:
    """Return a value as it is typed in a call, a password as a report shows it."""
    return "None" if value is None else json.dumps(MASK if is_secret(name) else value, ensure_ascii=False)


def _unknown(call: str, name: str, known: Sequence[str]) -> str:
    """Return the sentence for a name that does not exist, with the nearest that does."""
    return f"there is no {call}.{name}.{did_you_mean(name, known)} There is: {', '.join(known)}"
