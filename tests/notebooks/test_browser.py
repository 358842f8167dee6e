"""JupyterLab in a headless Chromium opens and runs notebooks as a learner sees them, on light and on dark.

Screenshots for people: set NOTEBOOK_SCREENSHOTS to a folder.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader import kit
from tests.notebooks.lab import jupyterlab, open_and_run
from tests.notebooks.workspaces import NOTEBOOKS, SKELETON

pytestmark = [pytest.mark.browser, pytest.mark.notebook]

LOOKED_AT = [path.name for path in NOTEBOOKS if path.name.startswith(("00_", "01_", "03_"))]
THEMES = ("JupyterLab Light", "JupyterLab Dark")
SCREENSHOTS = os.environ.get("NOTEBOOK_SCREENSHOTS")
WIDTH, HEIGHT = 1200, 1600
VISIBLE_OUTPUTS = """() => [...document.querySelectorAll('.jp-OutputArea-output')]
  .filter(output => output.getBoundingClientRect().height > 0 && output.textContent.trim()).length"""
ERRORS = "() => document.querySelectorAll('.jp-RenderedText[data-mime-type*=\"error\"]').length"
PICTURES = """() => [...document.querySelectorAll('.jp-Notebook img')]
  .map(picture => [picture.getAttribute('alt'), picture.complete && picture.naturalWidth > 0])"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A JupyterLab on an untouched workspace."""
    pytest.importorskip("jupyterlab", reason="JupyterLab is not installed: pip install -e '.[notebook]'")
    workspace = tmp_path_factory.mktemp("lab") / "kata"
    kit.make_workspace(str(workspace), with_solutions=False)
    (workspace / kit.COMPOSE_FILE).write_text(SKELETON, "utf-8")
    with jupyterlab(workspace, tmp_path_factory.mktemp("home")) as found:
        yield found


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("notebook", LOOKED_AT)
def test_a_notebook_runs_in_jupyterlab(browser: Any, address: str, notebook: str, theme: str) -> None:
    """Outputs are to be seen, pictures are loaded and have a text, and the console has nothing to complain about."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    try:
        complaints = open_and_run(page, address, notebook, theme=theme)
        outputs, errors, pictures = (page.evaluate(script) for script in (VISIBLE_OUTPUTS, ERRORS, PICTURES))
        if SCREENSHOTS:
            _screenshots(page, Path(SCREENSHOTS), f"{Path(notebook).stem}-{theme.split()[-1].lower()}")
    finally:
        page.close()

    assert [] == complaints
    assert outputs
    assert 0 == errors
    assert [] == [picture for picture in pictures if not picture[0] or not picture[1]]


def _screenshots(page: Any, folder: Path, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    count = page.evaluate("() => window.jupyterapp.shell.currentWidget.content.widgets.length")
    for number in range(0, count, 8):
        page.evaluate(f"() => window.jupyterapp.shell.currentWidget.content.widgets[{number}].node.scrollIntoView()")
        page.wait_for_timeout(300)
        page.screenshot(path=str(folder / f"{name}-{number:02}.png"))
