"""Single-fault variants of the solution: `variants/<check-id>/<name>.yml` names a fault and edits the solution's text.

The folder is the check that `grade` must lose. The first line, a comment, says what is wrong; `edits` replace a text
that stands exactly once in a service's block (or in the top-level `volumes`) by another one, nothing by leaving it out.
`steps`: the first step of `grade live` that fails is one of these, which of them depends on how fast the computer is;
none where a running stack shows nothing.
"""

from pathlib import Path
from typing import Any, NamedTuple

import yaml

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "variants"
SOLUTION = ROOT / "solutions" / "docker-compose.yml"


class Edit(NamedTuple):
    """Replace `old` by `new` in the block of a service, or of the top-level key `volumes`."""

    block: str
    old: str
    new: str


class Variant(NamedTuple):
    """One fault. `check`: the one that is lost for it; `why`: a sentence; `edits`: how it comes into the solution.

    `steps`: one of them is the first step of `grade live` that fails; empty if none does.
    """

    check: str
    name: str
    why: str
    edits: tuple[Edit, ...]
    steps: tuple[str, ...]

    @property
    def id(self) -> str:
        """The check and the name of the file."""
        return f"{self.check}/{self.name}"

    def text(self) -> str:
        """Return the compose file. Raises ValueError for an edit whose text is not there exactly once."""
        text = SOLUTION.read_text(encoding="utf-8")
        for edit in self.edits:
            text = _edited(text, edit)
        return text


def variants() -> list[Variant]:
    """Return all variants, by check and name."""
    return [_read(path) for path in sorted(FOLDER.glob("*/*.yml"))]


def _read(path: Path) -> Variant:
    text = path.read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    edits = tuple(Edit(edit["in"], edit["old"], edit["new"]) for edit in found["edits"])
    why = text.partition("\n")[0].removeprefix("# ")
    return Variant(path.parent.name, path.stem, why, edits, tuple(found["steps"]))


def _edited(text: str, edit: Edit) -> str:
    key = "\nvolumes:\n" if edit.block == "volumes" else f"\n  {edit.block}:\n"
    before, _, rest = text.partition(key)
    block, blank, after = rest.partition("\n\n")
    if block.count(edit.old.rstrip("\n")) != 1:
        raise ValueError(f"{edit.old!r} must stand once in the block {edit.block} of the solution")
    block = f"{block}\n".replace(edit.old, edit.new)
    return f"{before}{key}{block}{blank[1:]}{after}"
