"""One live run: what is needed for it, the steps in their order, and cleaning up whatever happens."""

import contextlib
import os
import secrets
import tempfile
import time
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from grader import __version__
from grader.compose.loader import load
from grader.compose.model import Loaded
from grader.compose.request import Request
from grader.grading import grade, read_skeleton
from grader.live.cleanup import remove_folder, take_down, undisturbed
from grader.live.compare import compare
from grader.live.copying import TooLarge, copy_submission
from grader.live.engine import Engine, NoEngine, find_engine
from grader.live.override import override_text
from grader.live.project import LiveProject
from grader.live.records import Beyond, LiveReport, StepResult, Stop
from grader.live.session import Session
from grader.live.steps import STEPS, Step
from grader.live.taming import Tamer, secrets_of
from grader.live.trust import beyond_kit, beyond_reading
from grader.report import Report
from grader.rubric import Rubric

PROJECT_PREFIX = "compose-kata-live-"
OVERRIDE_FILE = "grade-live.override.yml"
DOWN_SECONDS = 90.0

TRUST_STOP = "This file asks for more than the kit. If you trust whoever wrote it: --trust"
LEFT_OVER = ("left-over", "Nothing is left over")


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
    """Run a submission and return what happened. Raises `KeyboardInterrupt` after cleaning up."""
    begin = time.monotonic()
    predicted = grade(asked, rubric)
    if predicted.score is None:
        kind = predicted.reason.message if predicted.reason is not None else "it cannot be graded"
        return stopped(predicted.file, Stop("input", kind), options, predicted)
    loaded = load(asked)
    try:
        engine = find_engine(environment)
    except NoEngine as missing:
        return stopped(predicted.file, Stop("engine", str(missing)), options, predicted)
    outside = tuple(beyond_reading(loaded))
    if outside and not options.trust:
        return stopped(predicted.file, Stop("trust", TRUST_STOP), options, predicted, outside)
    run = _Run(loaded, predicted, rubric, options, engine, progress)
    with run.place() as stop:
        if stop is not None:
            return stopped(predicted.file, stop, options, predicted)
        run.steps()
    return run.report(time.monotonic() - begin)


