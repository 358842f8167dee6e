"""One live run: what is needed for it, the steps in their order, and cleaning up whatever happens."""

import time
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from grader import __version__
from grader.compose.loader import load
from grader.compose.model import Loaded
from grader.compose.request import Request
from grader.grading import grade, read_skeleton
from grader.live.cleanup import undisturbed
from grader.live.compare import compare
from grader.live.engine import Engine, NoEngine, find_engine
from grader.live.places import Copy, InPlace
from grader.live.project import LiveProject
from grader.live.records import Beyond, LiveReport, StepResult, Stop
from grader.live.session import Session, StepFinding
from grader.live.steps import STEPS, Step, accepted
from grader.live.taming import Tamer, secrets_of
from grader.live.trust import beyond_kit, beyond_reading
from grader.report import Report
from grader.rubric import Rubric

TRUST_STOP = "This file asks for more than the kit has, so it was not run. If you trust whoever wrote it, add --trust."
LEFT_OVER_ID, LEFT_OVER_TITLE = "left-over", "Nothing is left over"
ENGINE_GONE = "Docker's engine does not answer any more."
ORDER_STAYS = "One user, one product and one order of this run stay in your databases."
OLD_VOLUMES = (
    "The volumes of this project are older than this run. They remember the values of their first start: MySQL its "
    "users, passwords and database, Kafka its node id and cluster id, MongoDB its log-in. If the file is right and a "
    "step failed all the same: `docker compose down -v` deletes the volumes with all data."
)


class Options(NamedTuple):
    """What was typed."""

    keep: bool
    in_place: bool
    trust: bool


class Progress(Protocol):
    """Who is told how the run goes on."""

    def begin(self, title: str) -> None:
        """A step begins."""

    def end(self, result: StepResult) -> None:
        """A step has ended."""


def verify(
    asked: Request, rubric: Rubric, options: Options, *, environment: Mapping[str, str], progress: Progress
) -> LiveReport:
    """Run a submission and return what happened. Raises `KeyboardInterrupt`, after cleaning up."""
    predicted = grade(asked, rubric)
    if predicted.score is None:
        reason = predicted.reason.message if predicted.reason is not None else "the file cannot be graded"
        return not_run(predicted.file, Stop("input", reason), options, predicted)
    loaded = load(asked)
    try:
        engine = find_engine(environment)
    except NoEngine as missing:
        return not_run(predicted.file, Stop("engine", str(missing)), options, predicted)
    outside = tuple(beyond_reading(loaded))
    if outside and not options.trust:
        return not_run(predicted.file, Stop("trust", TRUST_STOP), options, predicted, outside)
    return _Run(predicted, loaded, rubric, options, engine, progress).report()


def not_run(
    file: str, stop: Stop, options: Options, predicted: Report | None, beyond: tuple[Beyond, ...] = ()
) -> LiveReport:
    """Return the report of a run that did not take place."""
    return LiveReport(
        grader=__version__,
        file=file,
        project=None,
        status="not run",
        stop=stop,
        in_place=options.in_place,
        kept=False,
        seconds=0.0,
        beyond=beyond,
        steps=(),
        disagreements=(),
        remarks=(),
        predicted=predicted,
        ports={},
    )


