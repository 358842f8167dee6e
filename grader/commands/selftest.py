"""`grade selftest [RUBRIC]`: prints what the self-test of a rubric did and found."""

import argparse
import os

from grader import kit
from grader.endings import CommandFailed, UsageError
from grader.exercise import RubricError
from grader.reports.clean import clean_line
from grader.rubric import load_rubric
from grader.selftest import Part, SelfTest
from grader.selftest import run as run_selftest

EXIT_PROVED, EXIT_FAILED = 0, 1
CASES = "tests"
MAX_SHOWN = 20  # failures of one part


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `grade selftest`."""
    parser.add_argument("rubric", nargs="?", metavar="RUBRIC", help="a rubric folder (default: the one grade uses)")
    parser.add_argument(
        "--cases", metavar="DIR", help="folder with accepted/ and rejected/ (default: those of the clone)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the self-test, print a line a part, then every failure."""
    folder = arguments.rubric or kit.rubric_folder()
    if not os.path.isdir(folder):
        raise UsageError(f"{folder}: there is no such folder. Give a copy of the folder exercises/.")
    if arguments.cases and not os.path.isdir(arguments.cases):
        raise UsageError(f"--cases {arguments.cases}: there is no such folder.")
    try:
        known = None if arguments.cases else frozenset(check.id for check in load_rubric(kit.rubric_folder()).checks())
        result = run_selftest(folder, cases=arguments.cases or _cases(), known=known)
    except RubricError as error:
        raise CommandFailed(f"the rubric cannot be used: {error}") from error
    print("\n".join(_lines(result)))
    return EXIT_FAILED if any(part.failures for part in result.parts) else EXIT_PROVED


def _cases() -> str | None:
    """Return the recorded cases of a clone; an installed wheel has none."""
    folder = os.path.join(kit.kit_folder(), CASES)
    return folder if os.path.isdir(folder) else None


def _lines(result: SelfTest) -> list[str]:
    lines = [_part_line(part) for part in result.parts]
    for part in result.parts:
        if part.failures:
            lines += ["", f"{part.name}:", *(f"  {clean_line(failure)}" for failure in part.failures[:MAX_SHOWN])]
            if len(part.failures) > MAX_SHOWN:
                lines.append(f"  and {len(part.failures) - MAX_SHOWN} more: mend these first")
    if result.warnings:
        lines += ["", *(f"Warning: {clean_line(warning)}" for warning in result.warnings)]
    failures = sum(len(part.failures) for part in result.parts)
    skipped = sum(1 for part in result.parts if part.skipped_reason)
    ran = sum(part.ran for part in result.parts)
    if failures:
        end = f"{failures} of {ran} judgements are not as they must be."
    else:
        end = f"The rubric is proved by {ran} judgements" + (f"; {skipped} parts were skipped." if skipped else ".")
    return [*lines, "", end]


def _part_line(part: Part) -> str:
    if part.skipped_reason:
        return f"{part.name:<24} skipped: {part.skipped_reason}"
    return f"{part.name:<24} {part.ran:>6} ran   {_failures(len(part.failures))}"


def _failures(count: int) -> str:
    return f"{count} failed" if count else "all as they must be"
