"""Waiting ends with an event or with the time, whatever watchfiles does."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from grader.watching.alarm import POLL_MS, Alarm

PATIENCE_S = 5.0


def silent(*folders: str, **options: object) -> Iterator[set[object]]:
    """A network folder: nothing is ever heard of it, only time passes."""
    while True:
        time.sleep(POLL_MS / 1000)
        yield set()


def exhausted(*folders: str, **options: object) -> Iterator[set[object]]:
    """The system has no more watches to give."""
    if folders:
        raise OSError(28, "No space left on device")
    yield set()


def broken(*folders: str, **options: object) -> Iterator[set[object]]:
    """A watcher that ends by itself."""
    yield from ()


@pytest.mark.parametrize("watch", [silent, exhausted, broken, None])
def test_every_wait_ends_without_events(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, watch: object) -> None:
    """Also without watchfiles (None)."""
    monkeypatch.setitem(sys.modules, "watchfiles", watch and SimpleNamespace(watch=watch))
    alarm = Alarm()
    start = time.monotonic()
    for _ in range(3):
        alarm.wait([os.fspath(tmp_path / "a.yml")])
    took_ms = (time.monotonic() - start) * 1000

    assert 3 * POLL_MS * 0.9 <= took_ms < 3 * POLL_MS + PATIENCE_S * 1000


def test_folders_that_are_not_there_are_waited_for_by_time(tmp_path: Path) -> None:
    """They may appear."""
    start = time.monotonic()
    Alarm().wait([os.fspath(tmp_path / "gone" / "a.yml")])

    assert time.monotonic() - start < PATIENCE_S


def test_the_folders_follow_the_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A new `env_file` in a folder below: from then on events come from there too. Nothing below that is watched."""
    asked: list[tuple[str, ...]] = []

    def noting(*folders: str, recursive: bool, **options: object) -> Iterator[set[object]]:
        asked.append(folders)
        assert not recursive
        while True:
            yield set()

    monkeypatch.setitem(sys.modules, "watchfiles", SimpleNamespace(watch=noting))
    (tmp_path / "env").mkdir()
    compose_file, env_file = os.fspath(tmp_path / "a.yml"), os.fspath(tmp_path / "env" / "b.env")
    alarm = Alarm()
    alarm.wait([compose_file])
    alarm.wait([compose_file])
    alarm.wait([compose_file, env_file])

    assert [(os.fspath(tmp_path),), (os.fspath(tmp_path), os.fspath(tmp_path / "env"))] == asked
