"""`pytest --grade[=PATH]`: each check of the rubric as a test, for teachers whose tools know pytest.

Loaded by pytest at every start wherever the grader is installed, so nothing but pytest is imported before it is asked
for. With `--grade` alone only the checks run; tests that are named on the command line run beside them. The checks are
made from the report and not collected from folders: nothing of a submission at PATH (a `conftest.py` in it) is
executed. What lies in the folder in which pytest starts is pytest's own business.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from grader.report import CheckResult, Report

OPTION = "--grade"
NEAREST = ""  # without PATH it is the nearest workspace, as for `grade`


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare `--grade[=PATH]` and `--grade-rubric`."""
    group = parser.getgroup("compose-kata")
    group.addoption(
        OPTION,
        nargs="?",
        const=NEAREST,
        default=None,
        metavar="PATH",
        help="show each check of compose-kata as a test; PATH: a compose file or its folder (default: your workspace)",
    )
    group.addoption("--grade-rubric", default=None, metavar="DIR", help="with --grade: another rubric")


def pytest_configure(config: pytest.Config) -> None:
    """With `--grade` alone, leave out what pytest would collect by itself.

    PATH behind a blank is refused: pytest looks for its settings in the folders that are named so, and those of a
    submission are the student's; and a test file behind `--grade` would be taken for the submission.
    """
    path = config.getoption(OPTION)
    if path and not _is_meant(config, path):
        raise pytest.UsageError(
            f"write {OPTION}=PATH, with the equals sign. Tests to run beside the checks stand before {OPTION}, "
            f"a single check is named by -k: pytest {OPTION} -k kafka.node-id"
        )
    if path is not None and not config.getoption("file_or_dir"):
        config.args = []


def _is_meant(config: pytest.Config, path: str) -> bool:
    """Tell whether PATH stands behind an equals sign, wherever it is written; a worker of pytest-xdist need not ask."""
    import os
    import shlex

    words = (*config.invocation_params.args, *config.getini("addopts"))
    words += tuple(shlex.split(os.environ.get("PYTEST_ADDOPTS", "")))
    return f"{OPTION}={path}" in words or hasattr(config, "workerinput")


@pytest.hookimpl(tryfirst=True)  # before -k and -m choose among them
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the checks before all other tests."""
    path = config.getoption(OPTION)
    if path is not None:
        found = _items(session, path or None, config.getoption("--grade-rubric"))
        items[:0] = found
        collected = pytest.CollectReport(found[0].nodeid, "passed", None, list(found))
        config.hook.pytest_collectreport(report=collected)  # or pytest would count them only where it leaves them out


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say the score, which tests do not have."""
    score = config.stash.get(_SCORE, None)
    if score is not None:
        terminalreporter.write_sep("=", f"grade: {score}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the score on: a worker of pytest-xdist has no terminal."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told[OPTION] = session.config.stash.get(_SCORE, None)


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist
def pytest_testnodedown(node: Any) -> None:
    """Take the score from a worker that has ended."""
    score = getattr(node, "workeroutput", {}).get(OPTION)
    if score is not None:
        node.config.stash[_SCORE] = score


class Lost(Exception):
    """A check is lost. The text is what its reader needs."""


class Check(pytest.Item):
    """One check of a report as a test."""

    result: "CheckResult"
    report: "Report"

    def runtest(self) -> None:
        """Pass, or fail with what is wrong."""
        if self.result.outcome.lost:
            raise Lost(_lost_text(self.report, self.result))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show a lost check without the inside of the grader; all else as pytest does."""
        return str(excinfo.value) if isinstance(excinfo.value, Lost) else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Any, int | None, str]:
        """Return the place of the check in the file and its heading (a bare id would be shown as a class)."""
        at = self.result.at
        line = at.line - 1 if at and at.file == self.report.file else None
        return self.path, line, f"{self.name}: {self.result.title}"


class Gradable(pytest.Item):
    """The only test of a submission that cannot be graded."""

    reason: str

    def runtest(self) -> None:
        """Fail with the reason."""
        raise Lost(self.reason)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show the reason alone."""
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Any, int | None, str]:
        """Return the file and the name."""
        return self.path, None, self.name


class Submission(pytest.File):
    """The compose file, parent of its checks."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield nothing: the checks are made from the report at once."""
        yield from ()


_SCORE = pytest.StashKey[str]()  # `60 of 100 points`


def _items(session: pytest.Session, path: str | None, rubric: str | None) -> list[pytest.Item]:
    """Grade and return an item a check, or the one that says why there are none."""
    from pathlib import Path

    from grader.findings import Outcome
    from grader.reports.clean import clean
    from grader.reports.plain import waits_for
    from grader.reports.words import points

    report = _graded(path, rubric)
    if report.score is not None:
        session.config.stash[_SCORE] = f"{report.score} of {points(report.max_score)}"
    parent = Submission.from_parent(session, path=Path(report.folder, report.file), nodeid=_shown_name(report))
    if report.reason:
        broken = Gradable.from_parent(parent, name="gradable")
        line = f" (line {report.reason.line}, column {report.reason.column or 1})" if report.reason.line else ""
        broken.reason = _led(f"This cannot be graded{line}: {clean(report.reason.message)}")
        return [broken]
    items: list[pytest.Item] = []
    for result in report.checks():
        item = Check.from_parent(parent, name=result.id)
        item.result, item.report = result, report
        if result.outcome is Outcome.SKIPPED:
            item.add_marker(pytest.mark.skip(reason=waits_for(report, result)))
        items.append(item)
    return items


def _shown_name(report: "Report") -> str:
    """Return the first part of the tests' names: the path from the current folder, the name alone where that leads up.

    The name is the student's: pytest prints it as it is.
    """
    import os

    from grader.reports.places import own_path, shown_path

    path = shown_path(report, None)
    return own_path(report, None) if path.startswith(os.pardir) or os.path.isabs(path) else path.replace(os.sep, "/")


def _graded(path: str | None, rubric_folder: str | None) -> "Report":
    """Grade as the plain command does. What was typed wrongly ends pytest with a sentence."""
    from grader.commands.submission import not_gradable, open_rubric
    from grader.endings import CommandEnd
    from grader.grading import grade
    from grader.workspace import NoSubmission, locate, request

    try:
        rubric = open_rubric(rubric_folder)
    except CommandEnd as error:
        raise pytest.UsageError(str(error)) from error
    try:
        return grade(request(locate(path)), rubric)
    except NoSubmission as error:
        return not_gradable(error, rubric)


def _lost_text(report: "Report", check: "CheckResult") -> str:
    """Return what is wrong, where, the line itself, and what the container would log."""
    from grader.reports.plain import further_lines, message_line, place_lines

    cost = f"Costs {check.max_score - check.score} of {report.max_score} points."
    lines = [message_line(report, check), *place_lines(report, check), cost, *further_lines(report, check)]
    return "\n".join(_led(line) for line in lines)


def _led(text: str) -> str:
    """Let no line begin with what a student wrote: in the log of GitHub one that begins with `::` is a command."""
    return text.replace("\n", "\n| ")
