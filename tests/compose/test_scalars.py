"""A scalar has the type and the text that go-yaml gives it."""

import re
import time

import pytest
import yaml

from grader.compose.gotext import quote
from grader.compose.scalars import TagMismatch, Value, go_type, resolve, to_text
from grader.compose.timestamps import Timestamp
from tests.compose.probes import probes

PATIENCE_SECONDS = 2.0  # each such text takes some milliseconds

SCALARS = [(written, answer) for written, answer in probes("env_scalar") if not isinstance(answer, dict)]
DATES = [written for written, answer in probes("env_scalar") if isinstance(answer, dict) and "time.Time" in str(answer)]


def read(written: str) -> Value:
    """Resolve a value as it is written behind `V: `."""
    events = yaml.parse(f"V: {written}\n", Loader=yaml.CSafeLoader)
    scalar = [event for event in events if isinstance(event, yaml.ScalarEvent)][1]
    return resolve(scalar.value, plain=scalar.style in (None, ""), tag=scalar.tag)


@pytest.mark.parametrize(("written", "recorded"), SCALARS)
def test_every_recorded_answer_is_met(written: str, recorded: str | None) -> None:
    """The text is what Compose puts into the container."""
    value = read(written)

    assert recorded == (None if value is None else to_text(value))


@pytest.mark.parametrize("written", DATES)
def test_dates_are_no_text(written: str) -> None:
    """Compose refuses them as values of variables."""
    assert "time.Time" == go_type(read(written))


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("2024-05-01", "2024-05-01 00:00:00 +0000 UTC"),
        ("2024-5-1", "2024-05-01 00:00:00 +0000 UTC"),
        ("2024-2-29", "2024-02-29 00:00:00 +0000 UTC"),
        ("2024-05-01T10:00:00Z", "2024-05-01 10:00:00 +0000 UTC"),
        ("2024-05-01t1:2:3+01:30", "2024-05-01 01:02:03 +0130 +0130"),
        ("2024-05-01T10:00:00.250-00:00", "2024-05-01 10:00:00.25 +0000 UTC"),
        ("2024-5-1   10:00:00", "2024-05-01 10:00:00 +0000 UTC"),
        ("2024-05-01 10:00:00.1234567899", "2024-05-01 10:00:00.123456789 +0000 UTC"),
    ],
)
def test_dates_print_as_in_go(written: str, text: str) -> None:
    """Where environments are merged, a date becomes this text."""
    value = read(written)

    assert isinstance(value, Timestamp)
    assert text == to_text(value)


@pytest.mark.parametrize(
    "written",
    [
        "2023-02-29",
        "2024-13-01",
        "2024-05",
        "24-05-01",
        "2024-05-01 10:00",
        "2024-05-01T10:00:00",
        "2024-05-01 24:00:00",
    ],
)
def test_what_is_no_date_stays_text(written: str) -> None:
    """Only four forms are dates, and only days that exist."""
    assert written == read(written)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ('!!bool "yes"', "cannot decode !!str `yes` as a !!bool"),
        ("!!int 3.0", "cannot decode !!float `3.0` as a !!int"),
        ("!!int", "cannot decode !!null `` as a !!int"),
        ("!!null 0", "cannot decode !!int `0` as a !!null"),
        ("!!timestamp 1", "cannot decode !!int `1` as a !!timestamp"),
        ("!!float 18446744073709551615", "cannot decode !!int `18446744073709551615` as a !!float"),
        ("!!binary a", "!!binary value contains invalid base64 data"),
    ],
)
def test_a_wrong_tag_is_refused_in_go_yamls_words(written: str, message: str) -> None:
    """The message names what the text is and what the tag wants."""
    with pytest.raises(TagMismatch, match=f"^{re.escape(message)}$"):
        read(written)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("x", "string"),
        ("5", "int"),
        ("9223372036854775808", "uint64"),
        ("1.5", "float64"),
        ("08", "float64"),
        ("true", "bool"),
        ("~", "<nil>"),
        ("2024-05-01", "time.Time"),
        ("'5'", "string"),
        ("!!float 5", "float64"),
        ("0b-1", "int"),
        (".5_6", "float64"),
        ("5._6", "float64"),
    ],
)
def test_types_have_gos_names(written: str, name: str) -> None:
    """They appear in Compose's messages about list items."""
    assert name == go_type(read(written))


@pytest.mark.parametrize("text", ["1" * 300_000, "0x" + "f" * 300_000, "1." + "3" * 300_000, "0" * 300_000 + "8"])
def test_endless_numbers_are_quick(text: str) -> None:
    """A number with a hundred thousand digits is read or turned away at once."""
    start = time.perf_counter()
    to_text(resolve(text, plain=True, tag=None))

    assert time.perf_counter() - start < PATIENCE_SECONDS


@pytest.mark.parametrize(
    ("text", "quoted"),
    [("a b", '"a b"'), ('a"\\', '"a\\"\\\\"'), ("\n\x01é\u2028", '"\\n\\x01é\\u2028"'), ("\U0001f600", '"\U0001f600"')],
)
def test_quoted_texts_are_escaped_as_in_go(text: str, quoted: str) -> None:
    """Messages of Compose quote names and values so."""
    assert quoted == quote(text)
