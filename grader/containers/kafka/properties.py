"""From the environment of cp-kafka to the properties that Kafka gets.

cp-kafka 7.6 (dub, kafka.properties.template): `KAFKA_NODE_ID` becomes the line `node.id=...` of a Java properties file;
the value is written as it is, so a backslash is an escape and a line break ends the value.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from grader.compose.marks import Marks
from grader.compose.model import Variable
from grader.light_tuple import NamedTuple
from grader.remembered import remembered

PREFIX = "KAFKA_"
SUPPORT_PREFIX = "CONFLUENT_SUPPORT_"

# The template lacks a comma after KAFKA_HEAP_OPTS, so that one and KAFKA_LOG4J_OPTS are not left out.
LEFT_OUT = frozenset(
    {
        "KAFKA_VERSION",
        "KAFKA_OPTS",
        "KAFKA_JMX_OPTS",
        "KAFKA_JVM_PERFORMANCE_OPTS",
        "KAFKA_GC_LOG_OPTS",
        "KAFKA_LOG4J_ROOT_LOGLEVEL",
        "KAFKA_LOG4J_LOGGERS",
        "KAFKA_TOOLS_LOG4J_LOGLEVEL",
        "KAFKA_ZOOKEEPER_CLIENT_CNXN_SOCKET",
    }
)
RENAMED = {"KAFKA_ZOOKEEPER_CLIENT_CNXN_SOCKET": "zookeeper.clientCnxnSocket"}

_KEY_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-_")
_LEADING = " \t\f"
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}
_made = tuple.__new__  # of a named tuple: half the time of its own constructor
_THREE, _TWO, _LONE = "\0", "\1", "\2"  # stand for runs of underscores while a name is rewritten


class Property(NamedTuple):
    """One property of Kafka.

    `written` is the variable of the file, None for what image and script set; `origin` tells who set it.
    """

    name: str
    value: str
    written: Variable | None
    origin: Literal["written", "image", "script"] = "written"

    @property
    def variable(self) -> str | None:
        """The name of the variable as it was written."""
        return None if self.written is None else self.written.name

    @property
    def marks(self) -> Marks | None:
        """The places of the variable, worked out when they are asked for."""
        return None if self.written is None else self.written.marks


class Line(NamedTuple):
    """One property, and the variable that sets it."""

    name: str
    value: str
    variable: str


def property_name(rest: str) -> str:
    """Turn the part of a variable's name after the prefix into a property's name.

    cp-kafka 7.6 (dub): lower case; one `_` between other characters is `.`, `__` is `_`, `___` is `-`.
    """
    lower = rest.lower()
    if "__" in lower:
        marked = lower.replace("___", _THREE).replace("__", _TWO).replace(_THREE + "_", _THREE + _LONE)
        return _dotted(marked).replace(_THREE, "-").replace(_TWO, "_").replace(_LONE, "_")
    return _dotted(lower)


def variable_name(name: str) -> str:
    """Return the variable that is usually written for a property."""
    return PREFIX + name.upper().replace("-", "___").replace(".", "_")


def read_lines(environment: Mapping[str, str]) -> list[Line]:
    """List the lines of the file in the order of the environment that the container has after its `configure` step.

    A backslash at the end of a value swallows the next line of the file; which one that is in the container cannot be
    told, here it is the next one of the environment.
    """
    found: list[Line] = []
    swallowing: Line | None = None
    for variable, value in environment.items():
        known = _property_of(variable)
        if known is None or not (value or variable not in LEFT_OUT):
            continue
        name, is_plain = known
        if swallowing is None and is_plain and value.isascii() and value.isprintable() and "\\" not in value:
            # as mostly: the text `name=value` is one property and means what it says, leading blanks apart
            found.append(_made(Line, (name, value.lstrip(" "), variable)))
            continue
        line = Line(name, value, variable)
        if swallowing is not None:
            line = swallowing._replace(value=f"{swallowing.value[:-1]}{name}={value}")
        if _slashes(line.value) % 2:
            swallowing = line
            continue
        swallowing = None
        found += _taken_apart(line)
    if swallowing is not None:
        found += _taken_apart(swallowing)
    return found


def is_ordered(environment: Mapping[str, str], lines: Sequence[Line]) -> bool:
    """Tell whether the same variables in another order might mean something else.

    They do where a line swallows the next one, and where two lines set the same property.
    """
    return len({name for name, _, _ in lines}) < len(lines) or "\\" in "".join(environment.values())


def placed(
    lines: Sequence[Line], environment: Mapping[str, str], variables: Mapping[str, Variable]
) -> Iterator[Property]:
    """Yield the properties with who set them; `variables` are what the student wrote."""
    for name, value, variable in lines:
        written = variables.get(variable)
        if written is not None and written.value == environment[variable]:
            yield _made(Property, (name, value, written, "written"))
        else:
            yield Property(name, value, None, "script" if environment[variable] else "image")


@remembered
def _property_of(variable: str) -> tuple[str, bool] | None:
    """Return the property that a variable with a text becomes, and whether its name is plain; None: it is left out."""
    if variable in LEFT_OUT:
        name = RENAMED.get(variable)
    elif variable.startswith(PREFIX):
        name = property_name(variable[len(PREFIX) :])
    elif variable.startswith(SUPPORT_PREFIX):
        name = "confluent.support." + property_name(variable[len(SUPPORT_PREFIX) :])
    else:
        name = None
    return None if name is None else (name, _KEY_SIGNS.issuperset(name))


def _slashes(text: str) -> int:
    return len(text) - len(text.rstrip("\\"))


def _dotted(name: str) -> str:
    return name[:1] + name[1:-1].replace("_", ".") + name[1:][-1:]


def _taken_apart(line: Line) -> Iterator[Line]:
    """Yield what Java reads from the text `name=value`: one property, or several where the value has line breaks."""
    value = line.value
    if not value.isascii():
        value = value.encode("utf-8", "surrogateescape").decode("latin-1")  # Java: Properties.load reads ISO-8859-1
    for text in _logical_lines(f"{line.name}={value}"):
        yield Line(*_key_and_value(text), line.variable)


def _logical_lines(text: str) -> Iterator[str]:
    """Java: comments and blank lines are passed over, a backslash at the end of a line continues it."""
    joined = ""
    continued = False
    for natural in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = natural.lstrip(_LEADING)
        if not continued and (not line or line[0] in "#!"):
            continue
        continued = _slashes(line) % 2 == 1
        joined += line[:-1] if continued else line
        if not continued:
            yield joined
            joined = ""
    if joined:
        yield joined


def _key_and_value(line: str) -> tuple[str, str]:
    end = 0
    while end < len(line) and line[end] not in "=: \t\f":
        end += 2 if line[end] == "\\" else 1
    start = end
    while start < len(line) and line[start] in _LEADING:
        start += 1
    if start < len(line) and line[start] in "=:":
        start += 1
    return _unescaped(line[:end]), _unescaped(line[start:].lstrip(_LEADING))


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    parts: list[str] = []
    at = 0
    while at < len(text):
        sign = text[at]
        at += 1
        if sign != "\\" or at >= len(text):
            parts.append(sign if sign != "\\" else "")
            continue
        sign = text[at]
        at += 1
        digits = text[at : at + 4]
        if sign == "u" and len(digits) == 4 and all(digit in "0123456789abcdefABCDEF" for digit in digits):
            parts.append(chr(int(digits, 16)))
            at += 4
        else:
            parts.append(_ESCAPES.get(sign, sign))
    return "".join(parts)
