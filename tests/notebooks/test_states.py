"""Every notebook runs in every state of a learner's file, and answers what the file deserves.

A notebook is picked up by being in `notebooks/`. Its kernel starts fresh with the skeleton and then sees the other
states one after the other, as a learner's does; at the end the skeleton comes back, and so must the first answers.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from grader import kit
from tests.notebooks.workspaces import BROKEN, NOTEBOOKS, STATES, State

pytest.importorskip("nbclient", reason="nbclient is not installed: pip install -e '.[notebook]'")

from tests.notebooks.running import SWITCHED_OFF, Cell, kernel, read, switched_on

pytestmark = pytest.mark.notebook

SKELETON, SOLUTION = STATES[0], STATES[1]


class Run(NamedTuple):
    """A notebook's cells after a run in each state, once more in the first one, and with every call switched on."""

    notebook: Any
    workspace: Path
    cells: dict[str, list[Cell]]
    again: list[Cell]
    asked: list[Cell]


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Run one notebook in a copy of the workspace, in all states."""
    workspace = tmp_path_factory.mktemp(request.param.stem) / "kata"
    kit.make_workspace(str(workspace), with_solutions=False)
    notebook = read(workspace / "notebooks" / request.param.name)
    with kernel(workspace, tmp_path_factory.mktemp("home")) as running:
        cells = {}
        for state in STATES:
            state.put(workspace)
            cells[state.name] = running.run(notebook)
        SKELETON.put(workspace)
        asked = running.run(switched_on(notebook))
        yield Run(notebook, workspace, cells, running.run(notebook), asked)


def results(cells: list[Cell]) -> list[dict[str, Any]]:
    """All answers of a run."""
    return [result for cell in cells for result in cell.results]


def own_checks(cells: list[Cell]) -> dict[str, str]:
    """The checks of the learner's own file that were shown, with their outcomes."""
    own = [result for result in results(cells) if result.get("source") == "workspace"]
    return {check["id"]: check["outcome"] for result in own for check in result.get("checks", ())}


def test_it_asks_about_the_learners_file(run: Run) -> None:
    """A notebook that never looks at the file teaches beside it."""
    assert own_checks(run.cells[SKELETON.name])


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_it_says_what_grade_says(run: Run, state: State) -> None:
    """In every state, for every check that it shows: no cell fails, and nothing comes from an earlier state."""
    graded = {check.id: check.outcome.value for check in state.report().checks()}
    shown = own_checks(run.cells[state.name])

    assert {name: graded[name] for name in shown} == shown


def test_the_skeleton_is_not_attempted(run: Run) -> None:
    """Nobody is told to be wrong before writing anything."""
    assert {"not attempted"} == set(own_checks(run.cells[SKELETON.name]).values())


def test_the_solution_is_right(run: Run) -> None:
    """Whoever has done it all sees that."""
    assert {"passed"} == set(own_checks(run.cells[SOLUTION.name]).values())


def test_a_broken_file_is_named_with_line_and_column(run: Run) -> None:
    """Every answer about it says that it cannot be read, and where."""
    error = BROKEN.report().errors[0]
    own = [result for result in results(run.cells[BROKEN.name]) if result.get("source") == "workspace"]

    assert {(False, error.line, error.column)} == {
        (result["readable"], result["line"], result["column"]) for result in own
    }


def test_what_is_switched_on_answers(run: Run) -> None:
    """Every hint and every reason, of which each stands in a cell of its own."""
    calls = [cell for cell in run.notebook.cells if cell.cell_type == "code" and SWITCHED_OFF.search(cell.source)]
    answers = [
        cell.results
        for cell, before in zip(run.asked, run.cells[SKELETON.name], strict=True)
        if cell.source != before.source
    ]

    assert calls
    assert [1] * len(calls) == [len(answer) for answer in answers]


def test_the_same_file_gives_the_same_answers(run: Run) -> None:
    """Nothing is kept from one state to the next: no time, no number, no memory."""
    assert [cell.outputs for cell in run.cells[SKELETON.name]] == [
        _without_counts(cell.outputs, before.outputs)
        for cell, before in zip(run.again, run.cells[SKELETON.name], strict=True)
    ]


def test_no_answer_names_a_folder_of_this_machine(run: Run) -> None:
    """Paths begin at the workspace or at the notebook; nothing is written to stderr."""
    outputs = [output for cells in [*run.cells.values(), run.asked] for cell in cells for output in cell.outputs]

    assert [] == [output for output in outputs if str(run.workspace) in str(output) or output.get("name") == "stderr"]


def test_every_answer_says_what_to_do_next(run: Run) -> None:
    """In the data and as the last line of every form."""
    cells = [cell for cells in [*run.cells.values(), run.asked] for cell in cells]
    shown = [output["data"] for cell in cells for output in cell.outputs if cell.results and "data" in output]

    assert [] == [data for data in shown if "Next:" not in data["text/plain"] or "Next:" not in data["text/html"]]
    assert [] == [result for cell in cells for result in cell.results if not result["next"]]


def _without_counts(outputs: list[Any], before: list[Any]) -> list[Any]:
    """The outputs of a later run with the execution counts of an earlier one."""
    counts = [output.get("execution_count") for output in before]
    return [
        {**output, "execution_count": count} if "execution_count" in output else output
        for output, count in zip(outputs, counts, strict=True)
    ]
