"""The voters of the controller quorum, taken apart as Kafka does it.

Kafka 3.6: `RaftConfig.parseVoterConnections`, `Utils.getHost`, `Utils.getPort`.
"""

from grader.containers.kafka.java import parse_integer, split_list
from grader.light_tuple import NamedTuple
from grader.remembered import remembered

FORM = "Each entry should be in the form `{id}@{host}:{port}`."
MAX_PORT = 65535

_HOST_SIGNS = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-%._:")
_CONFIG = "org.apache.kafka.common.config.ConfigException"


class Voter(NamedTuple):
    """One voter. A scheme in front of the host is dropped, as Kafka does."""

    id: int
    host: str
    port: int
    text: str


class BadVoter(NamedTuple):
    """One entry that is no voter: which rule it breaks, the Java exception with its text."""

    text: str
    rule: str
    message: str


@remembered
def parse_voters(value: str) -> tuple[Voter | BadVoter, ...]:
    """Take a whole trimmed value apart, item by item."""
    return tuple(parse_voter(item) for item in split_list(value))


def parse_voter(text: str) -> Voter | BadVoter:
    """Take one entry apart."""
    parts = text.split("@")
    while parts and not parts[-1]:  # Java: String.split drops empty parts at the end
        parts.pop()
    if len(parts) != 2:
        return BadVoter(
            text, "voters-form", f"{_CONFIG}: Invalid configuration value for controller.quorum.voters. {FORM}"
        )
    number = parse_integer(parts[0])
    if number is None:
        return BadVoter(text, "voters-id", f"{_CONFIG}: Failed to parse voter ID as an integer from {parts[0]}")
    host, colon, digits = parts[1].rpartition(":")
    if not colon or not (digits.isascii() and digits.isdigit()) or "\n" in host or "\r" in host:
        reason = f"Failed to parse host name from entry {text} for the configuration controller.quorum.voters. {FORM}"
        return BadVoter(text, "voters-address", f"{_CONFIG}: {reason}")
    port = parse_integer(digits)
    if port is None:
        return BadVoter(text, "voters-port", f'java.lang.NumberFormatException: For input string: "{digits}"')
    if port > MAX_PORT:
        return BadVoter(text, "voters-port", f"java.lang.IllegalArgumentException: port out of range:{port}")
    return Voter(number, _host_at_end(host), port, text)


def _host_at_end(text: str) -> str:
    """The longest run of signs of a host name at the end, brackets around it removed."""
    if text[-1:] == "]":
        text = text[:-1]
    start = len(text)
    while start and text[start - 1] in _HOST_SIGNS:
        start -= 1
    return text[start:]
