"""Paths as Compose makes them absolute and clean.

Compose: compose-go 2.9.1 (`paths/`), Go's `path.Clean` and `filepath.Join`.
"""

from functools import lru_cache
from posixpath import normpath


def clean(path: str) -> str:
    """Return the shortest equal path, as Go's `path.Clean`: never empty, one slash at the start at most."""
    if not path:
        return "."
    cleaned = normpath(path)
    return cleaned[1:] if cleaned.startswith("//") else cleaned


def join(folder: str, path: str) -> str:
    """Return `path` inside `folder`, as Go's `filepath.Join`."""
    if not folder:
        return clean(path) if path else ""
    return clean(f"{folder}/{path}" if path else folder)


def expand_user(path: str, home: str) -> str:
    """Return a path with `~` at its start replaced; `~user/x` lands in `home` too. Without a `home` it stays."""
    return join(home, path[1:]) if home and path.startswith("~") else path


def is_windows_absolute(path: str) -> bool:
    """Tell whether a path is absolute on Windows: with a drive, `\\\\host\\share` or a device."""
    length = _volume_length(path)
    if length == 0:
        return False
    if path[0] in "\\/" and path[1] in "\\/":
        return True
    return path[length : length + 1] in ("\\", "/")


def _volume_length(path: str) -> int:
    if path[1:2] == ":":
        return 2
    if path[:1] not in ("\\", "/"):
        return 0
    slashed = path.replace("\\", "/")
    lower = slashed.lower()
    if lower == "//./unc" or lower.startswith("//./unc/"):
        return _unc_length(slashed, len("//./UNC/"))
    for prefix in ("//.", "//?", "/??"):
        if lower == prefix or lower.startswith(prefix + "/"):
            if len(path) == 3:
                return 3
            end = slashed.find("/", 4)
            return len(path) if end < 0 else end
    return _unc_length(slashed, 2) if slashed[1:2] == "/" else 0


def _unc_length(slashed: str, start: int) -> int:
    """Return the length of `//host/share`."""
    count = 0
    for index in range(start, len(slashed)):
        if slashed[index] == "/":
            count += 1
            if count == 2:
                return index
    return len(slashed)


@lru_cache(maxsize=64)
def from_host(path: str, folder: str, home: str) -> str:
    """Return the absolute path of a bind's source; absolute ones stay as written, Windows ones too."""
    path = expand_user(path, home)
    if path.startswith("/") or is_windows_absolute(path):
        return path
    return join(folder, path)


def absolute(path: str, folder: str, home: str) -> str:
    """Return the absolute path of a file that the project reads; an empty one stays empty."""
    path = expand_user(path, home)
    return path if not path or path.startswith("/") else join(folder, path)
