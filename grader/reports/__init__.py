"""One pure function a format; `--format` offers what this table holds."""

from collections.abc import Callable

from grader.report import Report


def _renderer(name: str) -> Callable[[Report], str]:
    """Return the function `render_NAME` of the module NAME, imported at its first use: a start pays for one format."""

    def render(report: Report) -> str:
        from importlib import import_module

        module = import_module(f"grader.reports.{name}")
        text: str = getattr(module, f"render_{name}")(report)
        return text

    return render


NAMES = ("text", "unix", "json", "html", "markdown", "junit", "sarif", "github", "gradescope", "classroom50")

# A renderer that returns an empty text has nothing to write: no file is made of it.
FORMATS: dict[str, Callable[[Report], str]] = {name: _renderer(name) for name in NAMES}
