"""What a line of a log is the sign of."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

GAVE_UP = "gave up waiting for "  # the two applications, after a minute


class Sign(NamedTuple):
    """One text by which a fault shows in a log.

    `text`: a regular expression that is looked for in one line; what its group `shown` matches, if there is one, is the
    part that may be shown. `checks`: the checks that may own the fault, the likeliest first (none: it is the
    computer's); `kafka.*` stands for every check of a service, `*-mount` for all of one kind. A variable or property
    that the group `name` matches puts its own check in front. `message` says what is wrong where the report about the
    file sees none of these faults; it may quote the group `name`. `passing`: it shows at a slow start as well, and then
    goes away.
    """

    text: str
    checks: tuple[str, ...]
    message: str
    passing: bool = False


class Signs(NamedTuple):
    """All signs of one service, the most decisive first, and the checks of the names that its log may quote."""

    signs: Sequence[Sign]
    names: Mapping[str, str]


class Found(NamedTuple):
    """A sign in a log: the part of the line that may be shown, the checks to ask, the sentence, whether it may pass."""

    line: str
    checks: tuple[str, ...]
    message: str
    passing: bool = False


def find(signs: Signs, lines: Sequence[str]) -> list[Found]:
    """Return every sign that shows, at the last line in which it does: a restart says everything again."""
    found = []
    for sign in signs.signs:
        pattern = re.compile(sign.text)
        match = next((match for line in reversed(lines) if (match := pattern.search(line))), None)
        if match is not None:
            found.append(_found(sign, match, signs.names))
    return found


def _found(sign: Sign, match: re.Match[str], names: Mapping[str, str]) -> Found:
    groups: dict[str, str | None] = match.groupdict()
    line = groups.get("shown") or match.string
    name = groups.get("name")
    if name is None:
        return Found(line, sign.checks, sign.message, sign.passing and GAVE_UP not in line)
    own = (names[name],) if name in names else ()
    return Found(line, own + sign.checks, sign.message.format(name=name))
