"""What lies in a hand-in without anybody having meant it: it is passed over, and not counted."""

import re

# leavings of systems, version control, editors and package managers; a name matches as a whole
FOLDERS = frozenset(
    [
        "__MACOSX", ".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", "venv", ".idea", ".vscode", ".vs",
        ".ipynb_checkpoints", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".cache", ".Trash", ".Trashes",
        ".Spotlight-V100", ".fseventsd", ".TemporaryItems", ".AppleDouble", "$RECYCLE.BIN", "System Volume Information",
    ]
)  # fmt: skip
FILES = frozenset(
    ["thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store", ".localized", ".gitkeep", ".directory", "icon\r"]
)

# `._x` (macOS), `x~` and `#x#` (Emacs), `.x.swp` (Vim), `~$x` and `.~lock.x#` (offices)
_EDITORS = re.compile(r"\._.*|.*~|#.*#|\.#.*|\..*\.sw[a-p]|~\$.*|\.~lock\..*#", re.DOTALL)


def is_junk(name: str, *, folder: bool = False) -> bool:
    """Tell whether a file or folder of this name, without its path, is passed over."""
    if folder:
        return name in FOLDERS
    return name.lower() in FILES or ((name[:1] in "._#~" or name[-1:] in "~#") and _EDITORS.fullmatch(name) is not None)


def is_junk_path(path: str) -> bool:
    """Tell the same of a relative POSIX path of a file: it, or a folder on the way to it, is passed over."""
    *folders, name = path.split("/")
    return any(folder in FOLDERS for folder in folders) or is_junk(name)
