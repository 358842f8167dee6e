"""docs/instructors.md: its commands can be typed as they stand, and its links lead somewhere."""

import argparse
import importlib
import re
import shlex
from pathlib import Path

import pytest

from grader.batch.gradebooks import GRADEBOOKS
from grader.commands.texts import COMMAND_TEXTS

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "instructors.md").read_text("utf-8")
BLOCKS = re.findall(r"^ *```bash\n(.*?)^ *```", PAGE, flags=re.MULTILINE | re.DOTALL)
COMMANDS = [line.strip() for block in BLOCKS for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_is_one_of_grade(command: str) -> None:
    """With its options, which are parsed."""
    program, name, *rest = shlex.split(command)
    assert "grade" == program
    assert name in COMMAND_TEXTS
    parser = argparse.ArgumentParser(exit_on_error=False)
    importlib.import_module(f"grader.commands.{name}").add_arguments(parser)

    arguments = parser.parse_args(rest)

    wishes = getattr(arguments, "gradebook", [])
    assert all(wish.partition("=")[0] in GRADEBOOKS for wish in wishes)


def test_every_kind_of_gradebook_is_told() -> None:
    """With a whole command."""
    missing = [kind for kind in GRADEBOOKS if not re.search(rf'--gradebook "?{kind}=', PAGE)]

    assert [] == missing


def test_links_lead_somewhere() -> None:
    """To headings, as GitHub makes anchors, and to files."""
    headings = re.findall(r"^#+ (.+)$", PAGE, flags=re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    links = set(re.findall(r"\]\(([^)]+)\)", PAGE))

    assert set() == {link for link in links if link.startswith("#")} - {f"#{anchor}" for anchor in anchors}
    assert [] == [link for link in links if not link.startswith("#") and not (DOCS / link).is_file()]
