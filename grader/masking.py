"""Passwords never appear in a report.

What counts as secret: the value of a variable whose name says so, the log-in of a URL, and the line of `.env` or of an
`env_file` that such a value comes from.
"""

import re

from grader.compose.marks import Mark
from grader.compose.model import Project, Refusal, Variable

MASK = "***"
SECRET_WORDS = ("PAS", "PWD", "SECRET", "TOKEN", "CREDENTIAL")

_ASSIGNMENT = re.compile(
    r"([\w.-]*(?:PAS|PWD|SECRET|TOKEN|CREDENTIAL)[\w.-]*[\"']?\s*(?:[:=]\s*|\s+))(\S.*)", re.IGNORECASE
)
_LOGIN = re.compile(r"(://[^\s/:@]*:)[^\s/]*(@)")
_QUOTED_REST = re.compile(r"(unterminated quoted value |in variable name |Invalid template: |invalid map key: )[\s\S]*")


def is_secret(name: str) -> bool:
    """Tell whether a variable's name says that its value is nobody's business."""
    upper = name.upper()
    return any(word in upper for word in SECRET_WORDS)


def secret_marks(project: Project) -> dict[tuple[str, int], list[Mark]]:
    """Map (file, line) to the places on that line at which a secret stands."""
    found: dict[tuple[str, int], list[Mark]] = {}
    for service in project.services.values():
        for variable in service.environment.values():
            if not is_secret(variable.name):
                continue
            for mark in _places(variable):
                found.setdefault((mark.file, mark.line), []).append(mark)
    return found


def _places(variable: Variable) -> list[Mark]:
    written, source = variable.marks
    return [mark for mark in (written, source) if mark != variable.key]


def mask_line(line: str, marks: list[Mark]) -> str:
    """Return a line of a student's file without the secrets on it."""
    for mark in sorted(marks, key=lambda mark: -mark.column):
        start = mark.column - 1
        end = start + mark.width if mark.width else len(line)
        if 0 <= start < len(line):
            line = line[:start] + MASK + line[end:]
    line = _LOGIN.sub(rf"\1{MASK}\2", line)
    return _ASSIGNMENT.sub(_mask_assignment, line)


def _mask_assignment(match: re.Match[str]) -> str:
    return match.group(1) + (match.group(2) if match.group(2).startswith(("{", "[", "${", MASK)) else MASK)


def mask_refusal(refusal: Refusal) -> str:
    """Return Compose's words without the text of a secret value that some of them quote."""
    message = refusal.message
    if len(refusal.path) > 3 and is_secret(refusal.path[3]) and "\n" in message:
        lines = message.split("\n")
        return "\n".join([*lines[:-1], MASK])
    if refusal.kind in ("dotenv_syntax", "yaml_syntax", "interpolation_format"):
        message = _QUOTED_REST.sub(rf"\1{MASK}", message) if refusal.kind == "dotenv_syntax" else message
    return _LOGIN.sub(rf"\1{MASK}\2", message)