class _Run:
    """One run of one submission."""

    def __init__(
        self,
        predicted: Report,
        loaded: Loaded,
        rubric: Rubric,
        options: Options,
        engine: Engine,
        progress: Progress,
    ) -> None:
        self._predicted = predicted
        self._skeleton = read_skeleton(rubric.skeleton)
        self._options = options
        self._progress = progress
        self._results: dict[str, StepResult] = {}
        words = secrets_of(loaded.project)
        self._project = LiveProject(engine, folder=predicted.folder, files=(), name=None, tame=Tamer(words))
        self._place = (InPlace if options.in_place else Copy)(self._project, loaded)
        self._session = Session(self._project, predicted, frozenset(words), in_place=options.in_place)

    def report(self) -> LiveReport:
        """Run it, clean up, and return the report."""
        begin = time.monotonic()
        file, options, place = self._predicted.file, self._options, self._place
        ports: dict[str, str] = {}
        left: list[str] | None = None
        beyond: tuple[Beyond, ...] = ()
        kept = False
        try:
            stop = place.make()
            if stop is not None:
                return not_run(file, stop, options, self._predicted)
            if self._do(accepted):
                beyond = self._beyond()
                if beyond and not options.trust:
                    return not_run(file, Stop("trust", TRUST_STOP), options, self._predicted, beyond)
                place.settle(self._session.resolved)
            for step in STEPS[1:]:
                self._do(step)
            ports = self._ports()
            kept = options.keep and bool(self._project.containers())
        finally:
            with undisturbed():
                cleaning = time.monotonic()
                if self._results and not kept and not options.in_place:
                    self._progress.begin(LEFT_OVER_TITLE)
                left = place.leave(keep=kept)
        if left is not None:
            message = f"Docker could not delete: {', '.join(left)}." if left else None
            seconds = time.monotonic() - cleaning
            self._add(StepResult(LEFT_OVER_ID, LEFT_OVER_TITLE, "failed" if left else "passed", seconds, message))
        return self._report(time.monotonic() - begin, beyond, ports, kept=kept)

    def _report(self, seconds: float, beyond: tuple[Beyond, ...], ports: dict[str, str], *, kept: bool) -> LiveReport:
        results = tuple(self._results.values())
        proven = all(result.outcome == "passed" for result in results)
        old = isinstance(self._place, InPlace) and self._place.old_volumes
        return LiveReport(
            grader=__version__,
            file=self._predicted.file,
            project=self._project.name,
            status="proven" if proven else "failed",
            stop=None,
            in_place=self._options.in_place,
            kept=kept,
            seconds=seconds,
            beyond=beyond,
            steps=results,
            disagreements=compare(self._predicted, results, old_volumes=old),
            remarks=tuple(self._remarks(old_volumes=old and not proven)),
            predicted=self._predicted,
            ports=ports if kept else {},
            stop_commands=self._place.stop_commands() if kept else (),
        )

    def _remarks(self, *, old_volumes: bool) -> Iterator[str]:
        yield from self._place.remarks
        if self._options.in_place and self._session.order:
            yield ORDER_STAYS
        if old_volumes:
            yield OLD_VOLUMES

    def _do(self, step: Step) -> bool:
        """Try one step, if what it needs is there; tell whether it passed."""
        self._progress.begin(step.TITLE)
        result = self._try(step)
        self._add(result)
        return result.outcome == "passed"

    def _add(self, result: StepResult) -> None:
        self._results[result.id] = result
        self._progress.end(result)

    def _try(self, step: Step) -> StepResult:
        session = self._session
        blocked = next((name for name in step.NEEDS if self._results[name].outcome != "passed"), None)
        blocked = blocked or next((session.broken[name] for name in step.SERVICES if name in session.broken), None)
        if blocked is not None:
            root = self._results[blocked].because or blocked
            return StepResult(step.ID, step.TITLE, "skipped", 0.0, None, because=root)
        begin = time.monotonic()
        finding = step.run(session)
        if not finding.passed and not self._project.engine.answers():
            finding = StepFinding(False, ENGINE_GONE)
        session.broken.update({name: step.ID for name in finding.broken if name not in session.broken})
        message = None if finding.message is None else self._project.tame(finding.message)
        seconds = time.monotonic() - begin
        return StepResult(
            step.ID,
            step.TITLE,
            "passed" if finding.passed else "failed",
            seconds,
            message,
            check=finding.check,
            causes=finding.causes,
        )

    def _beyond(self) -> tuple[Beyond, ...]:
        """Return what the project has beyond the kit, each thing once."""
        folders = (self._predicted.folder, self._project.folder)
        found = beyond_kit(self._session.resolved, self._skeleton, folders=folders, in_place=self._options.in_place)
        return (*self._place.beyond(self._session.resolved), *dict.fromkeys(found))

    def _ports(self) -> dict[str, str]:
        return {
            f"{name}:{port}": address
            for name, one in self._project.containers().items()
            for port, address in sorted(one.ports.items())
        }
