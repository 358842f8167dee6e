"""`grade package`: a ready piece for a service, in one file."""

import argparse

from grader import kit
from grader.commands.submission import add_rubric_option, open_rubric
from grader.endings import CommandFailed

NAMES = {"gradescope": "compose-kata-gradescope.zip"}
STEPS = """\
On Gradescope: Create Assignment > Programming Assignment, {points} autograder
points, then Configure Autograder > Zip file upload, and Update Autograder.
Students upload docker-compose.yml, and the files it reads (.env)."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `grade package` takes."""
    parser.add_argument("service", choices=list(NAMES), help="what to make the piece for")
    parser.add_argument("-o", dest="output", metavar="FILE", help=f"where to (default: {NAMES['gradescope']})")
    add_rubric_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the zip and say what to do with it."""
    from grader.ready.gradescope.archive import autograder_zip

    rubric = open_rubric(arguments.rubric)  # a rubric that cannot be used is refused here, not in front of students
    output = arguments.output or NAMES[arguments.service]
    try:
        content = autograder_zip(arguments.rubric or kit.rubric_folder())
        with open(output, "wb") as file:
            file.write(content)
    except OSError as error:
        raise CommandFailed(f"{output} cannot be made: {_where(error, output)}{error.strerror}.") from error
    print(f"{output}: {len(content) // 1024} KiB")
    print(STEPS.format(points=rubric.max_score))
    return 0


def _where(error: OSError, output: str) -> str:
    """Return the file that could not be read, where it is not the zip that could not be written."""
    return f"{error.filename}: " if error.filename not in (None, output) else ""
