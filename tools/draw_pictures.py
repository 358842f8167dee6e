"""Draw the pictures of the notebooks, `notebooks/img/*.svg`: `python tools/draw_pictures.py [--check]`.

A picture is data in a module of `tools/pictures/`. `--check` changes nothing and ends with exit code 1 if a file is not
the drawn one, is missing, or is drawn by nothing.
"""

import argparse
import pkgutil
import sys
from importlib import import_module
from pathlib import Path

import pictures
from pictures.drawing import Picture, draw

FOLDER = Path(__file__).parents[1] / "notebooks" / "img"


def all_pictures() -> list[Picture]:
    """Return the pictures of all modules in the order of their names. Raises `ValueError` for a name used twice."""
    found: list[Picture] = []
    for module in sorted(pkgutil.iter_modules(pictures.__path__), key=lambda module: module.name):
        found += getattr(import_module(f"pictures.{module.name}"), "PICTURES", ())
    names = [picture.name for picture in found]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"pictures with the same name: {', '.join(twice)}")
    return found


def main() -> int:
    """Draw what differs, take away what nothing draws, or say so."""
    parser = argparse.ArgumentParser(description="Draw the pictures of the notebooks.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit code 1 if something would change")
    check = parser.parse_args().check
    wanted = {FOLDER / f"{picture.name}.svg": draw(picture) for picture in all_pictures()}
    stale = [path for path in sorted(FOLDER.glob("*.svg")) if path not in wanted]
    old = {path: path.read_text("utf-8") if path.is_file() else None for path in wanted}
    changed = [path for path, text in wanted.items() if old[path] != text]
    for path in [*changed, *stale]:
        print(
            f"{path.name}: {'would change; run make pictures' if check else 'drawn' if path in wanted else 'removed'}"
        )
    if check:
        return 1 if changed or stale else 0
    FOLDER.mkdir(exist_ok=True)
    for path in changed:
        path.write_text(wanted[path], encoding="utf-8", newline="\n")
    for path in stale:
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
