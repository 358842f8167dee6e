"""`q`: every call reads the file anew, answers in one of five ways, and names the next call."""

import json
import re
from typing import Any

import pytest

from grader.notebook import q
from grader.notebook.names import names
from grader.notebook.result import RESULT_TYPE, Result
from tests.notebooks.conftest import Learner
from tests.notebooks.workspaces import BROKEN, SOLUTION, rubric

WRONG_ID = SOLUTION.replace("CLUSTER_ID: MkU3OEVBNTcwNTJENDM2Qk", "CLUSTER_ID: my-cluster")


def outcome(result: Result) -> object:
    """How an answer says that a check stands."""
    return result.data["outcome"]


def evaluated(call: str) -> Any:
    """Type a call as a learner would."""
    return eval(call, {"q": q})  # noqa: S307  (the call comes from our own answer)


def test_every_call_reads_the_file_anew(learner: Learner) -> None:
    """Not attempted, wrong, right and cannot read, one after the other."""
    seen = [outcome(q.kafka.cluster_id.check())]
    for text in (WRONG_ID, SOLUTION, "services:\n  - :\n :"):
        learner.write(text)
        seen.append(outcome(q.kafka.cluster_id.check()))

    assert ["not attempted", "failed", "passed", "cannot read"] == seen


def test_what_waits_names_what_it_waits_for(learner: Learner) -> None:
    """And the call for that is the next one."""
    learner.write(WRONG_ID)
    result = q.kafka.starts.check()

    assert "skipped" == outcome(result)
    assert "waits for kafka.cluster-id" in repr(result)
    assert "q.kafka.cluster_id.check()" == result.data["next"]


def test_a_file_that_is_no_yaml_is_named_with_line_and_column(learner: Learner) -> None:
    """What can still be read is judged all the same, and mending comes first."""
    learner.write(BROKEN.text)
    error = BROKEN.report().errors[0]
    result = q.mysql.check()

    assert (False, error.line, error.column) == tuple(result.data[key] for key in ("readable", "line", "column"))
    assert f"line {error.line}, column {error.column}" in repr(result)
    assert f"mend line {error.line}" in repr(result).splitlines()[-1]
    assert "passed" in {check["outcome"] for check in result.data["checks"]}


