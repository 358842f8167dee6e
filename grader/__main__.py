"""`python -m grader` and the console script `grade`: the one door through which the process ends."""

import gc
import sys

COLLECT_AFTER_OBJECTS = 100_000  # Python's default of 700 looks for garbage a hundred times while modules are imported


def main() -> None:
    """Run the command line of this process and end it with the exit code.

    Nothing that a short process makes is worth a search for garbage: neither while it starts nor, several times over,
    while the interpreter ends. Together they are an eighth of the time of a cold `grade`.
    """
    gc.set_threshold(COLLECT_AFTER_OBJECTS)
    from grader.light_yaml import load_parser_only

    load_parser_only()
    from grader.cli import run

    code = run(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
