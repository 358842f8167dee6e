"""What `--help` says, as data: one text a command, in the order in which they are listed."""

from grader.light_tuple import NamedTuple


class CommandText(NamedTuple):
    """The help of one command: the program's name in it, one line for the list, what it does, what to type."""

    program: str
    summary: str
    description: str
    epilog: str


_BATCH = CommandText(
    "grade batch",
    "a whole class, from download to gradebook",
    "Grade everything that a class handed in: a folder of files or of folders, an\n"
    "archive, the download of Canvas, Moodle or Gradescope, clones of GitHub\n"
    "Classroom or Classroom 50, or a list of paths. What it is, is recognised.\n"
    "Nothing of it is executed, and no network is used.",
    """\
examples:
  grade batch submissions.zip --out results
  grade batch submissions.zip --out results --gradebook canvas=grades.csv
  grade batch class/ --out results --jobs 8 --no-feedback
  grade batch class/ --out new --regrade results     what changed, and for whom

in DIR:
  results.jsonl    a line a submission, the whole report; a later run goes on
                   from it
  gradebook.csv    a line a student          summary.json   the class in numbers
  index.html       the dashboard             feedback/      a page a submission
  look-alikes.csv  who shares what hardly anybody else chose
  regrade.csv      with --regrade: what changed, and for whom
  and the filled-in copies of the gradebooks asked for

Ended at any moment, the same command goes on from there. What has not changed
is not graded again. docs/instructors.md leads from each download to the
gradebook.

exit codes:
  0 done (what could not be graded is listed)   2 usage
  3 the grader failed on some submissions, the archive breaks off in the middle,
    or nothing could be written""",
)

_CONFIG = CommandText(
    "grade config",
    "how Docker Compose reads the file, value by value",
    "Print the project as Docker Compose resolves it, without Docker.",
    """\
examples:
  grade config                      the file of this folder, or of one above
  grade config -f a.yml -f b.yml    two files, the second on top of the first
  grade config --format json        for programs

exit codes:
  0 accepted   1 refused   2 usage   3 grader fault""",
)

_EXPLAIN = CommandText(
    "grade explain",
    "what a check asks and why; what a container would do",
    "Without an argument: all exercises and checks.\n"
    "With a check: what it asks, why, and how your file stands.\n"
    "With a service: what its container would do, and where each setting comes from.",
    """\
examples:
  grade explain                     the map of all exercises and checks
  grade explain kafka.node-id       one check
  grade explain kafka               what Kafka would get, and what it would do
  grade explain 02-kafka            the checks of one exercise""",
)

_HINT = CommandText(
    "grade hint",
    "a hint for one check, in three levels",
    "Print a hint. Level 1 says where to look, level 2 what is missing or wrong,\n"
    "level 3 nearly the line. With a service or an exercise instead of a check:\n"
    "a hint for its first check that is not passed.",
    """\
examples:
  grade hint kafka.node-id          the first hint
  grade hint kafka.node-id 3        the last one
  grade hint mysql                  the first check of mysql that is not passed""",
)

_INIT = CommandText(
    "grade init",
    "a fresh workspace in a new folder",
    "Make a workspace in DIR. Nothing is ever overwritten: DIR must be new or empty.",
    """\
examples:
  grade init kata                   then: cd kata, read exercises/README.md
  grade init demo --with-solutions  with the solutions, for instructors""",
)

_LIVE = CommandText(
    "grade live",
    "run the stack on Docker and prove it",
    "Start a copy of your workspace beside whatever else runs, do the verification of\n"
    "the TASK, take everything down again, and say in words what failed and why.\n"
    "Needs Docker with Compose. The first run fetches images.",
    """\
examples:
  grade live                        your workspace
  grade live --keep                 leave it up, to look at it
  grade live --in-place             your own project, as docker compose names it
  grade live --format json          for programs; progress goes to stderr

A file that asks for more than the kit (other images, folders of the computer,
privileges ...) is not run before you say --trust.

exit codes:
  0 proven   1 something failed   2 usage, or --trust is needed
  3 no engine, not gradable, or a fault of the grader""",
)

_NOTEBOOK = CommandText(
    "grade notebook",
    "open the notebooks in JupyterLab",
    "Open the notebooks of the nearest workspace, here or above, in JupyterLab.\n"
    "Nothing is installed: if JupyterLab is missing, this says what to install.",
    """\
examples:
  grade notebook                    then run the cells with Shift+Enter

exit codes:
  0 it was closed   2 no workspace, or no JupyterLab   3 JupyterLab failed""",
)

_PACKAGE = CommandText(
    "grade package",
    "a ready autograder for Gradescope",
    "Write an autograder zip: scripts, the grader and the rubric in one file. It asks\n"
    "for nothing but three libraries when Gradescope builds its image.",
    """\
examples:
  grade package gradescope                  compose-kata-gradescope.zip
  grade package gradescope -o week3.zip     another name
  grade package gradescope --rubric mine    with your own copy of exercises/

exit codes:
  0 written   2 usage   3 the rubric cannot be read, or the zip not written""",
)

_RESET = CommandText(
    "grade reset",
    "back to the skeleton; the old file is kept",
    "Write the skeleton's text back. The old file is kept beside it with the ending\n.bak (.bak.2, .bak.3 ...).",
    """\
examples:
  grade reset kafka                 only the block of kafka; the rest stays
  grade reset                       the whole file""",
)

_SELFTEST = CommandText(
    "grade selftest",
    "the rubric proves itself",
    "Prove a rubric: the skeleton scores 0, the solution everything, and every fault\n"
    "loses exactly its own check: examples, recorded files, single-fault mutants.",
    """\
examples:
  grade selftest                    the rubric that grade uses
  grade selftest my-exercises       a copy of exercises/ that you have changed

exit codes:
  0 proved   1 something failed   2 usage   3 the rubric cannot be read""",
)

COMMAND_TEXTS = {
    "batch": _BATCH,
    "config": _CONFIG,
    "explain": _EXPLAIN,
    "hint": _HINT,
    "init": _INIT,
    "live": _LIVE,
    "notebook": _NOTEBOOK,
    "package": _PACKAGE,
    "reset": _RESET,
    "selftest": _SELFTEST,
}

_COMMAND_LIST = "\n".join(f"  grade {name:<9} {text.summary}" for name, text in COMMAND_TEXTS.items())

GRADE_TEXT = CommandText(
    "grade",
    "score a compose file",
    "Score a docker-compose.yml against the TASK, without Docker, and say line by\nline what is wrong and why.",
    f"""\
examples:
  grade                             your workspace, here or above
  grade path/to/docker-compose.yml  one file; a folder is read as Compose would
  grade --exercise kafka            only one exercise
  grade --watch                     again after every save, until Ctrl-C
  grade --format json -o out.json   for programs
  grade --fail-under 80             exit code 0 from 80 percent on

commands (a folder of the same name is ./config):
{_COMMAND_LIST}
  Each has its own help: grade hint --help

exit codes:
  0 full marks, or at least --fail-under      1 graded below that
  3 not gradable, or a fault of the grader    2 usage

A usual round: read exercises/01-mongodb/TASK.md, edit docker-compose.yml, run
grade, ask for a hint, run grade again. Variables of your shell never count,
only .env, --env-file and --env do.""",
)
