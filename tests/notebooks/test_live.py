"""`q.live()`: a run on an engine beside what the grader says; without an engine one sentence, and nothing else."""

from pathlib import Path

import pytest

from grader.live import verification
from grader.live.records import Cause, Disagreement, LiveReport
from grader.notebook import q
from grader.notebook.result import Result
from grader.notebook.running import Printed
from tests.live_unit.runs import report, steps
from tests.notebooks.conftest import Learner
from tests.notebooks.workspaces import SOLUTION

LINE = "ERROR 1045 (28000): Access denied"
CAUSE = Cause("mysql-service", "mysql-service.mysql-password", "The password is another one.", LINE)


def answer(ran: LiveReport, monkeypatch: pytest.MonkeyPatch) -> Result:
    """What a learner sees of a run."""
    monkeypatch.setattr(verification, "verify", lambda *asked, **options: ran)
    return q.live()


def test_without_docker_nothing_is_run(
    learner: Learner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The answer says what to install, and what can be asked all the same."""
    learner.write(SOLUTION)
    monkeypatch.setenv("PATH", str(tmp_path))
    result = q.live()

    assert ("not run", [], "q.check_all()") == tuple(result.data[key] for key in ("status", "steps", "next"))
    assert "there is no command `docker` here" in repr(result)
    assert "" == capsys.readouterr().out


def test_a_missing_file_and_one_in_memory_are_answers(learner: Learner) -> None:
    """Docker Compose reads files, and only those that are there."""
    in_memory = [repr(view.live()) for view in (q.text(""), q.what_if("app", X="1"))]

    assert "There is no file or folder nope.yml" in repr(q.of("nope.yml").live())
    assert [] == [text for text in in_memory if "Docker Compose reads files" not in text]


def test_a_proof_is_short(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing failed, and the grader had said so."""
    result = answer(report(steps()), monkeypatch)

    assert "q on Docker: proven" == repr(result).splitlines()[0]
    assert "nothing is lost" in repr(result)
    assert {"passed"} == {step["outcome"] for step in result.data["steps"]}


def test_a_failure_names_the_step_the_log_and_the_check(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line of the log decides; the next call explains the check. No times: two runs give the same answer."""
    failed = steps({"mysql": "mysql-service.mysql-password"}, causes=(CAUSE, CAUSE))
    result = answer(report(failed), monkeypatch)

    assert "not proven" in repr(result).splitlines()[0]
    assert 1 == repr(result).count(LINE)
    assert "q.mysql_service.mysql_password.explain()" == result.data["next"]
    assert [] == [step for step in result.data["steps"] if "seconds" in step]


def test_what_was_tried_is_printed_meanwhile(capsys: pytest.CaptureFixture[str]) -> None:
    """A step that waits for another one is not."""
    for step in steps({"mysql": None}):
        Printed().begin(step.title)
        Printed().end(step)
    printed = capsys.readouterr().out.splitlines()

    assert [f"{step.outcome}: {step.title}" for step in steps({"mysql": None}) if step.outcome != "skipped"] == printed


def test_a_disagreement_is_the_graders_fault(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the answer says so."""
    ran = report(steps({"mysql": None}))._replace(
        disagreements=(Disagreement("containers.mysql", "works", "It fails"),)
    )
    result = answer(ran, monkeypatch)

    assert "a fault of the grader and not of your file" in " ".join(repr(result).split())
    assert "q.check_all()" == result.data["next"]
