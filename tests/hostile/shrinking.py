"""Makes a find small: the files, lines and characters that it does not need are taken out."""

from collections.abc import Callable, Mapping

from tests.hostile.inputs.pieces import Project


def smaller(files: Mapping[str, bytes], still_fails: Callable[[Project], bool]) -> Project:
    """Return a submission with as few files, lines and characters as it takes to fail in the same way."""
    found = dict(files)
    for name in list(found):
        without = {other: data for other, data in found.items() if other != name}
        if without and still_fails(without):
            found = without
    for separator in (b"\n", b""):
        for name in list(found):
            found[name] = _shorter(found[name], separator, lambda data, name=name: still_fails({**found, name: data}))  # type: ignore[misc]
    return found


def _shorter(data: bytes, separator: bytes, fails: Callable[[bytes], bool]) -> bytes:
    parts = data.split(separator) if separator else [bytes([one]) for one in data]
    size = max(len(parts) // 2, 1)
    while parts:
        at = 0
        while at < len(parts):
            fewer = parts[:at] + parts[at + size :]
            if fails(separator.join(fewer)):
                parts = fewer
            else:
                at += size
        if size == 1:
            break
        size //= 2
    return separator.join(parts)
