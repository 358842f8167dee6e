"""Paths as the reader of a terminal or an editor knows them: from the current folder; and as a page knows them."""

import os

from grader.compose.marks import Mark
from grader.report import Report
from grader.reports.clean import clean_line

# Compose's words about one file; others name several
NAMING = (
    *("failed to parse <f>", "validating <f>", "open <f>", "Using <f>", "read <f>", "env file: <f>", "env file <f>"),
    *("stat <f>", "env_file <f>"),
)
INCLUDE_CYCLE = "include cycle detected"
OF_EXTENDS = ("Circular reference:", "cannot extend service ")


def shown_path(report: Report, file: str | None) -> str:
    """Return `file` (relative to the submission's folder; None: the compose file) as a path from the current folder."""
    absolute = os.path.join(report.folder, file or report.file)
    try:
        path = os.path.relpath(absolute)
    except ValueError:  # Windows: another drive; or the current folder is gone
        path = absolute
    return clean_line(path)


def repository_path(report: Report, file: str | None, root: str | None) -> str:
    """Return `file` (None: the compose file) as a path from `root`, the folder of a repository (None: here), with `/`.

    What lies outside of it is named as the submission's folder knows it: a path that leads out is shown nowhere.
    """
    name = file or report.file
    try:
        path = os.path.relpath(os.path.join(report.folder, name), root)
    except ValueError:  # Windows: another drive; or the current folder is gone
        path = name
    if path.startswith(os.pardir + os.sep) or os.path.isabs(path):
        path = os.path.basename(name) if os.path.isabs(name) else name
    return path.replace(os.sep, "/")


def own_path(report: Report, file: str | None) -> str:
    """Return `file` (None: the compose file) as the submission's folder knows it, wherever that folder lies."""
    return clean_line(own_name(report, file or report.file))


def own_name(report: Report, file: str) -> str:
    """Return the path of `file` from the submission's folder, character for character.

    Only what `--env-file` names outside of it is absolute in a report.
    """
    if not os.path.isabs(file):
        return file
    try:
        return os.path.relpath(file, report.folder).replace(os.sep, "/")
    except ValueError:  # Windows: another drive
        return os.path.basename(file)


def name_file(message: str, file: str) -> str:
    """Return Compose's words with the name of the file they are about where `<f>` stands for it.

    A list of files is left out: Compose says next which of them it takes.
    """
    if message.startswith("Found multiple ") and message.endswith("<f>"):
        return message.partition(": ")[0]
    for words in NAMING:
        if words in message:
            return message.replace(words, words.replace("<f>", file), 1)
    if message.startswith(INCLUDE_CYCLE):
        return f"{INCLUDE_CYCLE}: {file} includes itself, or a file that leads back to it"
    if message.startswith(OF_EXTENDS):  # the place is named already, and what is extended seldom lies elsewhere
        return message.replace(" in <f>", "")
    return file + message.removeprefix("<f>") if message.startswith(("<f>: ", "<f> is ")) else message


def shown_place(report: Report, mark: Mark) -> str:
    """Return `file:line:column`."""
    return f"{shown_path(report, mark.file)}:{mark.line}:{mark.column}"
