"""Random changes of real submissions, and what such changes have found before."""

from pathlib import Path

import pytest

from tests.hostile.corpus import corpus
from tests.hostile.mutations import Mutator
from tests.hostile.oracle import complaints
from tests.hostile.running import ROOT
from tests.hostile.workspaces import OpenedFiles, complaints_about_commands

FINDS = ROOT / "tests" / "data" / "fuzz_finds"
TRIED = 300
ON_DISK_EVERY = 30
SEED = 1


def files_of(find: Path) -> dict[str, bytes]:
    """Return the files of a find by name."""
    return {path.relative_to(find).as_posix(): path.read_bytes() for path in find.rglob("*") if path.is_file()}


@pytest.mark.parametrize("find", sorted(FINDS.iterdir()), ids=lambda find: find.name)
def test_a_find_does_no_harm_any_more(tmp_path: Path, find: Path) -> None:
    """In memory and in a folder."""
    files = files_of(find)

    assert [] == complaints(files)
    assert [] == complaints_about_commands(tmp_path / "work", files, OpenedFiles())


def test_random_changes_do_no_harm(tmp_path: Path) -> None:
    """A few of those that `make fuzz` tries, always the same ones."""
    mutator = Mutator(corpus(), SEED)
    opened = OpenedFiles()
    for number in range(TRIED):
        files = mutator.project()

        assert [] == complaints(files, explain=number % 5 == 0), files
        if number % ON_DISK_EVERY == 0:
            assert [] == complaints_about_commands(tmp_path / str(number), files, opened), files
