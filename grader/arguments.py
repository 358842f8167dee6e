"""A command line read by argparse that never ends the process itself and that says "did you mean".

CommandEnd
├── HelpShown       exit code 0: `--help` or `--version` has printed what was asked for
├── UsageError      exit code 2: what was typed cannot be done as it stands
└── CommandFailed   exit code 3: what was typed is right and cannot be done (a broken rubric, a full disk)
"""

import argparse
from typing import NoReturn

from grader.spelling import did_you_mean

HELP_WIDTH_COLUMNS = 79
OPTION_COLUMN = 26


class CommandEnd(Exception):
    """Root of what ends a command early. The text is for the person who typed: what is wrong, where, what to do."""

    code = 3


class HelpShown(CommandEnd):
    """Help or version stands on stdout; there is nothing more to do and nothing to say."""

    code = 0


class UsageError(CommandEnd):
    """What was typed cannot be done as it stands."""

    code = 2


class CommandFailed(CommandEnd):
    """What was typed is right and cannot be done."""

    code = 3


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Keeps written line ends. A given width also keeps argparse from importing shutil, on every start."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=HELP_WIDTH_COLUMNS, max_help_position=OPTION_COLUMN)


class Parser(argparse.ArgumentParser):
    """An `ArgumentParser` without abbreviations that raises `UsageError` and `HelpShown` instead of leaving."""

    def __init__(self, *, prog: str, description: str, epilog: str | None = None) -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            formatter_class=_Formatter,
            allow_abbrev=False,
        )

    def error(self, message: str) -> NoReturn:
        """Raise the argparse message as `UsageError`, with the nearest option where one was misspelt."""
        raise UsageError(f"{message}.{self._nearest_options(message)}\nSee: {self.prog} --help")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """Argparse calls this after `--help` and `--version`, and nowhere else."""
        raise HelpShown(message or "")

    def _nearest_options(self, message: str) -> str:
        unknown, _, rest = message.partition("unrecognized arguments: ")
        words = [] if unknown else [word.partition("=")[0] for word in rest.split() if word.startswith("-")]
        return "".join(did_you_mean(word, self._option_string_actions) for word in words)