def stopped(
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
    """The state of one run."""

    def __init__(
        self,
        loaded: Loaded,
        predicted: Report,
        rubric: Rubric,
        options: Options,
        engine: Engine,
        progress: Progress,
    ) -> None:
        self._loaded = loaded
        self._predicted = predicted
        self._skeleton = read_skeleton(rubric.skeleton)
        self._options = options
        self._engine = engine
        self._progress = progress
        self._results: dict[str, StepResult] = {}
        self._beyond: tuple[Beyond, ...] = ()
        self._stop: Stop | None = None
        self._ports: dict[str, str] = {}
        self._folder = predicted.folder
        self._was_up = False
        self._copy = ""
        self._outside: tuple[Beyond, ...] = ()
        words = secrets_of(loaded.project)
        self._project = LiveProject(engine, folder=self._folder, files=(), name=None, tame=Tamer(words))
        self._session = Session(
            self._project, predicted, frozenset(words), in_place=options.in_place, old_volumes=False
        )

    @contextlib.contextmanager
    def place(self) -> Iterator[Stop | None]:
        """Make the place that the project runs in, and clean up behind it; gives a reason where that is impossible."""
        project = self._project
        if self._options.in_place:
            project.files = [os.path.join(self._folder, name) for name in self._loaded.files]
            try:
                yield self._missing_code()
            finally:
                with undisturbed():
                    self._leave()
            return
        project.name = PROJECT_PREFIX + secrets.token_hex(4)
        self._copy = os.path.realpath(tempfile.mkdtemp(prefix=PROJECT_PREFIX))
        try:
            project.folder = os.path.join(self._copy, "workspace")
            os.mkdir(project.folder)
            project.files = [os.path.join(project.folder, *name.split("/")) for name in self._loaded.files]
            try:
                copied = copy_submission(self._loaded, self._folder, project.folder)
            except TooLarge as error:
                yield Stop("input", str(error))
                return
            self._outside = copied.outside
            if copied.from_kit:
                names = " and ".join(copied.from_kit)
                self._session.remarks.append(f"There is no {names} beside the file: the kit's own code was used.")
            yield None
        except BaseException:
            with undisturbed():
                self._clean(keep=False)
            raise
        else:
            with undisturbed():
                self._clean(keep=self._options.keep and self._stop is None)

    def steps(self) -> None:
        """Try every step that can be tried."""
        for step in STEPS:
            self._progress.begin(step.TITLE)
            begin = time.monotonic()
            result = self._try(step, begin)
            self._add(result)
            if step.ID == "compose" and result.outcome == "passed":
                self._prepare()
                if self._stop is not None:
                    return
        containers = self._project.containers()
        self._ports = {
            f"{name}:{port}": address for name, one in containers.items() for port, address in sorted(one.ports.items())
        }

    def _add(self, result: StepResult) -> None:
        self._results[result.id] = result
        self._progress.end(result)

    def _try(self, step: Step, begin: float) -> StepResult:
        blocked = next((name for name in step.NEEDS if self._results[name].outcome != "passed"), None)
        if blocked is None:
            broken = next((name for name in step.SERVICES if name in self._session.broken), None)
            blocked = self._session.broken[broken] if broken else None
        if blocked is not None:
            root = self._results[blocked].because or blocked
            return StepResult(step.ID, step.TITLE, "skipped", 0.0, None, because=root)
        finding = step.run(self._session)
        for service in finding.broken:
            self._session.broken.setdefault(service, step.ID)
        seconds = time.monotonic() - begin
        message = None if finding.message is None else self._project.tame(finding.message)
        return StepResult(
            step.ID, step.TITLE, finding.outcome, seconds, message, finding.check, finding.because, finding.causes
        )

    def _prepare(self) -> None:
        """Judge what Compose has resolved, and write the override file."""
        resolved, project = self._session.resolved, self._project
        folders = (self._folder, project.folder)
        in_place = self._options.in_place
        beyond = beyond_kit(resolved, self._skeleton, folders=folders, in_place=in_place)
        self._beyond = (*self._outside, *dict.fromkeys(beyond))
        if self._beyond and not self._options.trust:
            self._stop = Stop("trust", TRUST_STOP)
        elif in_place:
            project.name = str(resolved.get("name"))
            self._was_up = any(one.running for one in project.containers().values())
            names = [str(volume["name"]) for volume in (resolved.get("volumes") or {}).values()]
            self._session.old_volumes = bool(self._engine.inspect("volume", names))
        else:
            path = os.path.join(self._copy, OVERRIDE_FILE)
            with open(path, "w", encoding="utf-8") as file:
                file.write(
                    override_text(resolved, project=str(project.name), submission=self._folder, copy=project.folder)
                )
            project.files.append(path)

    def _missing_code(self) -> Stop | None:
        missing = [name for name in ("apps", "shared") if not os.path.isdir(os.path.join(self._folder, name))]
        if not missing:
            return None
        return Stop(
            "input",
            f"There is no {' and no '.join(missing)} beside {self._predicted.file}. --in-place needs a workspace; "
            "without it the kit's own code is used.",
        )

    def _clean(self, *, keep: bool) -> None:
        if keep:
            return
        self._progress.begin(LEFT_OVER[1])
        begin = time.monotonic()
        left = take_down(self._project) if "up" in self._results or self._session.resolved else []
        remove_folder(self._project, self._copy)
        if os.path.isdir(self._copy):
            left.append(f"folder {self._copy}")
        if self._stop is None:
            message = f"These are left: {', '.join(left)}." if left else None
            outcome = "failed" if left else "passed"
            self._add(StepResult(*LEFT_OVER, outcome, time.monotonic() - begin, message))  # type: ignore[arg-type]

    def _leave(self) -> None:
        """Leave the student's own project as it was found; volumes are never deleted."""
        if "up" not in self._results or self._was_up or self._options.keep:
            return
        self._project.compose("down", seconds=DOWN_SECONDS)

    def report(self, seconds: float) -> LiveReport:
        """Return the report of it all."""
        results = tuple(self._results.values())
        failed = any(result.outcome != "passed" for result in results)
        if self._session.old_volumes and failed:
            self._session.remarks.append(OLD_VOLUMES)
        return LiveReport(
            __version__,
            self._predicted.file,
            self._project.name if self._stop is None else None,
            "not run" if self._stop is not None else "failed" if failed else "proven",
            self._stop,
            self._options.in_place,
            self._stop is None and (self._options.keep or (self._options.in_place and self._was_up)),
            seconds,
            self._beyond,
            results,
            compare(self._predicted, results, old_volumes=self._session.old_volumes) if self._stop is None else (),
            tuple(self._session.remarks),
            self._predicted,
            self._ports,
            (f"docker compose -p {self._project.name} down --volumes --rmi local", f"rm -r {self._copy}"),
        )


OLD_VOLUMES = (
    "The volumes of this project existed before. They remember the values of their first start: MySQL its users, "
    "passwords and database, Kafka its node id and cluster id, MongoDB its log-in. If the file is right and a step "
    "failed all the same: `docker compose down -v` deletes them with all data."
)
