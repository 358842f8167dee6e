"""What `--help` says, as data: one text a command, in the order in which they are listed."""

from typing import NamedTuple


class CommandText(NamedTuple):
    """The help of one command: the program's name in it, one line for the list, what it does, what to type."""

    program: str
    summary: str
    description: str
    epilog: str


_CONFIG = CommandText(
    "grade config",
    "how Docker Compose reads the file: every variable and mount it makes of it",
    "Print the project as Docker Compose resolves it, without Docker.",
    """\
examples:
  grade config                      the file of this folder, or of a folder above
  grade config -f a.yml -f b.yml    two files, the second on top of the first
  grade config --format json        for programs

exit codes: 0 Compose accepts the project, 1 it refuses it, 2 usage, 3 grader fault""",
)

_EXPLAIN = CommandText(
    "grade explain",
    "what a check asks and why, or what a container would do with your file",
    "Without an argument: all exercises and checks. With a check: what it asks, why, and how your file stands.\n"
    "With a service: what its container would do, setting by setting, and where each comes from.",
    """\
examples:
  grade explain                     the map of all exercises and checks
  grade explain kafka.node-id       one check
  grade explain kafka               what Kafka would get from your file, and whether it would start
  grade explain 02-kafka            the checks of one exercise""",
)

_HINT = CommandText(
    "grade hint",
    "a hint for one check; three levels, the third is nearly the line",
    "Print a hint. Level 1 says where to look, level 2 what is missing or wrong, level 3 nearly the line.\n"
    "With a service or an exercise instead of a check: a hint for its first check that is not passed.",
    """\
examples:
  grade hint kafka.node-id          the first hint
  grade hint kafka.node-id 3        the last one
  grade hint mysql                  the first check of mysql that your file does not pass yet""",
)

_INIT = CommandText(
    "grade init",
    "a fresh workspace: the compose file, the exercises and the code they speak of",
    "Make a workspace in DIR. Nothing is ever overwritten: DIR must be new or empty.",
    """\
examples:
  grade init kata                   then: cd kata, read exercises/README.md, run grade
  grade init demo --with-solutions  with the solutions, for instructors""",
)

_RESET = CommandText(
    "grade reset",
    "back to the skeleton, the whole file or one service; the old file is kept",
    "Write the skeleton's text back. The old file is kept beside it with the ending .bak (.bak.2, .bak.3 ...).",
    """\
examples:
  grade reset kafka                 only the block of kafka; everything else stays as it is
  grade reset                       the whole file""",
)

_SELFTEST = CommandText(
    "grade selftest",
    "the rubric proves itself: skeleton, solution, examples, spellings, mutants",
    "Prove a rubric: the skeleton scores 0, the solution everything, and every fault loses exactly its own check.",
    """\
examples:
  grade selftest                    the rubric that grade uses
  grade selftest my-exercises       a copy of exercises/ that you have changed

exit codes: 0 proved, 1 something failed, 2 usage, 3 the rubric cannot be read""",
)

COMMAND_TEXTS = {
    "config": _CONFIG,
    "explain": _EXPLAIN,
    "hint": _HINT,
    "init": _INIT,
    "reset": _RESET,
    "selftest": _SELFTEST,
}

_COMMAND_LIST = "\n".join(f"  grade {name:<9} {text.summary}" for name, text in COMMAND_TEXTS.items())

GRADE_TEXT = CommandText(
    "grade",
    "score a compose file",
    "Score a docker-compose.yml against the TASK, without Docker, and say line by line what is wrong and why.",
    f"""\
examples:
  grade                             your workspace: this folder, or the nearest one above
  grade path/to/docker-compose.yml  one file; path/to/folder reads it as Docker Compose would
  grade --exercise kafka            only one exercise
  grade --format json -o out.json   for programs
  grade --fail-under 80             exit code 0 from 80 percent on

commands (a file or folder of the same name: ./config):
{_COMMAND_LIST}
  Each has its own help: grade hint --help

exit codes: 0 full marks (or at least --fail-under), 1 graded below that, 2 usage, 3 not gradable or grader fault

Variables of your shell never count, only .env and --env. A usual round: read exercises/01-mongodb/TASK.md,
edit docker-compose.yml, run grade, ask for a hint, run grade again.""",
)
