"""Dates and times of YAML, as go-yaml v3 reads them and Go prints them.

Compose: go-yaml 3.0.4, `parseTimestamp`, which tries four forms with Go's `time.Parse`.
"""

import re

from grader.light_tuple import NamedTuple

# compiled when the first date comes: hardly a compose file has one
_TIMESTAMP = (
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
    r"(?:(?P<gap>[Tt]| +)([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,]([0-9]+))?(Z|[-+][0-9]{2}:[0-9]{2})?)?"
)


class Timestamp(NamedTuple):
    """A date, or a date and a time of day. `offset` is the time zone's distance from UTC in minutes."""

    year: int
    month: int
    day: int
    hour: int = 0
    minute: int = 0
    second: int = 0
    nanosecond: int = 0
    offset: int = 0

    def __str__(self) -> str:
        """Return the text Go prints: `2024-05-01 00:00:00 +0000 UTC`; a zone other than UTC is its own name."""
        fraction = f".{self.nanosecond:09d}".rstrip("0") if self.nanosecond else ""
        hours, minutes = divmod(abs(self.offset), 60)
        zone = f"{'-' if self.offset < 0 else '+'}{hours:02d}{minutes:02d}"
        name = zone if self.offset else "UTC"
        date = f"{self.year:04d}-{self.month:02d}-{self.day:02d}"
        return f"{date} {self.hour:02d}:{self.minute:02d}:{self.second:02d}{fraction} {zone} {name}"


def read_timestamp(text: str) -> Timestamp | None:
    """Return what a text says as a date, with or without a time of day; None if it is no date."""
    match = re.fullmatch(_TIMESTAMP, text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.group(1, 2, 3))
    if not (1 <= month <= 12 and 1 <= day <= _days(year, month)):
        return None
    gap, zone = match.group("gap"), match.group(9)
    if gap is None:
        return Timestamp(year, month, day)
    if (gap in "Tt") != (zone is not None):
        return None
    hour, minute, second = (int(part) for part in match.group(5, 6, 7))
    offset = _offset(zone)
    if hour > 23 or minute > 59 or second > 59 or offset is None:
        return None
    nanosecond = int((match.group(8) or "0")[:9].ljust(9, "0"))
    return Timestamp(year, month, day, hour, minute, second, nanosecond, offset)


def _offset(zone: str | None) -> int | None:
    if zone is None or zone == "Z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:6])
    if hours > 24 or minutes > 60:
        return None
    return (-1 if zone[0] == "-" else 1) * (hours * 60 + minutes)


def _days(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
