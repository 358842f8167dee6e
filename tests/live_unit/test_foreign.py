"""A run in place uses nothing that belongs to another project, unless the file is trusted."""

from collections.abc import Sequence
from typing import Any

import pytest

from grader.live.engine import Engine
from grader.live.foreign import FOLDER_LABEL, PROJECT_LABEL, foreign

HERE = "/home/student/kata"
RESOLVED = {
    "name": "kata",
    "volumes": {"mysql_data": {"name": "shop_data"}, "other": {"name": "taken", "external": True}},
    "networks": {"social_commerce_network": {"name": "kata_social_commerce_network"}},
}


class Known(Engine):
    """An engine that has these things, by kind and name."""

    def __init__(self, **things: dict[str, dict[str, Any]]) -> None:
        super().__init__("true", {})
        self._things = things

    def labelled(self, kind: str, project: str) -> list[str]:
        """The names of this kind; all of them carry the label."""
        return list(self._things.get(kind, {}))

    def inspect(self, kind: str, names: Sequence[str]) -> list[dict[str, object]]:
        """What is known about some of them."""
        return [data for name, data in self._things.get(kind, {}).items() if name in names]


def started_from(folder: str) -> dict[str, dict[str, Any]]:
    """A container of the project."""
    return {"a1": {"Config": {"Labels": {PROJECT_LABEL: "kata", FOLDER_LABEL: folder}}}}


@pytest.mark.parametrize("labels", [{PROJECT_LABEL: "kata"}, {PROJECT_LABEL: "kata", "x": "y"}])
def test_what_the_project_made_is_its_own(labels: dict[str, str]) -> None:
    """Containers started from this folder, volumes of this project, and what is not there yet."""
    engine = Known(container=started_from(HERE), volume={"shop_data": {"Labels": labels}})

    assert [] == list(foreign(engine, RESOLVED, HERE))


def test_the_project_of_another_folder_is_not() -> None:
    """Two folders of one name, or `name:` in the file."""
    found = list(foreign(Known(container=started_from("/srv/kata")), RESOLVED, HERE))

    assert ["name"] == [one.path for one in found]
    assert "was started from /srv/kata" in found[0].message


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ({PROJECT_LABEL: "shop"}, "the volume shop_data belongs to the project shop"),
        (None, "there is a volume shop_data already, and Compose has not made it"),
    ],
)
def test_a_name_that_is_taken_is_listed(labels: dict[str, str] | None, words: str) -> None:
    """Compose warns only, and would give the containers the data of the other."""
    found = list(foreign(Known(volume={"shop_data": {"Labels": labels}}), RESOLVED, HERE))

    assert [("volumes.mysql_data.name", words)] == [tuple(one) for one in found]
