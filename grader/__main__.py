"""`python -m grader` and the console script `grade`: the one door through which the process ends."""

import sys

from grader.cli import run


def main() -> None:
    """Run the command line of this process and end it with the exit code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
