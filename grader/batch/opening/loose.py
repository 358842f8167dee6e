"""One compose file among those of others: nothing else exists."""

import os

from grader.compose.files import FileRefused, FolderFiles, Kind


class LooseFiles:
    """The file at `path`, an absolute path of the system. What lies beside it is not there; a link is not followed."""

    def __init__(self, path: str) -> None:
        self._path = path.replace(os.sep, "/")
        self._folder = os.path.dirname(self._path)
        self._inside = self._folder.rstrip("/") + "/"
        self._files = FolderFiles(os.path.dirname(path))
        self._is_link = os.path.islink(path)

    def read(self, path: str) -> bytes:
        """Return the whole file. Raises `FileRefused`."""
        if path == self._path:
            if self._is_link:
                raise FileRefused(path, "outside")
            return self._files.read(path)
        if path.startswith(self._inside):
            raise FileRefused(path, "missing")
        return self._files.read(path)

    def kind(self, path: str) -> Kind | None:
        """Tell what lies at `path`; None: nothing."""
        if path == self._path:
            return "outside" if self._is_link else self._files.kind(path)
        return None if path.startswith(self._inside) else self._files.kind(path)
