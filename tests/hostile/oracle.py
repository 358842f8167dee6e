"""What must hold whatever a submission is made of."""

import os
import re
import time
from collections.abc import Iterator, Mapping
from functools import lru_cache

from grader import kit
from grader.commands.explain_service import explain_service
from grader.compose.errors import Unreadable
from grader.compose.files import Kind, MemoryFiles
from grader.compose.loader import load
from grader.compose.request import Request
from grader.grading import grade
from grader.report import Report
from grader.reports import FORMATS
from grader.reports.look import Look
from grader.reports.text import render_text
from grader.rubric import Rubric, load_rubric
from tests.hostile.corpus import CANARY
from tests.hostile.inputs.pieces import COMPOSE

FOLDER = "/submission"
MAX_CPU_SECONDS = 1.0
SERVICES = ("kafka", "mongodb", "mysql", "app")

# control characters of both kinds (terminal escapes begin with one), other line ends, marks that turn the direction of
# the text, half surrogate pairs; a line feed is the only one that a report needs
SIGNS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
OWN_CODES = re.compile("\x1b\\[[0-9;]*m")
# a line that tells beyond doubt that the canary of the corpus is a password
CANARY_LINE = re.compile(rb"^ *(?:- )?MYSQL_(?:ROOT_)?PASSWORD(?:: |=)" + CANARY + rb"\r?$", re.MULTILINE)
FILE_NAME = re.compile(r'"file": "[^"]*"|^\S+?:\d+:\d+: ', re.MULTILINE)
FAULTS = ("Traceback (most recent", "the grader failed on this file", "the grader itself failed")


class WatchedFiles:
    """Files in memory that remember what else was asked for."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = MemoryFiles(files, FOLDER)
        self.outside: set[str] = set()

    def read(self, path: str) -> bytes:
        """Return the whole file. Raises `FileRefused`."""
        data = self._files.read(path)
        if not os.path.normpath(path).startswith(FOLDER + "/"):
            self.outside.add(path)
        return data

    def kind(self, path: str) -> Kind | None:
        """Tell what lies at `path`; None: nothing."""
        return self._files.kind(path)


@lru_cache(maxsize=1)
def rubric() -> Rubric:
    """The rubric of the kit."""
    return load_rubric(kit.rubric_folder())


def complaints(files: Mapping[str, bytes], *, explain: bool = True) -> list[str]:
    """Return in what grading these files does not hold what it must, in a few words each."""
    watched = WatchedFiles(files)
    request = Request(watched, FOLDER)
    started = time.process_time()
    report = grade(request, rubric())
    texts = {name: render(report) for name, render in FORMATS.items()}
    texts["colours"] = OWN_CODES.sub("", render_text(report, Look(colour=True, symbols=True)))
    seconds = time.process_time() - started
    found = [*_of_report(report), *(f"{sign} in {name}" for name, text in texts.items() for sign in signs(text))]
    if seconds > MAX_CPU_SECONDS:
        found.append("too slow")
    found += [f"read outside: {path}" for path in watched.outside]
    if has_canary(files):
        found += [f"a password in {name}" for name, text in texts.items() if shows_canary(text)]
    if explain and report.status == "graded":
        found += _of_explanations(request)
    return found


def _of_report(report: Report) -> Iterator[str]:
    if report.reason is not None and report.reason.kind == "grader":
        yield report.reason.message
    if report.status == "graded":
        score = sum(check.score for check in report.checks())
        if report.score != score or not 0 <= score <= report.max_score:
            yield f"score {report.score}"
        if not report.accepted and not report.errors:
            yield "refused without a reason"
    elif report.reason is None or report.score is not None or not report.reason.message.strip():
        yield "not gradable without a reason"
    for check in report.checks():
        if check.outcome.lost and not (check.message and check.at):
            yield f"{check.id} is lost without a message or a place"


def _of_explanations(request: Request) -> Iterator[str]:
    try:
        loaded = load(request)
        for service in SERVICES:
            for sign in signs(explain_service(loaded, service)):
                yield f"{sign} in the explanation of {service}"
    except Unreadable:
        yield "read once, and not again"
    except Exception as error:
        yield f"the explanation failed: {type(error).__name__}: {error}"


def has_canary(files: Mapping[str, bytes]) -> bool:
    """Tell whether the canary of the corpus is a password in these files."""
    return any(CANARY_LINE.search(data) for name, data in files.items() if name == COMPOSE)


def shows_canary(text: str) -> bool:
    """Tell whether a text holds it; names of files must be shown, whatever they are called."""
    return CANARY.decode() in FILE_NAME.sub("", text)


def signs(text: str) -> list[str]:
    """Return the first sign in a text that a terminal or a reader could obey, as its number."""
    found = SIGNS.search(text)
    return [] if found is None else [f"U+{ord(found[0]):04X}"]
