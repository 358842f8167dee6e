"""How a command ends early, apart from argparse: a plain `grade` does without it.

CommandEnd
├── HelpShown       exit code 0: `--help` or `--version` has printed what was asked for
├── UsageError      exit code 2: what was typed cannot be done as it stands
└── CommandFailed   exit code 3: what was typed is right and cannot be done (a broken rubric, a full disk)
"""


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
