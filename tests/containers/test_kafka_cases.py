"""The recorded environments: class, message and where the data is."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.containers.projects import BASE, OBSERVED, RECORDED, kafka, rules


def environment_of(case: Mapping[str, Any]) -> dict[str, str]:
    """The whole environment of a case."""
    if "only" in case:
        return dict(case["only"])
    found = {name: value for name, value in BASE.items() if name not in case.get("unset", ())}
    return {**found, **case.get("set", {})}


def cases() -> Iterator[Any]:
    """Every recorded case and every observed one, by its id."""
    for case in (*RECORDED["cases"], *OBSERVED["cases"]):
        yield pytest.param(case, id=f"{case['id']} {case['title']}")


@pytest.mark.parametrize("case", list(cases()))
def test_the_model_says_what_the_container_did(case: dict[str, Any]) -> None:
    """The verdict is that of the real container, its message contains what was logged."""
    model = kafka(
        environment_of(case),
        volumes=case.get("volumes", ["kafka_data:/var/lib/kafka/data"]),
        bootstrap=case.get("bootstrap", "kafka:9092"),
        plain=case.get("plain"),
    )

    assert case["expect"]["class"] == model.verdict.value, rules(model.problems)
    assert (case["expect"]["message_contains"] or "") in (model.message or "")
    if "persisted" in case:
        assert case["persisted"] == model.persisted
    if "localhost_check" in case:
        assert (case["localhost_check"] == "passes") == model.answers_inside(9092)


@pytest.mark.parametrize("case", list(cases()))
def test_the_first_problem_is_the_verdict(case: dict[str, Any]) -> None:
    """A container that works has no problem; otherwise the first one is the one that it shows."""
    model = kafka(environment_of(case), plain=case.get("plain"))

    assert (model.verdict.value == "works") == (not model.problems)
    for problem in model.problems:
        assert problem.explanation.endswith(".")
        assert problem.message