def test_a_missing_workspace_is_an_answer(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """A traceback would tell a learner nothing."""
    learner.file.unlink()

    assert "cannot read" == outcome(q.kafka.node_id.check())
    assert q.check_all().data["score"] is None
    assert "Cannot read a file" in repr(q.kafka.explain())
    assert "hint" == q.kafka.hint(1).data["kind"]


@pytest.mark.parametrize("text", [None, WRONG_ID, SOLUTION], ids=["skeleton", "wrong", "solution"])
def test_the_next_call_can_be_typed(learner: Learner, text: str | None) -> None:
    """For every check and every part, and the call gives an answer again."""
    if text is not None:
        learner.write(text)
    views = [getattr(q, name) for name in names().parts]
    checks = [evaluated(names().call(check.id)) for check in rubric().checks()]
    answers = [q.check_all(), q.explain(), *(view.check() for view in [*views, *checks])]
    answers += [view.hint(level) for view in [*views, *checks] for level in (1, 2, 3)]
    answers += [view.explain() for view in [*views, *checks]]
    calls = {answer.data["next"] for answer in answers} - {"grade live"}

    assert all(answer.blocks for answer in answers)
    assert {Result} == {type(evaluated(call)) for call in calls}
    assert [] == [answer for answer in answers if answer.data["next"] not in repr(answer).replace("\n      ", " ")]


def test_a_hint_for_a_part_is_that_of_its_first_open_check(learner: Learner) -> None:
    """In the order of the exercise."""
    learner.write(WRONG_ID)

    assert "kafka.cluster-id" == q.kafka.hint(1).data["check"]
    assert "mysql.root-password" == q.what_if("mysql", MYSQL_ROOT_PASSWORD=None).mysql.hint(2).data["check"]
    assert q.mysql.hint(1).data["check"] is None


def test_hints_lead_from_one_to_the_next(learner: Learner) -> None:
    """And from the last one to the reason; a level that does not exist is no error."""
    levels = [q.kafka.node_id.hint(level) for level in (1, 2, 3)]

    assert [f"q.kafka.node_id.{rest}" for rest in ("hint(2)", "hint(3)", "explain()")] == [
        level.data["next"] for level in levels
    ]
    assert q.kafka.node_id.hint(7).data["level"] is None


def test_another_file_is_graded_without_touching_the_learners(learner: Learner) -> None:
    """A file beside the notebook, a text, and the learner's own with a change that stays in memory."""
    learner.beside("broken/01.yml", WRONG_ID)
    before = learner.file.read_bytes()
    answers = [
        q.of("broken/01.yml").kafka.cluster_id.check(),
        q.text(WRONG_ID).kafka.cluster_id.check(),
        q.of("broken/01.yml").what_if("kafka", CLUSTER_ID="MkU3OEVBNTcwNTJENDM2Qk").kafka.cluster_id.check(),
    ]

    assert ["failed", "failed", "passed"] == [outcome(answer) for answer in answers]
    assert ["file", "text", "change"] == [answer.data["source"] for answer in answers]
    assert "broken/01.yml:51:19" in repr(answers[0])
    assert before == learner.file.read_bytes()


def test_a_change_can_take_away_and_be_laid_on_another(learner: Learner) -> None:
    """Variables and volumes; the call that is shown repeats it."""
    learner.write(SOLUTION)
    changed = q.what_if("kafka", KAFKA_NODE_ID=None).what_if("kafka", volumes=["./data:/var/lib/kafka/data"])
    result = changed.kafka.check()

    assert {"kafka.node-id", "kafka.data-volume"} == {
        check["id"] for check in result.data["checks"] if check["outcome"] in ("failed", "not attempted")
    }
    assert 'q.what_if("kafka", KAFKA_NODE_ID=None).what_if("kafka", volumes=["./data:/var/lib/kafka/data"])' in repr(
        result
    ).replace("\n      ", " ")


def test_changes_are_told_apart(learner: Learner) -> None:
    """An answer says in which of several the value stands, and so does the explanation of a container."""
    learner.write(SOLUTION)
    changed = q.what_if("mysql", MYSQL_USER="maria").what_if("mysql", MYSQL_PASSWORD="")
    answer, explanation = changed.mysql.password.check(), changed.mysql.explain()

    assert "your change 2:4:25" in repr(answer)
    assert {"your change:4", "your change 2:4"} == set(re.findall(r"your change\b.*?:\d+", repr(explanation)))


def test_answers_are_the_same_from_every_folder(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """The nearest workspace upwards is meant, and paths begin there."""
    learner.write(WRONG_ID)
    here = repr(q.kafka.check())
    monkeypatch.chdir(learner.workspace)

    assert here == repr(q.kafka.check())
    assert str(learner.workspace) not in json.dumps(q.check_all()._repr_mimebundle_())


def test_passwords_are_masked(learner: Learner) -> None:
    """In a line of the file, in an address, in a call and in what a container gets."""
    secret = "hunter2"
    learner.write(
        SOLUTION.replace("analytics_password", f'"{secret}\'"').replace("mongodb://", f"mongodb://a:{secret}@")
    )
    answers: list[Any] = [q.check_all(), q.mysql.check(), q.mysql.explain(), q.app.check(), q.app.explain()]
    answers += [
        q.mysql.password.check(),
        q.app.mongodb_url.check(),
        q.what_if("mysql", MYSQL_PASSWORD=secret).mysql.check(),
    ]
    answers += [
        q.environment(f"MYSQL_PASSWORD: {secret}").show(),
        q.environment(f"A_TOKEN: {secret}").predict(A_TOKEN="?"),
    ]

    assert [] == [answer for answer in answers if secret in json.dumps(answer._repr_mimebundle_())]


def test_names_complete_and_misspelt_ones_are_answered(learner: Learner) -> None:
    """Tab lists parts, checks and methods."""
    assert {*names().parts, "check_all", "predict", "of"} <= set(dir(q))
    assert {"node_id", "cluster_id", "starts", "check", "hint"} <= set(dir(q.kafka))
    with pytest.raises(AttributeError, match=r"no q\.kakfa\. Did you mean kafka\?"):
        q.kakfa  # noqa: B018
    with pytest.raises(AttributeError, match="Did you mean node_id"):
        q.kafka.nodeid  # noqa: B018


def test_every_check_has_one_name() -> None:
    """All of the rubric can be typed, and no name means two."""
    calls = [names().call(check.id) for check in rubric().checks()]

    assert len(calls) == len(set(calls))
    assert [check.id for check in rubric().checks()] == [evaluated(call)._check.id for call in calls]


def test_an_answer_has_every_form() -> None:
    """Text, Markdown, HTML and data that JSON can hold."""
    bundle = q.text(WRONG_ID).kafka.check()._repr_mimebundle_()

    assert {"text/plain", "text/markdown", "text/html", RESULT_TYPE} == set(bundle)
    assert bundle == json.loads(json.dumps(bundle))
