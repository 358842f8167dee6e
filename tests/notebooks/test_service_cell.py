"""`%%service`: a cell's YAML at its place in the file, everything else as it was written, and the way back."""

from pathlib import Path

import pytest

from grader.grading import grade
from grader.notebook import editing, q
from grader.notebook.editing import write_service
from grader.rubric import load_rubric
from grader.workspace import locate, request
from tests.notebooks.conftest import Learner
from tests.notebooks.workspaces import SKELETON, SOLUTION, rubric

CELL = """\
environment:
  # one node
  KAFKA_NODE_ID: 1
volumes:
  - kafka_data:/var/lib/kafka/data
"""


@pytest.fixture(autouse=True)
def _nothing_to_undo(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a fresh kernel."""
    monkeypatch.setattr(editing, "_written", [])


def without_comments(text: str) -> list[str]:
    """The lines that say something."""
    return [line for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]


def test_a_cell_goes_below_the_comment_that_asks_for_it(learner: Learner) -> None:
    """Each part below its own, indented as the service is; no other line changes."""
    result = write_service("kafka", CELL)
    lines = learner.file.read_text().splitlines()
    place = next(n for n, line in enumerate(lines) if "Add the environment here: node" in line)

    assert result.data["changed"]
    assert ["    environment:", "      # one node", "      KAFKA_NODE_ID: 1"] == lines[place + 1 : place + 4]
    assert "    # Add the volumes here" in lines[place + 4]
    assert ["    volumes:", "      - kafka_data:/var/lib/kafka/data"] == lines[place + 5 : place + 7]
    assert SKELETON.splitlines() == [line for n, line in enumerate(lines) if n - place not in (1, 2, 3, 5, 6)]
    assert "passed" == q.kafka.node_id.check().data["outcome"]


def test_a_part_is_replaced_and_the_other_stays(learner: Learner) -> None:
    """With the comments elsewhere in the file."""
    learner.write(SOLUTION)
    write_service("mysql", "environment:\n- MYSQL_DATABASE=shop\n")
    text = learner.file.read_text()
    before, after = text[: text.index("MYSQL_DATABASE=shop")], text[text.index("MYSQL_DATABASE=shop") :]

    assert before.removesuffix("    - ") == SOLUTION[: SOLUTION.index("      # Read at the first start")]
    assert after.removeprefix("MYSQL_DATABASE=shop\n") == SOLUTION[SOLUTION.index("    volumes:\n      - mysql_data") :]


@pytest.mark.parametrize("service", ["mongodb", "kafka", "app", "mysql", "mysql-service"])
def test_every_service_can_be_written_cell_by_cell(learner: Learner, service: str) -> None:
    """From the skeleton, with the solution's blocks, until the service is right."""
    rest = SOLUTION[SOLUTION.index(f"\n  {service}:\n") + 1 :]
    block = rest[: rest.index("\n\n")]
    cell = "\n".join(line.removeprefix("    ") for line in block[block.index("    environment:") :].split("\n"))
    write_service(service, cell)
    report = grade(request(locate(None)), load_rubric(rubric().folder))
    lost = [check.id for check in report.checks() if check.id.startswith(f"{service}.") and check.outcome.lost]

    assert [] == [name for name in lost if not name.endswith(("data-volume", "starts"))]


def test_undo_brings_the_old_file_back(learner: Learner) -> None:
    """One step after the other; the kept file is there until then."""
    texts = [learner.file.read_text()]
    for node in (1, 2):
        write_service("kafka", f"environment:\n  KAFKA_NODE_ID: {node}\n")
        texts.append(learner.file.read_text())
    kept = sorted(path.name for path in learner.workspace.glob("*.bak*"))
    steps = []
    while q.undo().data["changed"]:
        steps.append(learner.file.read_text())

    assert ["docker-compose.yml.bak", "docker-compose.yml.bak.2"] == kept
    assert [texts[1], texts[0]] == steps
    assert [] == list(learner.workspace.glob("*.bak*"))


def test_undo_does_not_lose_what_was_written_since(learner: Learner) -> None:
    """A file that was edited after the cell stays as it is."""
    write_service("kafka", CELL)
    edited = learner.file.read_text() + "# mine\n"
    learner.write(edited)
    result = q.undo()

    assert not result.data["changed"]
    assert edited == learner.file.read_text()
    assert "docker-compose.yml.bak" in repr(result)


REFUSED = {
    "an open quote": ('environment:\n  A: "x\n', "Line 2, column 6"),
    "a tab": ("environment:\n\tA: x\n", "Line 2, column 1"),
    "another key": ("image: x\n", "only `environment:` and `volumes:`"),
    "twice": ("environment: {A: x}\nenvironment: {B: x}\n", "Line 2, column 1"),
    "nothing": ("# nothing\n", "neither"),
    "a value that Compose refuses": ("environment:\n  A: ${X\n", "Line 2, column 6"),
    "a wrong kind": ("volumes: x\n", "Line 1, column 1"),
}


@pytest.mark.parametrize(("cell", "words"), REFUSED.values(), ids=REFUSED)
def test_a_cell_that_is_no_part_of_a_service_is_refused(learner: Learner, cell: str, words: str) -> None:
    """With line and column in the cell; the file stays as it is, and no copy is made."""
    result = write_service("kafka", cell)

    assert not result.data["changed"]
    assert words in result.data["message"]
    assert SKELETON == learner.file.read_text()
    assert [] == list(learner.workspace.glob("*.bak*"))


UNCLEAR = {
    "no YAML": SKELETON.replace("    image: mongo", "\timage: mongo"),
    "in one line": "services: {kafka: {image: confluentinc/cp-kafka:7.6.0}}\n",
    "an anchor that others use": SOLUTION.replace(
        "    environment:\n      # Who", "    environment: &kafka\n      # Who"
    ).replace("volumes:\n  mongodb_data", "x-other: *kafka\n\nvolumes:\n  mongodb_data"),
}


@pytest.mark.parametrize("text", UNCLEAR.values(), ids=UNCLEAR)
def test_a_file_in_which_the_place_is_not_clear_is_left_alone(learner: Learner, text: str) -> None:
    """Nothing is written where it could mean something else."""
    learner.write(text)
    result = write_service("kafka", "environment:\n  A: x\n")

    assert not result.data["changed"]
    assert text == learner.file.read_text()


def test_a_link_that_leads_out_is_not_written_through(learner: Learner, tmp_path: Path) -> None:
    """The file must lie in the workspace."""
    outside = tmp_path / "other.yml"
    outside.write_text(SKELETON, "utf-8")
    learner.file.unlink()
    learner.file.symlink_to(outside)
    result = write_service("kafka", CELL)

    assert not result.data["changed"]
    assert SKELETON == outside.read_text()


def test_line_ends_of_the_file_are_kept(learner: Learner) -> None:
    """A file from Windows stays one."""
    learner.file.write_bytes(SKELETON.replace("\n", "\r\n").encode())
    write_service("kafka", CELL)
    content = learner.file.read_bytes()

    assert content.count(b"\n") == content.count(b"\r\n")
    assert b"KAFKA_NODE_ID: 1\r\n" in content


def test_the_same_cell_again_changes_nothing(learner: Learner) -> None:
    """And keeps no further copy."""
    write_service("kafka", CELL)
    result = write_service("kafka", CELL)

    assert not result.data["changed"]
    assert ["docker-compose.yml.bak"] == [path.name for path in learner.workspace.glob("*.bak*")]
    assert without_comments(SKELETON) != without_comments(learner.file.read_text())
