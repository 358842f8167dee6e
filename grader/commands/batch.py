"""`grade batch SUBMISSIONS --out DIR`: a whole class from download to gradebook."""

import os
import sys
from typing import TYPE_CHECKING

from grader.commands.submission import add_rubric_option, open_rubric
from grader.endings import CommandFailed, UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from grader.batch.batch import Batch
    from grader.batch.outputs import Output, Outputs

EXIT_DONE, EXIT_FAULTS = 0, 3
MAX_JOBS = 61 if sys.platform == "win32" else 256  # Windows waits for no more processes at a time


def add_arguments(parser: "ArgumentParser") -> None:
    """Declare the options of `grade batch`."""
    from grader.batch.gradebooks import GRADEBOOKS
    from grader.batch.sources import SOURCES

    parser.add_argument(
        "submissions",
        metavar="SUBMISSIONS",
        help="what the class handed in: a folder, an archive, an LMS download, a list",
    )
    parser.add_argument("--out", metavar="DIR", required=True, help="where results go; run again to go on or to update")
    parser.add_argument(
        "--source",
        metavar="KIND",
        help=f"what SUBMISSIONS is: {', '.join(SOURCES)} (default: recognised by itself)",
    )
    parser.add_argument("--jobs", type=_jobs, metavar="N", help="worker processes (default: one a core)")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="grade on a Dask cluster (tcp://host:8786) instead")
    parser.add_argument(
        "--gradebook",
        action="append",
        default=[],
        metavar="KIND=FILE",
        help=f"fill in a copy of the LMS's own file; KIND: {', '.join(GRADEBOOKS)}; FILE:COLUMN where several columns "
        "could take the grade (repeatable)",
    )
    parser.add_argument("--regrade", metavar="OLD", help="say what changed since the results in the folder OLD")
    parser.add_argument("--no-feedback", action="store_true", help="no page for each submission")
    parser.add_argument("--bom", action="store_true", help="gradebook.csv with a byte order mark, for old spreadsheets")
    parser.add_argument("--fresh", action="store_true", help="forget the results in DIR and grade everything again")
    add_rubric_option(parser)


def run(arguments: "Namespace") -> int:
    """Grade the class, write everything, say how it went, and return the exit code."""
    from grader.batch.batch import Batch, Plan
    from grader.batch.sources import open_source

    rubric = open_rubric(arguments.rubric)
    source = open_source(arguments.submissions, arguments.source)
    out = _out_folder(arguments.out, arguments.submissions)
    _refuse_to_overwrite(out, arguments.out, arguments.submissions)
    # a process for each submission is enough, where their number is known
    jobs = arguments.jobs or min(_cores(), MAX_JOBS, max(source.count or MAX_JOBS, 1))
    plan = Plan(arguments.submissions, out, jobs, not arguments.no_feedback, arguments.fresh, arguments.scheduler)
    batch = Batch(source, rubric, plan)
    sentences = _graded(batch, arguments)
    print("\n".join([batch.counts.end(), *sentences, *source.remarks()]))
    return EXIT_FAULTS if batch.counts.faults or source.is_partial else EXIT_DONE


def _graded(batch: "Batch", arguments: "Namespace") -> list[str]:
    outputs = _outputs(batch, arguments)
    _say_start(batch)
    try:
        return batch.run(outputs.add, outputs.finish, meanwhile=outputs.make_ready)
    except KeyboardInterrupt:
        command = "the same command without --fresh" if arguments.fresh else "the same command"
        print(f"\nInterrupted. What was graded is kept: {command} goes on from there.", file=sys.stderr)
        raise
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CommandFailed(
            f"{error.filename or batch.plan.out}: {error.strerror}. What was graded is kept: "
            "mend this, and the same command goes on from there."
        ) from error


def _outputs(batch: "Batch", arguments: "Namespace") -> "Outputs":
    """Make what is made of the results. It complains about its files before an hour of grading, not after."""
    from grader.batch.dashboard import Dashboard
    from grader.batch.gradebook import Gradebook
    from grader.batch.gradebooks import open_gradebooks
    from grader.batch.lookalikes.search import LookAlikes
    from grader.batch.outputs import Outputs
    from grader.batch.regrade.regrade import Regrade
    from grader.batch.summary import Summary

    out, rubric = batch.plan.out, batch.rubric
    asked = open_gradebooks(arguments.gradebook, out, checks=rubric.checks())
    regrade = Regrade(arguments.regrade, out) if arguments.regrade else None
    outputs: list[Output] = [
        Summary(out, rubric, batch.edition, batch.source.kind),
        Gradebook(out, rubric, batch.page_of, bom=arguments.bom),
        *asked,
    ]
    return Outputs(outputs, Dashboard(out, rubric, page_of=batch.page_of), LookAlikes(out), regrade)


def _say_start(batch: "Batch") -> None:
    """Say what the source was taken for."""
    from grader.batch.counted import counted

    plan, source = batch.plan, batch.source
    count = "" if source.count is None else f", {counted(source.count, 'submission')}"
    workers = counted(plan.jobs, "worker process", "worker processes")
    if plan.scheduler is not None:
        workers = f"the cluster at {plan.scheduler}"
    print(f"Source: {source.kind}{count}; {workers}", file=sys.stderr)


def _out_folder(out: str, submissions: str) -> str:
    """Make the folder for the results; never within what is graded."""
    if not out:
        raise UsageError("--out is empty: name the folder for the results, as in --out results")
    absolute, given = os.path.realpath(out), os.path.realpath(submissions)
    if os.path.isdir(given) and (absolute == given or absolute.startswith(given.rstrip(os.sep) + os.sep)):
        raise UsageError(f"--out {out} lies within the submissions: results would be graded. Choose another folder.")
    try:
        os.makedirs(absolute, exist_ok=True)
    except OSError as error:
        raise CommandFailed(f"--out {out}: the folder cannot be made ({error.strerror}). Choose another.") from error
    return absolute


def _refuse_to_overwrite(out: str, typed: str, submissions: str) -> None:
    """Refuse where results would replace what is no result: what is graded, or what no earlier run has left there."""
    from grader.batch import output_files

    if os.path.realpath(submissions) in [os.path.join(out, name) for name in output_files.ALL]:
        raise UsageError(f"--out {typed}: the results would overwrite {submissions}. Choose another folder.")
    if output_files.is_from_a_run(out):
        return
    there = [name for name in output_files.MADE_ANEW if os.path.lexists(os.path.join(out, name))]
    if there:
        raise UsageError(
            f"--out {typed}: {', '.join(there)} would be overwritten, and there is no {output_files.RESULTS} of an "
            "earlier run beside it. Choose another folder, or move it away."
        )


def _cores() -> int:
    """Return the number of cores that this process may use, which in a container or a batch system are not all."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _jobs(text: str) -> int:
    from argparse import ArgumentTypeError

    if not text.isdecimal() or not 1 <= int(text) <= MAX_JOBS:
        raise ArgumentTypeError(f"{text!r} is no number from 1 to {MAX_JOBS}")
    return int(text)
