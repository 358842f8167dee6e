"""Single edits of the solution's text: one variable, one mount, one declaration."""

import json

from grader.compose.model import Project
from grader.compose.mounted import TopVolume


class Solution:
    """The solution's text with what Compose reads in it; every edit returns a new text."""

    __slots__ = ("lines", "project")

    def __init__(self, text: str, project: Project) -> None:
        self.lines = text.splitlines(keepends=True)
        self.project = project

    def value(self, service: str, variable: str) -> str | None:
        """The text of a variable in the solution."""
        found = self.project.services.get(service)
        return None if found is None else found.value(variable)

    def without_variable(self, service: str, variable: str) -> str:
        """Leave the line of a variable out, and the key `environment` with the last one."""
        here = self.project.services[service]
        if len(here.environment) == 1 and here.environment_at is not None:
            gone = (here.environment_at.line, self._variable_line(service, variable))
            return "".join(line for number, line in enumerate(self.lines, start=1) if number not in gone)
        return self._replace(self._variable_line(service, variable), "")

    def with_variable(self, service: str, variable: str, value: str) -> str:
        """Give a variable another text, or add it under the service's `environment`."""
        line = self._variable_line(service, variable)
        if line is not None:
            return self._replace(line, self._entry(line, variable, value))
        first = next(iter(self.project.services[service].environment.values())).key.line
        return self._replace(first, self._entry(first, variable, value) + self.lines[first - 1])

    def with_mount(self, service: str, target: str, item: str | None) -> str:
        """Write another short item for the mount at `target`; None leaves it out, and the key with the last one."""
        mounts = self.project.services[service].volumes
        mount = next(mount for mount in mounts if mount.target == target)
        line = mount.at.line
        if item is not None:
            return self._replace(line, f"{_indent(self.lines[line - 1])}- {json.dumps(item)}\n")
        key = self.project.services[service].volumes_at
        if len(mounts) > 1 or key is None:
            return self._replace(line, "")
        lines = [text for number, text in enumerate(self.lines, start=1) if number not in (line, key.line)]
        return "".join(lines)

    def added_mount(self, service: str, item: str) -> str:
        """Add one more item to a service's volumes."""
        line = self.project.services[service].volumes[0].at.line
        return self._replace(line, f"{_indent(self.lines[line - 1])}- {json.dumps(item)}\n{self.lines[line - 1]}")

    def with_declaration(self, volume: TopVolume, body: str | None) -> str:
        """Give a declared volume another flow-style body; None leaves the declaration out."""
        first = volume.at.line
        indent = _indent(self.lines[first - 1])
        last = first
        while last < len(self.lines) and (not self.lines[last].strip() or len(_indent(self.lines[last])) > len(indent)):
            last += 1
        own = "" if body is None else f"{indent}{volume.key}: {body}\n"
        return "".join([*self.lines[: first - 1], own, *self.lines[last:]])

    def with_line(self, line: int, text: str) -> str:
        """Write another text in place of one line (from 1)."""
        return self._replace(line, text)

    def _variable_line(self, service: str, variable: str) -> int | None:
        found = self.project.services[service].environment.get(variable)
        return None if found is None else found.key.line

    def _entry(self, line: int, variable: str, value: str) -> str:
        old = self.lines[line - 1]
        # the solution is read by Compose: a `$` must be written twice
        text = value.replace("$", "$$")
        if old.lstrip().startswith("- "):
            return f"{_indent(old)}- {json.dumps(f'{variable}={text}')}\n"
        return f"{_indent(old)}{variable}: {json.dumps(text)}\n"

    def _replace(self, line: int | None, text: str) -> str:
        if line is None:
            raise ValueError("the solution has no such line")
        return "".join([*self.lines[: line - 1], text, *self.lines[line:]])


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
