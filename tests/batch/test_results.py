"""Results are resumed: whatever was interrupted or changed, the file ends as if it had been written in one go."""

import errno
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.batch.output_files import RESULTS, RESULTS_EARLIER
from grader.batch.records import sealed
from grader.batch.results import Results
from grader.endings import CommandFailed

Wanted = Sequence[tuple[str, int]]  # the name of each submission, and the version of its content


def line(name: str, version: int) -> bytes:
    """Return a line of a length of its own."""
    data = {"submission": name, "basis": str(version), "files": {"x": "y" * (version % 50)}}
    return sealed(json.dumps(data, separators=(",", ":")).encode())


def run(folder: Path, wanted: Wanted, *, stop_after: int | None = None) -> tuple[int, list[str]]:
    """Do what a batch does; return how many were graded and which are gone. With `stop_after` it ends in the middle."""
    graded = 0
    with Results(str(folder)) as results:
        known = [results.known(name) for name, _ in wanted]
        for (name, version), earlier in zip(wanted[:stop_after], known, strict=False):
            if earlier is not None and earlier.basis == str(version):
                results.keep(earlier)
            else:
                results.add(line(name, version))
                graded += 1
            if version % 2:
                results.flush()
        if stop_after is not None:
            return graded, []
        return graded, list(results.finish())


def expected(wanted: Wanted) -> bytes:
    return b"".join(line(name, version) for name, version in wanted)


classes = st.lists(
    st.tuples(st.sampled_from("abcdefghijkl"), st.integers(1, 120)), max_size=12, unique_by=lambda s: s[0]
)


@settings(max_examples=150, deadline=None)
@given(runs=st.lists(st.tuples(classes, st.integers(0, 12), st.integers(0, 60)), min_size=1, max_size=4), last=classes)
def test_interrupted_runs_leave_no_trace(
    tmp_path_factory: pytest.TempPathFactory, runs: list[tuple[list[tuple[str, int]], int, int]], last: Wanted
) -> None:
    """Runs end after any submission and any byte, names come, go, change and swap; then one run goes through."""
    folder = tmp_path_factory.mktemp("out")
    for wanted, stop_after, torn in runs:
        run(folder, wanted, stop_after=stop_after)
        with open(folder / RESULTS, "r+b") as file:
            file.truncate(max(file.seek(0, 2) - torn, 0))
    run(folder, last)

    assert expected(last) == (folder / RESULTS).read_bytes()
    assert not (folder / RESULTS_EARLIER).exists()


def test_nothing_is_graded_twice(tmp_path: Path) -> None:
    """After an end in the middle the rest is graded, and then nothing more."""
    wanted = [(name, 1) for name in "abcdef"]

    assert (4, []) == run(tmp_path, wanted, stop_after=4)
    assert (2, []) == run(tmp_path, wanted)
    assert (0, []) == run(tmp_path, wanted)


def test_what_follows_a_changed_one_is_not_graded_again(tmp_path: Path) -> None:
    """Also when the run that noticed the change is interrupted."""
    run(tmp_path, [(name, 1) for name in "abcdef"])
    changed = [("a", 1), ("b", 2), *((name, 1) for name in "cdef")]

    assert (1, []) == run(tmp_path, changed, stop_after=3)
    assert (0, []) == run(tmp_path, changed)
    assert expected(changed) == (tmp_path / RESULTS).read_bytes()


def test_who_has_left_is_told(tmp_path: Path) -> None:
    """Their pages are to go as well."""
    run(tmp_path, [("a", 1), ("b", 1), ("c", 1)])

    assert (0, ["b"]) == run(tmp_path, [("a", 1), ("c", 1)])


@pytest.mark.parametrize("damage", [b'%s\xff\xfe"', b"%s" + b"[" * 100_000, b"%s7", b"%s", b"[", b"\0"])
def test_a_damaged_line_is_graded_again(tmp_path: Path, damage: bytes) -> None:
    """Whatever is no line of ours is as if it were not there."""
    run(tmp_path, [("a", 1), ("b", 1), ("c", 1)])
    path = tmp_path / RESULTS
    before, name, behind = path.read_bytes().partition(b'{"submission":"b"')
    path.write_bytes(before + damage.replace(b"%s", name[:-3]) + behind)
    wanted = [("a", 1), ("b", 1), ("c", 1)]

    assert (1, []) == run(tmp_path, wanted)
    assert expected(wanted) == path.read_bytes()


@pytest.mark.parametrize(
    "edit",
    [
        lambda line: line.replace(b"yyy", b"yy"),
        lambda line: line.replace(b'"basis":"9"', b'"basis": "9"'),
        lambda line: b'{"submission": "a", "basis": "9", "files": {"x": "y"}}\n',
        lambda line: sealed(b'{"submission": "a"}')[:-3] + b'0"}\n',
    ],
)
def test_a_line_that_was_edited_by_hand_is_graded_again(tmp_path: Path, edit: Callable[[bytes], bytes]) -> None:
    """It tells nothing any more, and must not become a fault of the grader."""
    run(tmp_path, [("a", 9)])
    (tmp_path / RESULTS).write_bytes(edit((tmp_path / RESULTS).read_bytes()))

    assert expected([("a", 9)]) != (tmp_path / RESULTS).read_bytes()
    assert (1, []) == run(tmp_path, [("a", 9)])
    assert expected([("a", 9)]) == (tmp_path / RESULTS).read_bytes()


def test_two_runs_do_not_write_the_same_file(tmp_path: Path) -> None:
    """The second one says so."""
    pytest.importorskip("fcntl", reason="this system has no locks of files")

    with Results(str(tmp_path)), pytest.raises(CommandFailed, match="another run writes there"):
        Results(str(tmp_path))


def test_a_disk_without_locks_is_written_all_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As some network disks are."""
    fcntl = pytest.importorskip("fcntl", reason="this system has no locks of files")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    run(tmp_path, [("a", 1)])

    assert expected([("a", 1)]) == (tmp_path / RESULTS).read_bytes()


def test_a_second_run_forgets_nothing_of_the_first(tmp_path: Path) -> None:
    """`--fresh` empties the file only when nobody else writes there."""
    pytest.importorskip("fcntl", reason="this system has no locks of files")
    with Results(str(tmp_path)) as results:
        results.add(line("a", 1))
        with pytest.raises(CommandFailed, match="another run writes there"):
            Results(str(tmp_path), fresh=True)
        results.add(line("b", 1))
        list(results.finish())

    assert expected([("a", 1), ("b", 1)]) == (tmp_path / RESULTS).read_bytes()


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """With the path, and what to do."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")

    def write() -> None:
        with Results(str(tmp_path)) as results:
            results._file.close()
            results._file = open("/dev/full", "r+b", buffering=0)  # noqa: SIM115
            results.add(line("a", 1))
            results.flush()

    with pytest.raises(CommandFailed, match=r"results\.jsonl cannot be written: No space left"):
        write()


def test_fresh_forgets(tmp_path: Path) -> None:
    """Nothing is known any more, but who has left is told."""
    run(tmp_path, [("a", 1), ("b", 1)])
    with Results(str(tmp_path), fresh=True) as results:
        assert results.known("a") is None
        results.add(line("a", 1))
        assert ["b"] == list(results.finish())
    assert expected([("a", 1)]) == (tmp_path / RESULTS).read_bytes()
