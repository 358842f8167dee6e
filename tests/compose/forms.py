"""Single forms of a service, with what Docker Compose says about them: `tests/data/compose_forms.json`, by topic."""

import json
from pathlib import Path
from typing import Any

from grader.compose.files import MemoryFiles
from grader.compose.request import Request
from tests.compose.recorded import answer

FORMS = Path(__file__).resolve().parents[1] / "data" / "compose_forms.json"


def read_forms() -> dict[str, dict[str, Any]]:
    """Return the answers by topic and form: `error` and `warnings`, neither if Compose takes it without a word."""
    forms: dict[str, dict[str, Any]] = json.loads(FORMS.read_text("utf-8"))
    return forms


def project_of(form: str) -> str:
    """Return the project in which a form is tried: one more service, a secret and a config stand beside it."""
    return (
        f"services:\n  app: {{image: x, {form}}}\n  other: {{image: x}}\n"
        "secrets: {s: {file: ./s}}\nconfigs: {c: {file: ./c}}\nvolumes: {db: }\n"
    )


def answer_to(form: str) -> dict[str, Any]:
    """Return what we say about a form, in the form of a recorded answer."""
    files = MemoryFiles({"docker-compose.yml": project_of(form)})
    found = answer(Request(files, "/submission", project_name="kata"))
    return {key: found[key] for key in ("error", "warnings") if found.get(key)}
