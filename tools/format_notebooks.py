"""Keep `notebooks/*.ipynb` as they are written: no outputs, no execution counts, no metadata of an editor.

    python tools/format_notebooks.py [--check] [FILE ...]

A cell keeps its id; one without a good id gets one that depends on its text alone, so the same notebook always becomes
the same file. `--check` changes nothing and ends with exit code 1 if a file would change.
"""

import argparse
import hashlib
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # nbformat 4.5
KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
EXIT_FINE, EXIT_CHANGES, EXIT_BROKEN = 0, 1, 2


def formatted(text: str) -> str:
    """Return a notebook's text in its one form. Raises `ValueError` for what is no notebook."""
    import nbformat
    from nbformat.validator import NotebookValidationError

    notebook: Any = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    taken: set[str] = set()
    for cell in notebook.cells:
        cell.id = _id(cell, taken)
        taken.add(cell.id)
        tags = cell.metadata.get("tags")
        cell.metadata = {"tags": sorted(tags)} if tags else {}
        cell.source = "\n".join(line.rstrip() for line in cell.source.split("\n")).strip("\n")
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if cell.pop("attachments", None):
            raise ValueError(f"cell {cell.id} has a picture inside; put it into notebooks/img and link it")
    notebook.cells = [cell for cell in notebook.cells if cell.source]
    notebook.metadata, notebook.nbformat, notebook.nbformat_minor = KERNEL, 4, 5
    try:
        nbformat.validate(nbformat.from_dict(notebook))  # type: ignore[no-untyped-call]
    except NotebookValidationError as error:
        raise ValueError(str(error).splitlines()[0]) from error
    written: str = nbformat.writes(nbformat.from_dict(notebook), version=4)  # type: ignore[no-untyped-call]
    return written.rstrip("\n") + "\n"


def _id(cell: Any, taken: set[str]) -> str:
    """Return the cell's own id if it is good and new, else one made of its text."""
    own: str = cell.get("id", "")
    number = 0
    while not CELL_ID.fullmatch(own) or own in taken:
        own = hashlib.sha256(f"{number}{cell.cell_type}{cell.source}".encode()).hexdigest()[:8]
        number += 1
    return own


def main() -> int:
    """Format the notebooks, or say which would change."""
    parser = argparse.ArgumentParser(description="Keep notebooks without outputs and metadata.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="notebooks (default: all of notebooks/)")
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 if something would change")
    arguments = parser.parse_args()
    code = EXIT_FINE
    for path in arguments.files or sorted((ROOT / "notebooks").rglob("*.ipynb")):
        old = path.read_text("utf-8")
        try:
            new = formatted(old)
        except Exception as error:
            print(f"{path}: no good notebook: {error}", file=sys.stderr)
            code = EXIT_BROKEN
            continue
        if new == old:
            continue
        code = code or (EXIT_CHANGES if arguments.check else EXIT_FINE)
        print(f"{path}: {'would change; run make notebooks' if arguments.check else 'formatted'}")
        if not arguments.check:
            path.write_text(new, encoding="utf-8", newline="\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
