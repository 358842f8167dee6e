"""A report on its way to a service: what some formats need beyond the report, from the environment of the run.

Renderers are functions of a report alone. Here the rest is added: whose submission it is, the repository that it lies
in, the summary of a step.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from grader.endings import CommandFailed, UsageError
from grader.report import Report
from grader.reports import FORMATS
from grader.reports.clean import clean_line


def rendered(name: str, report: Report, environment: Mapping[str, str]) -> str:
    """Return the report in the format `name`, completed for the service that reads it.

    Raises `UsageError` where the environment lacks what the format needs, `CommandFailed` where the format has no
    document for what cannot be graded.
    """
    text = _document(name, report, environment)
    if not text and report.reason:  # full marks may leave nothing to say
        # On one line: in the log of a runner a line that begins with `::` is a command, and this may be a student's.
        raise CommandFailed(f"there is no {name} result: {clean_line(report.reason.message)}")
    complete = _COMPLETED.get(name)
    return complete(report, text, environment) if complete else text


def _document(name: str, report: Report, environment: Mapping[str, str]) -> str:
    """Return the report in a format; what GitHub shows at lines of files names them from the root of the repository."""
    if name == "github":
        from grader.reports.github import render_github

        return render_github(report, _repository(report.folder, environment))
    if name == "sarif":
        from grader.reports.sarif import render_sarif

        return render_sarif(report, _repository(report.folder, environment))
    return FORMATS[name](report)


def _repository(folder: str, environment: Mapping[str, str]) -> str | None:
    """Return the root of the repository: in GitHub Actions the workspace of the run, if the submission lies in it.

    Elsewhere it is the nearest folder with a `.git`, the current one or above it; None where there is none.
    """
    workspace = environment.get("GITHUB_WORKSPACE")
    if workspace:
        root = os.path.realpath(workspace)
        if os.path.join(folder, "").startswith(os.path.join(root, "")):
            return root
    here = Path.cwd()
    return next((str(place) for place in (here, *here.parents) if (place / ".git").exists()), None)


def _classroom50(report: Report, text: str, environment: Mapping[str, str]) -> str:
    from datetime import UTC, datetime

    from grader.reports.classroom50 import complaint, with_submission

    problem = complaint(environment)
    if problem:
        raise UsageError(f"--format classroom50 is for the runner of Classroom 50: {problem}.")
    return with_submission(text, environment, datetime.now(UTC))


def _github(report: Report, text: str, environment: Mapping[str, str]) -> str:
    """Append the whole report to the summary of the step, as Markdown; outside of GitHub Actions there is none.

    A summary that cannot be written is one more annotation: the others must not be lost with it.
    """
    path = environment.get("GITHUB_STEP_SUMMARY")
    if path:
        try:
            with open(path, "a", encoding="utf-8", newline="\n") as summary:
                # behind a blank line: what another call ended with may go on until there is one
                summary.write(("\n" if summary.tell() else "") + FORMATS["markdown"](report))
        except OSError as error:
            text += f"::warning title=compose-kata::The summary of the step cannot be written ({error.strerror}).\n"
    return text


_COMPLETED: dict[str, Callable[[Report, str, Mapping[str, str]], str]] = {
    "classroom50": _classroom50,
    "github": _github,
}
