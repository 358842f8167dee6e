"""`result.json` of an autograder of Classroom 50 (`classroom50/result/v1`).

A report knows what was scored; whose submission it is stands in the environment of the runner and is added by
`with_submission`. No other keys are allowed on top. What cannot be graded has no result: the runner then says `error`.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from grader.findings import Outcome
from grader.report import CheckResult, Report
from grader.reports.clean import clean
from grader.reports.plain import waits_for

if TYPE_CHECKING:
    from datetime import datetime

SCHEMA = "classroom50/result/v1"
TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
TAG_BEGINS = "submit/"
TAG_TIME = r"submit/(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z"
TYPES = ("individual", "group")
# key of the result: the variables that hold it, the first that is set counts
VARIABLES = {
    "classroom": ("CLASSROOM",),
    "assignment": ("ASSIGNMENT",),
    "assignment_type": ("ASSIGNMENT_TYPE",),
    "owner": ("OWNER", "USERNAME"),
    "submission": ("SUBMISSION_TAG",),
    "commit": ("COMMIT_URL",),
    "release": ("RELEASE_URL",),
    "review": ("REVIEW_URL", "COMMIT_URL"),  # equal where there is nothing to compare
}


def render_classroom50(report: Report) -> str:
    """Return what the report alone says of the result, or nothing at all for what cannot be graded."""
    import json

    if report.score is None:
        return ""
    result = {
        "schema": SCHEMA,
        "score": report.score,
        "max-score": report.max_score,
        "tests": [_test(report, check) for check in report.checks()],
    }
    return json.dumps(result, indent=2) + "\n"


def _test(report: Report, check: CheckResult) -> dict[str, Any]:
    """Return one test; keys beyond the first four are kept as they are."""
    message = waits_for(report, check) if check.outcome is Outcome.SKIPPED else check.message or ""
    return {
        "test-name": check.id,
        "passed": check.outcome is Outcome.PASSED,
        "score": check.score,
        "max-score": check.max_score,
        "title": check.title,
        "outcome": check.outcome.value,
        "line": check.at.line if check.at else None,
        "message": clean(message),
    }


def complaint(environment: Mapping[str, str]) -> str | None:
    """Say which variables of the runner are missing or cannot be right; None: nothing is in the way."""
    missing = [
        " or ".join(names)
        for key, names in VARIABLES.items()
        if key != "review" and not any(environment.get(name) for name in names)
    ]
    if missing:
        return f"these variables of the runner are not set: {', '.join(missing)}"
    if not environment["SUBMISSION_TAG"].startswith(TAG_BEGINS):
        return f"SUBMISSION_TAG must begin with {TAG_BEGINS}"
    if environment["ASSIGNMENT_TYPE"] not in TYPES:
        return f"ASSIGNMENT_TYPE must be one of: {', '.join(TYPES)}"
    return None


def with_submission(text: str, environment: Mapping[str, str], now: "datetime") -> str:
    """Return the rendered result with what the runner knows; `now` is in UTC.

    The moment of the submission is that of its tag. (The runner puts the commit's in its place.)
    """
    import json

    result = json.loads(text)
    known: dict[str, Any] = {
        key: next(environment[name] for name in names if environment.get(name)) for key, names in VARIABLES.items()
    }
    known["datetime"] = _moment(known["submission"]) or now.strftime(TIME_FORMAT)
    known["graded_at"] = now.strftime(TIME_FORMAT)
    if environment.get("GITHUB_ACTOR"):
        number = environment.get("GITHUB_ACTOR_ID", "")
        known["submitted_by"] = {
            "username": environment["GITHUB_ACTOR"],
            "id": int(number) if number.isascii() and number.isdigit() else None,
        }
    return json.dumps({"schema": result.pop("schema"), **known, **result}, indent=2) + "\n"


def _moment(tag: str) -> str | None:
    """Return the time in `submit/2026-06-01T14-32-05Z-a1b2c3d`; None: there is none."""
    import re
    from datetime import datetime

    found = re.match(TAG_TIME, tag)
    if found is None:
        return None
    day, hour, minute, second = found.groups()
    try:
        return datetime.strptime(f"{day}T{hour}:{minute}:{second}Z", TIME_FORMAT).strftime(TIME_FORMAT)
    except ValueError:  # the 31st of June
        return None
