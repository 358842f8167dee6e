"""`junit`: read back by a parser of the format, and by one of XML."""

from xml.etree import ElementTree

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase

from grader.findings import Outcome
from grader.report import Change, Report
from grader.reports import FORMATS
from tests.reports.samples import BROKEN, FULL, HALF, REFUSED, UNTOUCHED, WRONG, exercise, report

HARMFUL = "a\x00\x08\x0b\x1b[31m\x7f\x9b\ud800\udfff\ufffe\uffffb"


def cases(sample: Report) -> dict[str, TestCase]:
    """Return the cases by name, as a reader of the format finds them."""
    suites = JUnitXml.fromstring(FORMATS["junit"](sample).encode())
    return {case.name: case for suite in suites for case in suite}


def test_every_outcome_has_its_element() -> None:
    """Not attempted is a failure of its own type, what waits is skipped and says for what."""
    found = cases(HALF)
    kinds = {
        name: [(type(result), result.message, result.type) for result in case.result] for name, case in found.items()
    }

    assert [] == kinds["mongodb.database"]
    assert [(Failure, "The cluster id decodes to 7 bytes: too short.", "failed")] == kinds["kafka.cluster-id"]
    assert [(Failure, "Kafka has no listeners yet.", "not attempted")] == kinds["kafka.listeners"]
    assert [(Skipped, "waits for kafka.cluster-id", None)] == kinds["kafka.starts"]


def test_a_failure_shows_the_line_and_what_the_container_would_log() -> None:
    """What a build server shows when one opens it."""
    text = cases(HALF)["kafka.cluster-id"].result[0].text or ""

    assert [
        "docker-compose.yml:41:19",
        "   41 |       CLUSTER_ID: my-cluster",
        "      |                   ^^^^^^^^^^",
        "The cluster id decodes to 7 bytes: too short.",
        "3 of 3 points lost.",
        "The container would log: Cluster ID string my-cluster does not appear to be a valid UUID",
        "More: grade hint kafka.cluster-id",
    ] == text.splitlines()


@pytest.mark.parametrize("sample", [HALF, UNTOUCHED, FULL, REFUSED, BROKEN])
def test_the_counts_add_up(sample: Report) -> None:
    """Those of the document are those of its suites are those of the cases."""
    root = ElementTree.fromstring(FORMATS["junit"](sample).encode())
    for count, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"), ("tests", None)):
        for element in (root, *root.iter("testsuite")):
            listed = list(element.iter("testcase"))
            counted = len([case for case in listed if tag is None or case.find(tag) is not None])

            assert counted == int(element.get(count, "-1"))


@pytest.mark.parametrize("sample", [HALF, UNTOUCHED, FULL, REFUSED, BROKEN])
def test_every_case_has_both_names_and_the_time(sample: Report) -> None:
    """Most readers want all three."""
    root = ElementTree.fromstring(FORMATS["junit"](sample).encode())

    assert [] == [case.attrib for case in root.iter("testcase") if not {"name", "classname", "time"} <= {*case.attrib}]


def test_what_cannot_be_graded_is_one_error() -> None:
    """Neither a pass nor a failure."""
    found = cases(BROKEN)

    assert ["gradable"] == list(found)
    assert [Error] == [type(result) for result in found["gradable"].result]
    assert "docker-compose.yml:3:9" in (found["gradable"].result[0].text or "")


def test_what_waits_for_the_skeleton_says_what_to_put_back() -> None:
    """No other case of the document does."""
    waiting = WRONG._replace(outcome=Outcome.SKIPPED, because="skeleton", message=None)
    changed = report(exercise("02-kafka", [waiting]))._replace(changes=(Change("a.b", "a.b is new.", 7),))

    assert "waits for skeleton: line 7: a.b is new." == cases(changed)["kafka.cluster-id"].result[0].message


def test_characters_that_xml_forbids_are_replaced() -> None:
    """Even as references they would make the file unreadable."""
    bad = WRONG._replace(message=HARMFUL, at=WRONG.at and WRONG.at._replace(file=f"{HARMFUL}.yml"))
    root = ElementTree.fromstring(FORMATS["junit"](report(exercise("02-kafka", [bad]))).encode())
    failure = next(root.iter("failure"))

    assert 10 == (failure.get("message") or "").count("\ufffd")


def test_markup_in_a_message_stays_text() -> None:
    """A student's value must not end the document."""
    message = "</failure></testcase><testcase name='x'/> ]]> & \"quoted\""
    found = cases(report(exercise("02-kafka", [WRONG._replace(message=message)])))

    assert ["kafka.cluster-id"] == list(found)
    assert message == found["kafka.cluster-id"].result[0].message
