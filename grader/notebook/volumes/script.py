"""The script of a laboratory: commands of Docker Compose, and three more that stand for what people do in between."""

import shlex
from collections.abc import Sequence
from typing import NamedTuple

from grader.spelling import did_you_mean

MAX_STEPS = 24
MAX_CHARACTERS = 200  # of one command
PREFIXES = ("docker compose ", "docker-compose ")

# the options that each command takes, in the words of `docker compose`; the short form is the one that is shown
OPTIONS: dict[str, dict[str, str]] = {
    "up": {"-d": "", "--detach": "", "-V": "-V", "--renew-anon-volumes": "-V", "--force-recreate": "--force-recreate"},
    "down": {"-v": "-v", "--volumes": "-v"},
    "stop": {},
    "start": {},
    "restart": {},
    "crash": {},
    "write": {},
    "edit": {},
}
WITH_WORDS = ("write", "edit")


class BadScript(Exception):
    """A script that means nothing. The text says which command, and what there is."""


class Step(NamedTuple):
    """One command: its name, its options in short form, and what follows it."""

    name: str
    options: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The command as it is shown."""
        return " ".join((self.name, *sorted(self.options), *self.words))


def read_script(script: str | Sequence[str], service: str) -> list[Step]:
    """Read a script: one command a line, or between semicolons, or in a list. Raises `BadScript`."""
    texts = script.replace("\n", ";").split(";") if isinstance(script, str) else [str(text) for text in script]
    wanted = [text.strip() for text in texts if text.strip()]
    if not wanted:
        raise BadScript(f"There is no command. There is: {', '.join(OPTIONS)}.")
    if len(wanted) > MAX_STEPS:
        raise BadScript(f"That are {len(wanted)} commands. A script has {MAX_STEPS} at most.")
    return [_step(text, service) for text in wanted]


def _step(text: str, service: str) -> Step:
    if len(text) > MAX_CHARACTERS:
        raise BadScript(f"A command has {MAX_CHARACTERS} signs at most.")
    bare = text
    for prefix in PREFIXES:
        bare = bare.removeprefix(prefix)
    try:
        name, *rest = shlex.split(bare)
    except ValueError as error:
        raise BadScript(f"The quotes in `{text}` do not fit together.") from error
    if name not in OPTIONS:
        raise BadScript(f"`{name}` is no command here.{did_you_mean(name, OPTIONS)} There is: {', '.join(OPTIONS)}.")
    options, words = set[str](), list[str]()
    for word in rest:
        if not word.startswith("-"):
            words.append(word)
        elif word in OPTIONS[name]:
            options.add(OPTIONS[name][word])
        else:
            known = [option for option in OPTIONS[name] if option not in ("-d", "--detach")]
            there = f" It knows: {', '.join(known)}." if known else ""
            raise BadScript(f"`{name}` has no option `{word}` here.{there}")
    if name not in WITH_WORDS:
        words = [word for word in words if word != service]  # `restart mongodb`
        if words:
            raise BadScript(f"`{text}`: this laboratory is about the service {service} alone.")
    return Step(name, frozenset(options - {""}), tuple(words))
