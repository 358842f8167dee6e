"""JUnit XML: what build servers and test dashboards read. Practice, there is no specification: testmoapp/junitxml.

A test suite is an exercise, a test case is a check. The counts of the attributes add up; checks that passed are listed.
XML 1.0 forbids control characters even as references, and ElementTree writes them all the same: every text is cleaned.
"""

from typing import TYPE_CHECKING

from grader.findings import Outcome
from grader.report import CheckResult, ExerciseResult, Report
from grader.reports.clean import clean, clean_line
from grader.reports.places import name_file, shown_path
from grader.reports.plain import further_lines, message_line, place_lines, waits_for
from grader.reports.words import points

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "compose-kata"
NO_TIME = "0"  # checks are judged together: none has a time of its own


def render_junit(report: Report) -> str:
    """Return the report as an XML document; a file that could not be graded is one case with an error."""
    from xml.etree.ElementTree import Element, indent, tostring

    root = Element("testsuites", {"name": NAME})
    suites = [_broken(report)] if report.reason else [_suite(report, exercise) for exercise in report.exercises]
    root.extend(suites)
    for count in ("tests", "failures", "errors", "skipped"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in suites)))
    root.set("time", NO_TIME)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(report: Report, exercise: ExerciseResult) -> "Element":
    return _counted(exercise.id, report, [_case(report, exercise, check) for check in exercise.checks])


def _counted(name: str, report: Report, cases: "list[Element]") -> "Element":
    """Return a suite whose attributes count its cases."""
    from xml.etree.ElementTree import Element

    suite = Element("testsuite", {"name": name, "tests": str(len(cases))})
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(attribute, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("time", NO_TIME)
    suite.set("file", shown_path(report, None))
    suite.extend(cases)
    return suite


def _case(report: Report, exercise: ExerciseResult, check: CheckResult) -> "Element":
    from xml.etree.ElementTree import Element, SubElement

    case = Element("testcase", {"name": check.id, "classname": f"{NAME}.{exercise.id}", "time": NO_TIME})
    if check.at:
        case.set("file", shown_path(report, check.at.file))
        case.set("line", str(check.at.line))
    if check.outcome is Outcome.SKIPPED:
        SubElement(case, "skipped", {"message": waits_for(report, check)})
    elif check.outcome.lost:
        file = shown_path(report, check.at.file if check.at else None)
        message = name_file(check.message or check.title, file)
        failure = SubElement(case, "failure", {"message": clean_line(message), "type": check.outcome.value})
        failure.text = _text("\n".join(_body(report, check)))
    return case


def _body(report: Report, check: CheckResult) -> list[str]:
    """Return the lines of a failure: its place, the line itself, what is wrong, what it costs and how to go on."""
    cost = f"{check.max_score - check.score} of {points(check.max_score)} lost."
    return [*place_lines(report, check), message_line(report, check), cost, *further_lines(report, check)]


def _broken(report: Report) -> "Element":
    from xml.etree.ElementTree import Element, SubElement

    case = Element("testcase", {"name": "gradable", "classname": NAME, "time": NO_TIME})
    if report.reason:
        error = SubElement(case, "error", {"message": clean_line(report.reason.message), "type": "not gradable"})
        place = f"{shown_path(report, None)}:{report.reason.line or 1}:{report.reason.column or 1}"
        error.text = _text(f"{place}\n{report.reason.message}")
    return _counted("not gradable", report, [case])


def _text(text: str) -> str:
    return clean(text).replace("\t", " ")
