"""What several hand in alike is worked out twice at most, and each of them gets what they would get alone."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from grader.batch.submission import InMemory, LooseFile, OnDisk, Submission
from grader.batch.workers import copies, work
from grader.batch.workers.tasks import Done, Settings, Task
from grader.batch.workers.work import grade_chunk
from grader.grading import grade_with_stack
from tests.batch.graded import NO_YAML, SKELETON, SOLUTION, TESTS, changed, rubric

MAIN = "docker-compose.yml"
NAMES = ("ada", "___Bob", "cleo", "dan")
CASES = [
    path.read_text("utf-8")
    for folder in sorted((TESTS / "rejected").iterdir())
    for path in sorted(folder.glob("*.yml"))[:1]
]
# each tells the folder that it lies in, in one way or another
TELLING = [
    changed(("KAFKA_NODE_ID: 1\n", "KAFKA_NODE_ID: ${PWD}\n")),
    changed(("KAFKA_NODE_ID: 1\n", 'KAFKA_NODE_ID: "\\x24{P\\x57D}"\n')),
    changed(("KAFKA_NODE_ID: 1\n", "KAFKA_NODE_ID: ${COMPOSE_PROJECT_NAME}\n")),
    changed(("kafka_data:/var/lib/kafka/data", "../ada/data:/var/lib/kafka/data")),
    changed(("kafka_data:/var/lib/kafka/data", "{class}/ada/data:/var/lib/kafka/data")),
    changed(("context: ./apps/", "context: {class}/ada/apps/")),
]


def settings() -> Settings:
    """Return what a worker knows that gives pages back."""
    return Settings(rubric().folder, feedback=True, out=None, many=False)


def in_folders(top: Path, *files: Mapping[str, str]) -> list[Task]:
    """Lay out a folder for each submission, and return the tasks; `{class}` in a text is the folder above."""
    tasks = []
    for name, own in zip(NAMES, files, strict=False):
        (top / name).mkdir(parents=True)
        for file, text in own.items():
            (top / name / file).write_text(text.replace("{class}", top.as_posix()), "utf-8")
        tasks.append(Task(Submission(name, OnDisk(str(top / name)))))
    return tasks


def together(tasks: list[Task]) -> list[Done]:
    """Grade some submissions one after the other in a worker that has just begun."""
    work._copies.cache_clear()
    return grade_chunk(settings(), tasks)


def alone(tasks: list[Task]) -> list[Done]:
    """Grade each submission in a worker that has seen no other."""
    return [done for task in tasks for done in together([task])]


@pytest.mark.parametrize("text", [SOLUTION, SKELETON, NO_YAML, *CASES, *TELLING])
def test_a_copy_gets_what_it_gets_alone(text: str, tmp_path: Path) -> None:
    """The same line, the same page, whatever is shared."""
    tasks = in_folders(tmp_path, *([{MAIN: text}] * len(NAMES)))

    assert alone(tasks) == together(tasks)


@pytest.mark.parametrize("text", [TELLING[0], *TELLING[2:5]])
def test_some_files_mean_another_thing_in_another_folder(text: str, tmp_path: Path) -> None:
    """The cases above would prove nothing if they did not."""
    first, *others = alone(in_folders(tmp_path, *([{MAIN: text}] * len(NAMES))))

    assert first.brief is not None
    assert any(other.brief is None or first.brief.wrong != other.brief.wrong for other in others)


@pytest.mark.parametrize(
    ("name", "text"), [(".env", "KAFKA=2\n"), ("compose.override.yml", SKELETON), ("compose.yaml", SOLUTION)]
)
def test_what_lies_beside_a_copy_counts(name: str, text: str, tmp_path: Path) -> None:
    """Variables, an override file, another compose file that Compose takes first."""
    main = changed(("KAFKA_NODE_ID: 1\n", "KAFKA_NODE_ID: ${KAFKA:-1}\n"))
    tasks = in_folders(tmp_path, {MAIN: main}, {MAIN: main}, {MAIN: main, name: text}, {MAIN: main})

    assert alone(tasks) == together(tasks)


def test_it_is_worked_out_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the first of its kind nothing is kept but that it was there."""
    graded = []

    def counting(*arguments: Any, **more: Any) -> Any:
        graded.append(1)
        return grade_with_stack(*arguments, **more)

    monkeypatch.setattr(work, "grade_with_stack", counting)
    together(in_folders(tmp_path, *([{MAIN: SKELETON}] * len(NAMES))))

    assert 2 == len(graded)


def test_so_it_is_for_files_and_archives(tmp_path: Path) -> None:
    """Loose files have their own names, what comes out of an archive lies in the same folder."""
    (tmp_path / "a.yml").write_text(SKELETON)
    (tmp_path / "b.yml").write_text(SKELETON)
    loose = [Task(Submission(name, LooseFile(str(tmp_path / f"{name}.yml")))) for name in ("a", "b")]
    packed = [Task(Submission(name, InMemory({MAIN: TELLING[0].encode()}))) for name in NAMES]

    assert alone([*loose, *packed, *loose]) == together([*loose, *packed, *loose])


def test_little_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are, and nobody sees that some were forgotten."""
    monkeypatch.setattr(copies, "MAX_SEEN", 2)
    monkeypatch.setattr(copies, "MAX_KEPT", 1)
    tasks = [
        task
        for number, text in enumerate(CASES[:6])
        for task in in_folders(tmp_path / str(number), *([{MAIN: text}] * len(NAMES)))
    ]
    mixed = tasks[::2] + tasks[1::2] + tasks
    expected = alone(mixed)

    assert expected == together(mixed)
    assert len(work._copies(settings())._seen) <= 2
    assert len(work._copies(settings())._kept) <= 1
