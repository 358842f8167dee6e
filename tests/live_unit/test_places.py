"""Where a submission is run: nothing that was judged can change on the way, and nothing stays behind."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from grader.live.engine import Engine
from grader.live.places import Copy, InPlace
from grader.live.process import Ran
from grader.live.project import LiveProject
from tests.checks.judged import solution
from tests.live_unit.resolving import read


def project_in(folder: Path) -> LiveProject:
    """A project whose engine does nothing."""
    engine = Engine("true", {"PATH": "/usr/bin:/bin"})
    return LiveProject(engine, folder=str(folder), files=(), name=None, tame=str)


def test_what_is_run_lies_where_no_container_can_write(tmp_path: Path) -> None:
    """A service may mount the whole workspace; the compose file that counts from then on is not in it."""
    place = Copy(project_in(tmp_path), read(tmp_path, solution()))
    assert place.make() is None
    project = place.project
    before = list(project.files)
    resolved = {"name": "kata", "services": {"app": {"image": "\N{SNOWMAN}"}}}
    place.settle(resolved)
    try:
        assert [os.path.join(project.folder, "docker-compose.yml")] == before
        assert not [file for file in project.files if file.startswith(project.folder + os.sep)]
        assert resolved == json.loads(Path(project.files[0]).read_text("utf-8"))
        assert project.env_file is not None
        assert "" == Path(project.env_file).read_text("utf-8")
    finally:
        left = place.leave(keep=False)

    assert [] == left
    assert not os.path.exists(project.folder)


def test_a_copy_that_is_kept_stays(tmp_path: Path) -> None:
    """Its containers mount it."""
    place = Copy(project_in(tmp_path), read(tmp_path, solution()))
    place.make()
    place.settle({})

    assert place.leave(keep=True) is None
    assert os.path.isdir(place.project.folder)
    assert place.leave(keep=False) == []


def test_a_file_alone_cannot_be_run_in_place(tmp_path: Path) -> None:
    """There is no code to build; without the option the kit's own is used."""
    stop = InPlace(project_in(tmp_path), read(tmp_path, solution())).make()

    assert stop is not None
    assert "there is no apps/ and no shared/" in stop.message


def test_too_much_is_not_copied(tmp_path: Path) -> None:
    """Whoever mounts the home folder is told so."""
    (tmp_path / "big").mkdir()
    with open(tmp_path / "big" / "file", "wb") as file:
        file.truncate(100 * 1024 * 1024)
    text = solution().replace("      - kafka_data:", "      - ./big:/big\n      - kafka_data:")
    place = Copy(project_in(tmp_path), read(tmp_path, text))
    stop = place.make()
    place.leave(keep=False)

    assert stop is not None
    assert "holds too much to be copied" in stop.message
    assert not os.path.exists(place.project.folder)


class Volumes(Engine):
    """An engine that has one container, and remembers which volumes it was told to delete."""

    def __init__(self) -> None:
        super().__init__("true", {})
        self.unnamed = "a" * 64
        self.deleted: list[str] = []

    def labelled(self, kind: str, project: str) -> list[str]:
        """The container is the project's."""
        return ["one"]

    def inspect(self, kind: str, names: Sequence[str]) -> list[dict[str, object]]:
        """It keeps something in a volume without a name."""
        mount = {"Type": "volume", "Name": self.unnamed, "Destination": "/data/configdb"}
        labels = {"com.docker.compose.service": "mongodb"}
        return [{"Id": "one", "Config": {"Labels": labels}, "Mounts": [mount]}] if kind == "container" else []

    def docker(self, *words: str, **options: Any) -> Ran:
        """Nothing else is done."""
        if words[:3] == ("volume", "rm", "--force"):
            self.deleted += words[3:]
        return Ran(0, "", "")


def test_in_place_only_what_the_run_has_made_without_a_name_is_deleted(tmp_path: Path) -> None:
    """What the student's own containers kept in such volumes stays; nobody would find those of the run again."""
    engine = Volumes()
    project = LiveProject(engine, folder=str(tmp_path), files=(), name=None, tame=str)
    place = InPlace(project, read(tmp_path, solution()))
    place.settle({"name": "kata"})
    older, engine.unnamed = engine.unnamed, "b" * 64
    project.containers()
    place.leave(keep=False)

    assert ["b" * 64] == engine.deleted
    assert older not in project.anonymous
