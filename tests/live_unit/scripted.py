"""A project without an engine: its containers, logs and answers are what a test says they are."""

from collections.abc import Callable, Mapping

from grader.live.engine import Engine
from grader.live.process import Ran
from grader.live.project import Container, LiveProject, MountPoint
from grader.live.session import SERVICES, Session
from grader.report import Report
from tests.live_unit.runs import predicted

DATA = {"mongodb": "/data/db", "kafka": "/var/lib/kafka/data", "mysql": "/var/lib/mysql"}
Answer = Callable[[str, tuple[str, ...]], Ran]


def container(service: str, *, restarts: int = 0, status: str = "running", exit_code: int = 0) -> Container:
    """A container of the kit, its data in a named volume."""
    path = DATA.get(service)
    mounts = () if path is None else (MountPoint("volume", f"kata_{service}_data", path, False),)
    return Container(f"id-{service}", service, status, exit_code, restarts, None, (), mounts, {})


def says(text: str, code: int = 0) -> Ran:
    """What a program wrote."""
    return Ran(code, text, "")


class Scripted(LiveProject):
    """Everything runs, nothing is logged, and every question gets the same answer."""

    def __init__(self, answer: Answer, containers: Mapping[str, Container] | None = None, log: str = "") -> None:
        super().__init__(Engine("true", {}), folder="/nowhere", files=(), name="kata", tame=str)
        self.answer = answer
        self.running = dict(containers or {name: container(name) for name in SERVICES})
        self.log = log

    def containers(self) -> dict[str, Container]:
        """What the test says."""
        return self.running

    def logs(self, service: str, *, since_seconds: float | None = None) -> str:
        """The same for every service."""
        return self.log

    def ask(self, service: str, *argv: str, seconds: float, stdin: bytes | None = None) -> Ran:
        """The answer to a command in a container."""
        return self.answer(service, argv)

    def visit(self, service: str, *argv: str, seconds: float, stdin: bytes | None = None) -> Ran:
        """The answer to a program in a container of its own."""
        return self.answer(service, argv)


def session(project: Scripted, report: Report | None = None) -> Session:
    """A run of the solution, or of what a report is about."""
    return Session(project, report or predicted(), frozenset(), in_place=False)
