"""The page that most tests with a browser look at."""

from pathlib import Path

import pytest

from grader.batch.lookalikes.search import Group
from tests.batch.dashboard.browsing import CLASS
from tests.batch.dashboard.pages import write
from tests.batch.records import class_of


@pytest.fixture(scope="module")
def middling(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a class with everything that a page can have."""
    records = list(class_of(CLASS))
    members = tuple(found["submission"] for found in records[:2])
    groups = [Group(members, "share 2 choices", ("volume m_d", "# ask Tim"))]
    return write(tmp_path_factory.mktemp("page"), records, groups=groups, changes=["Ada Abe: 60, was 57."])
