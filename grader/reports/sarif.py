"""SARIF 2.1.0 for GitHub code scanning: lost checks as alerts at their lines.

Rules of GitHub (`sarif-support`): every rule has short, full and help texts; a path is relative to the repository's
root and percent-encoded; no required text is empty; never a `security-severity`.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from grader.report import CheckResult, Report
from grader.reports.alerts import TITLES, Alert, alerts
from grader.reports.clean import clean
from grader.reports.places import repository_path
from grader.reports.words import points

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
VERSION = "2.1.0"
MAX_TEXT_CHARACTERS = 1024  # of a rule's texts
FINGERPRINT_CHARACTERS = 16


def render_sarif(report: Report, root: str | None = None) -> str:
    """Return a log with one run: a rule a check, a result a lost check. Passed and skipped checks say nothing.

    Paths start at the folder `root` (None: the current one).
    """
    import json

    found = alerts(report)
    used = {alert.rule for alert in found}
    rules = [_rule(check, exercise.id) for exercise in report.exercises for check in exercise.checks]
    rules += [_plain_rule(name) for name in TITLES if name in used]
    places = {rule["id"]: index for index, rule in enumerate(rules)}
    driver = {"name": "compose-kata", "semanticVersion": report.grader, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(report, alert, places[alert.rule], print_, root)
            for alert, print_ in zip(found, _fingerprints(found), strict=True)
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": VERSION, "runs": [run]}, indent=2) + "\n"


def _rule(check: CheckResult, exercise: str) -> dict[str, Any]:
    more = f"Read {check.task}. A hint: grade hint {check.id}. Why it matters: grade explain {check.id}."
    return _described(
        check.id, check.title, f"{check.title} ({points(check.max_score)} of {exercise}).", more, exercise
    )


def _plain_rule(name: str) -> dict[str, Any]:
    return _described(name, TITLES[name], f"{TITLES[name]}.", "What to do is said in the message.", "submission")


def _described(name: str, title: str, full: str, more: str, tag: str) -> dict[str, Any]:
    return {
        "id": name,
        "shortDescription": {"text": clean(title)[:MAX_TEXT_CHARACTERS]},
        "fullDescription": {"text": clean(full)[:MAX_TEXT_CHARACTERS]},
        "help": {"text": clean(more)},
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": [tag], "precision": "very-high", "problem.severity": "error"},
    }


def _result(report: Report, alert: Alert, index: int, fingerprint: str, root: str | None) -> dict[str, Any]:
    return {
        "ruleId": alert.rule,
        "ruleIndex": index,
        "level": alert.level,
        "message": {"text": clean(alert.message) or alert.title},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(report, alert.file, root)},
                    "region": {
                        "startLine": alert.line,
                        "startColumn": alert.column,
                        "endLine": alert.line,
                        "endColumn": alert.end_column,
                    },
                }
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
    }


def _uri(report: Report, file: str | None, root: str | None) -> str:
    from urllib.parse import quote

    return quote(repository_path(report, file, root), safe="/", errors="replace")


def _fingerprints(found: Iterable[Alert]) -> list[str]:
    """Return for each alert a name that stays when lines move: of the rule and its line's text, and which one it is."""
    from hashlib import sha256

    seen: Counter[str] = Counter()
    names = []
    for alert in found:
        text = f"{alert.rule}\n{alert.text.strip()}".encode(errors="replace")
        digest = sha256(text).hexdigest()[:FINGERPRINT_CHARACTERS]
        seen[digest] += 1
        names.append(f"{digest}:{seen[digest]}")
    return names
