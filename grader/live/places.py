"""Where a submission is run: in a copy under a project name of its own, or in its own folder as its own project."""

import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from typing import Any, Protocol

from grader.compose.model import Loaded
from grader.live.cleanup import remove_folder, take_down
from grader.live.copying import CODE_FOLDERS, TooLarge, copy_submission
from grader.live.foreign import foreign
from grader.live.override import override_text
from grader.live.project import LiveProject
from grader.live.records import Beyond, Stop

PROJECT_PREFIX = "compose-kata-live-"
RESOLVED_FILE = "grade-live.resolved.json"
EMPTY_ENV_FILE = "grade-live.env"
OVERRIDE_FILE = "grade-live.override.yml"
DOWN_SECONDS = 90.0

Resolved = Mapping[str, Any]


class Place(Protocol):
    """What both kinds of places do."""

    project: LiveProject
    remarks: list[str]

    def make(self) -> Stop | None:
        """Make it ready for Compose to read the project; the reason where that is impossible."""

    def beyond(self, resolved: Resolved) -> tuple[Beyond, ...]:
        """Return what the place itself finds that needs trust, with what Compose has resolved."""

    def settle(self, resolved: Resolved) -> None:
        """Make it ready for containers, with what Compose has resolved."""

    def leave(self, *, keep: bool) -> list[str] | None:
        """Clean up; return what could not be deleted, None where nothing was to be deleted."""

    def stop_commands(self) -> tuple[str, ...]:
        """Return what a person types to end what was kept; empty where nothing was."""


class Copy:
    """A copy in a temporary folder, which the engine must be able to mount (TMPDIR chooses another one)."""

    def __init__(self, project: LiveProject, loaded: Loaded) -> None:
        self.project = project
        self.remarks: list[str] = []
        self._outside: tuple[Beyond, ...] = ()
        self._loaded = loaded
        self._submission = project.folder
        self._folder = ""
        self._asked = False  # Docker knows the project only after Compose was asked to make something of it

    def make(self) -> Stop | None:
        """Copy the submission."""
        project = self.project
        project.name = PROJECT_PREFIX + secrets.token_hex(4)
        self._folder = os.path.realpath(tempfile.mkdtemp(prefix=PROJECT_PREFIX))
        project.folder = os.path.join(self._folder, "workspace")
        os.mkdir(project.folder)
        project.files = [os.path.join(project.folder, *name.split("/")) for name in self._loaded.files]
        try:
            copied = copy_submission(self._loaded, self._submission, project.folder)
        except TooLarge as error:
            return Stop("input", str(error))
        self._outside = copied.outside
        if copied.from_kit:
            names = " and ".join(f"{name}/" for name in copied.from_kit)
            self.remarks.append(f"Beside the file there is no {names}: the kit's own code was used.")
        return None

    def beyond(self, resolved: Resolved) -> tuple[Beyond, ...]:
        """Return the links that lead out of the submission; all names are the copy's own."""
        return self._outside

    def settle(self, resolved: Resolved) -> None:
        """Write what is run from now on: the project as it was judged, and the override file on top of it.

        Both lie where no container can write. A service that mounts the whole workspace could change the compose file
        between `down` and `up`, and with it what was judged.
        """
        project = self.project
        self._asked = True
        text = override_text(resolved, project=str(project.name), submission=self._submission, copy=project.folder)
        files = {RESOLVED_FILE: json.dumps(resolved, ensure_ascii=False), OVERRIDE_FILE: text, EMPTY_ENV_FILE: ""}
        for name, content in files.items():
            with open(os.path.join(self._folder, name), "w", encoding="utf-8") as file:
                file.write(content)
        project.files = [os.path.join(self._folder, name) for name in (RESOLVED_FILE, OVERRIDE_FILE)]
        project.env_file = os.path.join(self._folder, EMPTY_ENV_FILE)

    def leave(self, *, keep: bool) -> list[str] | None:
        """Delete the project, its volumes and images, and the copy."""
        if keep and self._asked:
            return None
        left = take_down(self.project) if self._asked else []
        if self._folder:
            remove_folder(self.project, self._folder)
            left += [f"folder {self._folder}"] if os.path.isdir(self._folder) else []
        return left

    def stop_commands(self) -> tuple[str, ...]:
        """Return how to delete the project and the copy."""
        return (f"docker compose -p {self.project.name} down --volumes --rmi local", f"rm -r {self._folder}")


class InPlace:
    """The student's own folder and project, started if it does not run, and left as it was found. Volumes stay."""

    def __init__(self, project: LiveProject, loaded: Loaded) -> None:
        self.project = project
        self.remarks: list[str] = []
        self.old_volumes = False
        self._loaded = loaded
        self._runs_already = False
        self._asked = False

    def make(self) -> Stop | None:
        """See that the code is there; nothing is made."""
        project = self.project
        project.files = [os.path.join(project.folder, *name.split("/")) for name in self._loaded.files]
        missing = [f"{name}/" for name in CODE_FOLDERS if not os.path.isdir(os.path.join(project.folder, name))]
        if not missing:
            return None
        return Stop(
            "input",
            f"Beside {self._loaded.files[0]} there is no {' and no '.join(missing)}: --in-place needs a workspace "
            "(grade init DIR). Without it the kit's own code is used.",
        )

    def beyond(self, resolved: Resolved) -> tuple[Beyond, ...]:
        """Return what belongs to another project."""
        return tuple(foreign(self.project.engine, resolved, self.project.folder))

    def settle(self, resolved: Resolved) -> None:
        """Find out what is there already."""
        project = self.project
        project.name = str(resolved.get("name"))
        self._asked = True
        self._runs_already = any(one.running for one in project.containers().values())
        project.spare_anonymous()
        names = [str(volume["name"]) for volume in (resolved.get("volumes") or {}).values()]
        self.old_volumes = bool(project.engine.inspect("volume", names))

    def leave(self, *, keep: bool) -> list[str] | None:
        """Take down what was not up before."""
        if self._asked and not self._runs_already and not keep:
            self.project.compose("down", seconds=DOWN_SECONDS)
            self.project.delete_anonymous()
        return None

    def stop_commands(self) -> tuple[str, ...]:
        """Return how to stop the project."""
        return ("docker compose down",)
