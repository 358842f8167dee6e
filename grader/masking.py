"""Passwords never appear in a report.

What counts as secret: the value of a variable whose name says so, the log-in of a URL, and the line of `.env` or of an
`env_file` that such a value comes from.
"""

import re

from grader.compose.errors import Refusal
from grader.compose.marks import Mark, in_words
from grader.compose.model import Project, Variable
from grader.patterns import compiled
from grader.remembered import remembered
from grader.shortening import shorten

MASK = "***"
MAX_CHARACTERS = 2000  # of a text that is searched for passwords and then shown

# PW is a word of its own only: DB_PW, PW2
_NAME = r"(?:(?<![\w.-])[\w.-]*(?:PAS|PWD|SECRET|TOKEN|CREDENTIAL)[\w.-]*|(?<![A-Z])PW\d*(?![A-Z]))"
_SECRET_NAME = r"(?i)PAS|PWD|SECRET|TOKEN|CREDENTIAL|(?<![A-Z])PW\d*(?![A-Z])"
SECRET_HINTS = ("pas", "pw", "secret", "token", "credential")  # one of them is in every such name, in small letters
_ASSIGNMENT = rf"(?i)({_NAME}[\"']?\s*(?:[:=]\s*|\s+))(\S.*)"
_MASKED = r"\*\*\*(?!\w)"
_REFERENCE = r"\$\{[A-Za-z_]\w*\}[\"'\s,}]*(?:#.*)?$"
# `://user:password@`; a slash in the password breaks the URL, but stays a part of the password
_LOGIN = r"(://[^\s/:@]*:)\S*(@)"
# the same without a scheme; `1@kafka:29093,2@kafka2:29093` is none
_BARE_LOGIN = r"((?<![\w.-])[A-Za-z_][\w.-]*:)(?!//)[^\s,;@'\"]+(@)"
_SHORT_OPTION = r"((?:^|\s)-p)[^\s'\"]+"  # of the clients: `mysqladmin -psecret ping`
_QUOTED_REST = r"(unterminated quoted value |in variable name |Invalid template: |invalid map key: )[\s\S]*"
_OWN_MESSAGE = r"(required variable \S+ is missing a value: )[\s\S]*"
_ALIAS = r"(unknown anchor ')[^']*(')"
_UNSET = r'(The ")(\w+)(" variable is not set)'


@remembered
def is_secret(name: str) -> bool:
    """Tell whether a variable's name says that its value is nobody's business."""
    low = name.lower()
    if "password" in low:  # nearly all of them, at a glance
        return True
    return may_name_secret(name) and compiled(_SECRET_NAME).search(name) is not None


def may_name_secret(text: str) -> bool:
    """Tell at a glance whether a text may hold the name of a secret: few do, and patterns take their time."""
    low = text.lower()
    for hint in SECRET_HINTS:
        if hint in low:
            return True
    return not text.isascii()


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
    for mark in sorted(set(marks), key=lambda mark: -mark.column):
        start = mark.column - 1
        end = start + mark.width if mark.width else len(line)
        if 0 <= start < len(line):
            line = line[:start] + MASK + line[end:]
    line = mask_text(line)
    return compiled(_ASSIGNMENT).sub(_mask_assignment, line) if may_name_secret(line) else line


def mask_text(text: str) -> str:
    """Return a text that may quote an address without the passwords of its log-ins."""
    text = shorten(text, MAX_CHARACTERS)
    if "@" not in text:
        return text
    return compiled(_BARE_LOGIN).sub(rf"\1{MASK}\2", compiled(_LOGIN).sub(rf"\1{MASK}\2", text))


def mask_argument(text: str) -> str:
    """Return an argument of a command, or a value of the file, without a password that is given to a program."""
    return compiled(_ASSIGNMENT).sub(_mask_assignment, compiled(_SHORT_OPTION).sub(rf"\1{MASK}", mask_text(text)))


def _mask_assignment(match: re.Match[str]) -> str:
    name, value = match.groups()
    harmless = compiled(_MASKED).match(value) or compiled(_REFERENCE).match(value) or name.lower().startswith("secrets")
    return name + (value if harmless else MASK)


def mask_warning(message: str, line: str, at_secret: bool) -> str:
    """Hide a name that Compose read behind the `$` of a password (`pa$word`), not one that was meant (`${NAME}`)."""
    message = shorten(message, MAX_CHARACTERS)
    found = compiled(_UNSET).search(message)
    if found is None or not at_secret or f"${{{found[2]}" in line or is_secret(found[2]):
        return message
    return compiled(_UNSET).sub(rf"\1{MASK}\3", message)


def refusal_in_words(refusal: Refusal) -> str:
    """Return Compose's words as part of a sentence for a student: with the file's name where `<f>` stands for it."""
    return mask_refusal(refusal).replace("<f>", in_words(refusal.at.file))


def mask_refusal(refusal: Refusal) -> str:
    """Return Compose's words without the text of a secret value that some of them quote."""
    message = refusal.message if refusal.about is None else refusal.message.replace("<f>", refusal.about)
    message = shorten(message, MAX_CHARACTERS)
    secret = len(refusal.path) > 3 and any(map(is_secret, refusal.path[3:]))
    if secret and "\n" in message:
        return "\n".join([*message.split("\n")[:-1], MASK])
    of_env_file = refusal.kind == "dotenv_syntax" or message.startswith("failed to read")
    if secret or of_env_file:
        message = compiled(_OWN_MESSAGE).sub(rf"\1{MASK}", compiled(_ALIAS).sub(rf"\1{MASK}\2", message))
        message = compiled(_QUOTED_REST).sub(rf"\1{MASK}", message)
    return mask_text(message)
