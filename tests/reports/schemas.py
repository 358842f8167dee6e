"""The schemas of other people's formats, and what a document breaks of them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator, Draft202012Validator

SCHEMAS = Path(__file__).parents[1] / "data" / "schemas"


@cache
def _validator(name: str) -> Any:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    kind = Draft4Validator if "draft-04" in schema["$schema"] else Draft202012Validator
    kind.check_schema(schema)
    return kind(schema)


def broken_rules(name: str, text: str) -> list[str]:
    """Return what a JSON document breaks of a schema of `tests/data/schemas`."""
    return [f"{error.json_path}: {error.message}" for error in _validator(name).iter_errors(json.loads(text))]
