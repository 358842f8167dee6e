"""A command line read by argparse that never ends the process itself and that says "did you mean"."""

import argparse
from typing import NoReturn

from grader.endings import HelpShown, UsageError
from grader.spelling import did_you_mean

HELP_WIDTH_COLUMNS = 79
OPTION_COLUMN = 26


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
