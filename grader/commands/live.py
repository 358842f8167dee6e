"""`grade live [PATH]`: run the stack on a Docker engine and do the TASK's verification."""

import argparse
import os
import sys

from grader.commands.submission import open_rubric
from grader.live.cleanup import ended_by_signals
from grader.live.document import render_json
from grader.live.records import LiveReport, Stop
from grader.live.text import TextProgress, summary_lines
from grader.live.verification import Options, not_run, verify
from grader.reports.look import look_of
from grader.workspace import NoSubmission, locate, request

EXIT_PROVEN, EXIT_FAILED, EXIT_USAGE, EXIT_NOT_RUN = 0, 1, 2, 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `grade live`."""
    parser.add_argument(
        "path", nargs="?", metavar="PATH", help="a compose file or its folder (default: your workspace)"
    )
    parser.add_argument("--keep", action="store_true", help="leave the stack up and say how to stop it")
    parser.add_argument(
        "--in-place", action="store_true", help="use your own project and folder instead of a copy; volumes stay"
    )
    parser.add_argument("--trust", action="store_true", help="run a file that asks for more than the kit")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text for people, json for programs")


def run(arguments: argparse.Namespace) -> int:
    """Verify, print what happened, and return the exit code."""
    rubric = open_rubric(None)
    options = Options(keep=arguments.keep, in_place=arguments.in_place, trust=arguments.trust)
    as_json = arguments.format == "json"
    stream = sys.stderr if as_json else sys.stdout
    look = look_of(stream, os.environ)
    try:
        asked = request(locate(arguments.path))
    except NoSubmission as error:
        report = not_run(error.file, Stop("input", str(error)), options, None)
    else:
        try:
            with ended_by_signals():
                report = verify(asked, rubric, options, environment=os.environ, progress=TextProgress(stream, look))
        except KeyboardInterrupt:
            print("\ngrade: interrupted. What was started for this run has been taken down.", file=sys.stderr)
            raise
    if as_json:
        sys.stdout.write(render_json(report))
    elif report.stop is not None:
        print("\n".join(summary_lines(report, look)), file=sys.stderr)
    else:
        print("\n".join(summary_lines(report, look)))
    return exit_code(report)


def exit_code(report: LiveReport) -> int:
    """Return 0 for a proof, 1 where something failed, 2 where `--trust` is asked for, 3 where nothing could be run."""
    if report.stop is not None:
        return EXIT_USAGE if report.stop.kind == "trust" else EXIT_NOT_RUN
    return EXIT_PROVEN if report.status == "proven" else EXIT_FAILED
