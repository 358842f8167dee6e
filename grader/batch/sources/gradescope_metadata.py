"""`submission_metadata.yml` of a Gradescope export: who handed in what, out of a file that holds far more.

It is read as a stream of events: nothing is made of it but the few texts that are asked for.
"""

from typing import NamedTuple

from yaml._yaml import CParser
from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from grader.batch.submission import Student
from grader.reports.clean import clean_line

FILE = "submission_metadata.yml"
MAX_METADATA_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 100
MAX_SUBMITTERS = 100  # of one submission
MAX_TEXT_CHARACTERS = 300

_SUBMITTERS, _CREATED_AT = ":submitters", ":created_at"
_FIELDS = {":name": "name", ":email": "email", ":sid": "id"}


class Entry(NamedTuple):
    """What the file says of one submission."""

    students: tuple[Student, ...] = ()
    created_at: str | None = None


def read_metadata(data: bytes) -> tuple[dict[str, Entry], str | None]:
    """Return the entries by the names of their folders, and what is wrong with the file (None: nothing)."""
    reader = _Reader()
    if len(data) > MAX_METADATA_BYTES:
        return {}, f"is larger than {MAX_METADATA_BYTES // 1024 // 1024} MiB and was not read"
    try:
        fault = reader.read(CParser(data))
    except (YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        fault = f"is no YAML{f' from line {mark.line + 1} on' if mark is not None else ''}"
    return reader.entries, fault


class _Level:
    """A mapping or a sequence that is open; `key` is where we are in it, None: a key comes next.

    `is_key`: it is itself a key of the mapping around it.
    """

    __slots__ = ("is_key", "is_mapping", "key")

    def __init__(self, is_mapping: bool, *, is_key: bool) -> None:
        self.is_mapping = is_mapping
        self.is_key = is_key
        self.key: str | int | None = None if is_mapping else -1


class _Reader:
    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self._levels: list[_Level] = []

    def read(self, parser: CParser) -> str | None:
        """Read to the end; return what is wrong."""
        while True:
            event = parser.get_event()
            if isinstance(event, ScalarEvent | AliasEvent):
                self._value(event.value if isinstance(event, ScalarEvent) else "")
            elif isinstance(event, MappingStartEvent | SequenceStartEvent):
                is_key = self._begin()
                self._levels.append(_Level(isinstance(event, MappingStartEvent), is_key=is_key))
                if len(self._levels) > MAX_DEPTH:
                    return f"is nested more than {MAX_DEPTH} levels deep"
            elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                closed = self._levels.pop()
                if not closed.is_key:
                    self._end()
            elif isinstance(event, StreamEndEvent):
                return None

    def _value(self, text: str) -> None:
        level = self._levels[-1] if self._levels else None
        if level is None:
            return
        if level.is_mapping and level.key is None:
            level.key = text[:MAX_TEXT_CHARACTERS]
            return
        self._begin()
        self._note(clean_line(text[:MAX_TEXT_CHARACTERS]))
        self._end()

    def _begin(self) -> bool:
        """Count a value of a sequence; tell whether what begins is a key, which then is nobody's."""
        level = self._levels[-1] if self._levels else None
        if level is None:
            return False
        if isinstance(level.key, int):
            level.key += 1
        elif level.key is None:
            level.key = ""
            return True
        return False

    def _end(self) -> None:
        if self._levels and self._levels[-1].is_mapping:
            self._levels[-1].key = None

    def _note(self, text: str) -> None:
        if len(self._levels) > 4:
            return
        path = tuple(level.key for level in self._levels)
        folder = path[0]
        if not isinstance(folder, str) or len(path) < 2:
            return
        entry = self.entries.setdefault(folder, Entry())
        if path[1:] == (_CREATED_AT,):
            self.entries[folder] = entry._replace(created_at=text)
        elif len(path) == 4 and path[1] == _SUBMITTERS and path[3] in _FIELDS and text:
            self._note_student(folder, entry, path[2], _FIELDS[str(path[3])], text)

    def _note_student(self, folder: str, entry: Entry, index: str | int | None, field: str, text: str) -> None:
        if not isinstance(index, int) or index >= MAX_SUBMITTERS:
            return
        students = [*entry.students, *[Student()] * (index + 1 - len(entry.students))]
        students[index] = students[index]._replace(**{field: text})
        self.entries[folder] = entry._replace(students=tuple(students))
