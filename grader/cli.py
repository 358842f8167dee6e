"""The command line: which command is meant, and what becomes of everything that goes wrong on the way.

A command is a module of `grader.commands` with `add_arguments(parser)` and `run(arguments) -> exit code`. Only the
module that is asked for is imported: `grade` must start at once. With a PATH alone, or nothing at all, it needs neither
argparse nor the texts of its help, which take a tenth of the time.
"""

import os
import sys
from collections.abc import Iterable, Sequence

from grader.endings import CommandEnd, UsageError

EXIT_FAULT = 3
EXIT_INTERRUPTED = 130  # 128 + SIGINT, as shells count it
DEBUG_VARIABLE = "GRADE_DEBUG"
OPTION_WORDS = ("help", "version", "watch")  # options without a value that other programs know as commands


def run(arguments: Sequence[str]) -> int:
    """Run one command line (without the program's name) and return its exit code. Raises nothing."""
    _never_fail_on_characters()
    try:
        code = _dispatch(list(arguments))
        sys.stdout.flush()
        return code
    except CommandEnd as end:
        if str(end):
            _say(f"grade: {end}")
        return end.code
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
        return EXIT_FAULT
    except OSError as error:
        _say(f"grade: {error.filename or 'a file'}: {error.strerror or error}")
        return EXIT_FAULT
    except Exception as fault:
        return _say_fault(fault)


def _dispatch(arguments: list[str]) -> int:
    if _is_path_alone(arguments):
        from grader.commands import grade

        return grade.run(grade.with_path(*arguments))
    from importlib import import_module

    from grader.arguments import Parser
    from grader.commands.texts import COMMAND_TEXTS, GRADE_TEXT

    name = arguments[0]
    text = COMMAND_TEXTS.get(name)
    if text is None:
        _refuse_misspelt_command(name, COMMAND_TEXTS)
        text, module, rest = GRADE_TEXT, "grader.commands.grade", arguments
    else:
        module, rest = f"grader.commands.{name}", arguments[1:]
    command = import_module(module)
    parser = Parser(prog=text.program, description=text.description, epilog=text.epilog)
    command.add_arguments(parser)
    code: int = command.run(parser.parse_args(rest))
    return code


def _is_path_alone(words: list[str]) -> bool:
    """Tell whether there is nothing but a PATH, if at all: a word that can be neither an option nor a command."""
    return not words or (len(words) == 1 and not words[0].startswith("-") and not words[0].isalpha())


def _refuse_misspelt_command(word: str, commands: Iterable[str]) -> None:
    """Raise `UsageError` for a word that is no path and looks like a command."""
    if not word.isalpha() or os.path.lexists(word):
        return
    from grader.spelling import nearest

    near = f"--{word.lower()}" if word.lower() in OPTION_WORDS else nearest(word, commands)
    if near:
        raise UsageError(f"there is no command and no file {word!r}. Did you mean: grade {near}\nSee: grade --help")


def _never_fail_on_characters() -> None:
    """A terminal that cannot show a student's letters gets `?` in their place, and a closed stream nothing (`>&-`)."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - as long as the process lives
        stream = getattr(sys, name)
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


def _say(text: str) -> None:
    """Print to stderr what may hold the names of somebody else's files."""
    from grader.reports.clean import clean

    print(clean(text).expandtabs(1), file=sys.stderr)


def _forget_stdout() -> None:
    """Whoever read the output has left (`grade | head`): keep the interpreter from complaining at its end."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())


def _say_fault(fault: Exception) -> int:
    """Print one sentence about a fault of our own; the traceback only on wish."""
    if os.environ.get(DEBUG_VARIABLE):
        import traceback

        traceback.print_exception(fault)
    words = str(fault).splitlines()
    what = f"{type(fault).__name__}: {words[0]}" if words else type(fault).__name__
    _say(
        f"grade: the grader itself failed ({what}). This says nothing about your file.\n"
        f"Please report it with the output of the same command after setting {DEBUG_VARIABLE}=1."
    )
    return EXIT_FAULT
