"""What a worker does with a chunk of submissions: open, grade, render. It gives lines back and writes pages."""

import gc
from collections.abc import Sequence
from functools import lru_cache

from grader.batch.choices.choices import choices
from grader.batch.edition import edition_of
from grader.batch.lookalikes.traits import traits
from grader.batch.opening import open_content
from grader.batch.opening.looked import Looked, not_opened, still_same
from grader.batch.opening.opened import Opened
from grader.batch.page_names import PageNames
from grader.batch.records import basis, record
from grader.batch.submission import Submission, whose
from grader.batch.workers.bounds import OutOfTime, grant_chunk, limit_process, time_limit
from grader.batch.workers.copies import Copies, Outcome
from grader.batch.workers.tasks import Done, Settings, Task, write_page
from grader.endings import CommandEnd
from grader.grading import DEFAULT_FILE, fault_place, grade_with_stack, not_gradable
from grader.report import Reason, Report
from grader.rubric import Rubric, load_rubric
from grader.workspace import NoSubmission

COLLECT_AFTER_OBJECTS = 50_000


@lru_cache(maxsize=2)
def _rubric(folder: str) -> Rubric:
    return load_rubric(folder)


@lru_cache(maxsize=2)
def _edition(folder: str) -> str:
    return edition_of(_rubric(folder))


def start(settings: Settings) -> None:
    """Prepare a worker process: its limits, and what all submissions share."""
    limit_process()
    _edition(settings.rubric)
    gc.collect()
    gc.freeze()  # what is there now stays


def grade_bounded(settings: Settings, tasks: Sequence[Task]) -> list[Done]:
    """Grade a chunk in a process that `start` has prepared. Raises nothing for what is in the submissions."""
    grant_chunk()
    return grade_chunk(settings, tasks)


def grade_chunk(settings: Settings, tasks: Sequence[Task]) -> list[Done]:
    """Grade some submissions, one after the other. Raises nothing for what is in them."""
    usual = gc.get_threshold()
    # submissions leave next to no circles behind: the collector need not look for them all the time
    gc.set_threshold(COLLECT_AFTER_OBJECTS, *usual[1:])
    try:
        return [_grade(settings, task) for task in tasks]
    finally:
        gc.set_threshold(*usual)


def _grade(settings: Settings, task: Task) -> Done:
    submission = task.submission
    try:
        with time_limit():
            if task.known is not None and still_same(submission.content, task.known):
                return Done(None)
            return _graded(settings, submission)
    except OutOfTime as allowed:
        return failed(settings, submission, f"grading took longer than {allowed} and was stopped")
    except MemoryError:
        return failed(settings, submission, "grading needed too much memory and was stopped")
    except CommandEnd:
        raise
    except Exception as error:
        return failed(settings, submission, f"the grader failed ({fault_place(error)})")


def _graded(settings: Settings, submission: Submission) -> Done:
    remarks: Sequence[str] = ()
    try:
        opened = open_content(submission.content)
    except NoSubmission as error:
        why = Reason("input", str(error), None, None)
        refused = not_gradable(_rubric(settings.rubric), why, folder=error.folder, file=error.file)
        found = Outcome(refused, not_opened(error), {}, ())
    else:
        remarks = opened.remarks
        found = _copies(settings).outcome(opened, lambda looked: _outcome(settings, opened, looked))
    line, brief = record(
        submission,
        found.report,
        basis=basis(submission, _edition(settings.rubric)),
        files=found.files,
        remarks=remarks,
        choices=found.choices,
        traits=found.traits,
    )
    return Done(line, brief, found.report.score, found.is_fault, _page(settings, submission, found.report))


@lru_cache(maxsize=2)
def _copies(settings: Settings) -> Copies:
    return Copies()


def _outcome(settings: Settings, opened: Opened, looked: Looked) -> Outcome:
    """Grade what was opened; `looked` are its files."""
    rubric = _rubric(settings.rubric)
    graded = grade_with_stack(opened.request(looked), rubric, excerpts=settings.feedback)
    report, stack, secrets = graded.report, graded.stack, graded.secrets
    if stack is None:
        return Outcome(report, looked.files(), {}, ())
    salt = _edition(settings.rubric).encode()
    chosen = choices(stack, rubric, salt, secrets=secrets and secrets())
    return Outcome(report, looked.files(), chosen, traits(stack, rubric, salt))


def failed(settings: Settings, submission: Submission, why: str) -> Done:
    """Return the result of a submission that the grader could not cope with: never a zero."""
    rubric = _rubric(settings.rubric)
    reason = Reason("grader", f"{why}; please report it", None, None)
    report = not_gradable(rubric, reason, folder="", file=DEFAULT_FILE)
    line, brief = record(submission, report, basis=basis(submission, _edition(settings.rubric)), files={})
    return Done(line, brief, None, True, _page(settings, submission, report))


def _page(settings: Settings, submission: Submission, report: Report) -> bytes | None:
    """Render the page of a submission and write it, or return it where it is written elsewhere."""
    if not settings.feedback:
        return None
    from grader.reports.html import render_html  # here: a batch without pages needs none of it

    page = render_html(report, whose(submission)).encode("utf-8", "replace")
    if settings.out is None:
        return page
    write_page(settings.out, PageNames(many=settings.many).path(submission.id), page)
    return None
