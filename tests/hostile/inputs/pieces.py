"""What hostile submissions are made of."""

import re
from collections.abc import Callable

from tests.hostile.running import ROOT

Project = dict[str, bytes]
Named = tuple[str, Callable[[], Project]]  # the files are made when they are asked for

COMPOSE = "docker-compose.yml"
SOLUTION = (ROOT / "solutions" / COMPOSE).read_text("utf-8")
MIB = 1024 * 1024

ESCAPES = "\x1b[31m\x1b]0;title\x07\x9b2J\u202eegnaro\u2066\u200f\x08\x7f\x00"
ESCAPED_IN_YAML = '"' + "".join(f"\\u{ord(letter):04x}" for letter in ESCAPES) + '"'


def solution_with(line: str, *, instead_of: str) -> str:
    """Return the solution with the line of a key (its first) replaced."""
    return re.sub(rf"(?m)^( +){re.escape(instead_of)}:.*$", lambda found: found[1] + line, SOLUTION, count=1)


def with_value(name: str, value: str) -> str:
    """Return the solution with another value for a variable."""
    return solution_with(f"{name}: {value}", instead_of=name)


def one(text: str | bytes) -> Project:
    """Return a project of a compose file alone."""
    return {COMPOSE: text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")}


def beside(name: str, text: str | bytes, *, compose: str = SOLUTION) -> Project:
    """Return a project of a compose file and one more."""
    return {**one(compose), name: text if isinstance(text, bytes) else text.encode()}


def doubling(levels: int) -> str:
    """Return lines of which each is twice the one before."""
    return "A0=xxxxxxxxxx\n" + "".join(f"A{n}=${{A{n - 1}}}${{A{n - 1}}}\n" for n in range(1, levels))


def services(count: int, body: str) -> str:
    """Return a compose file with many services; # in their lines is the number."""
    return "services:\n" + "".join(f"  s{n}:\n    image: x\n{body.replace('#', str(n))}" for n in range(count))
