"""Settings come from environment variables; a missing one is named in a sentence."""

import os

from shared.sentences import NO_PORT, NOT_SET


class SettingsError(Exception):
    """A variable is missing or unusable; the text says which one and where it belongs."""


class GaveUp(Exception):
    """Something that the service needs did not answer in time, or refused it; the text names the variable."""


def required(name: str, meaning: str) -> str:
    """Return the value of the variable `name` as it is written: blanks at its ends count, as they do for the server.

    An empty value counts as missing, one of blanks alone too. `meaning` completes the sentence "NAME says ..." of the
    SettingsError.
    """
    value = os.environ.get(name, "")
    if not value.strip():
        raise SettingsError(NOT_SET.format(name=name, meaning=meaning))
    return value


def required_port(name: str, meaning: str) -> int:
    """Return the value of the variable `name` as a port number (1 to 65535); blanks around it do not matter."""
    value = required(name, meaning).strip()
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 65535:
        raise SettingsError(NO_PORT.format(name=name, value=value))
    return int(value)


def optional(name: str) -> str | None:
    """Return the value of the variable `name`, None if it is missing or empty."""
    value = os.environ.get(name, "")
    return value if value.strip() else None
