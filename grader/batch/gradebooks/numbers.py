"""Points as an LMS writes and reads them: exact, whole where they are whole, never with a separator of thousands."""

import re
from fractions import Fraction
from typing import NamedTuple

# Longer ones are no points; and a number of a million digits would cost a minute.
MAX_NUMBER_CHARACTERS = 30
_NUMBER = re.compile(r"[0-9][0-9.,' \u00a0\u202f]*")


class Style(NamedTuple):
    """How numbers of a file are written: the decimal sign, and how many places at most."""

    mark: str = "."
    places: int = 2


def read_number(text: str) -> Fraction | None:
    """Return the number that a cell holds, None if it holds none.

    Canvas (`gradebook_importer.rb`): the last `,` or `.` is the decimal sign, whichever it is. So `1,000` is 1.
    """
    text = text.strip()
    if len(text) > MAX_NUMBER_CHARACTERS or not _NUMBER.fullmatch(text):
        return None
    at = max(text.rfind(","), text.rfind("."))
    whole, decimals = (text, "") if at < 0 else (text[:at], text[at + 1 :])
    digits = re.sub(r"\D", "", whole), re.sub(r"\D", "", decimals)
    return Fraction(int("".join(digits)), 10 ** len(digits[1]))


def scale(score: int, max_score: int, points: Fraction | None, places: int) -> tuple[Fraction, bool]:
    """Return a score as part of `points` (None: as it is), rounded half up to that many places, and if it was rounded.

    Rounding never goes above the points that there are.
    """
    exact = Fraction(score) if points is None else Fraction(score) * points / max_score
    steps = 10**places
    rounded = Fraction((exact * steps + Fraction(1, 2)).__floor__(), steps)
    if points is not None and rounded > points:
        rounded = Fraction((points * steps).__floor__(), steps)
    return rounded, rounded != exact


def write_number(number: Fraction, style: Style) -> str:
    """Return the number without needless zeros: `62`, `6.2`, in the file's style `6,2`."""
    whole, rest = divmod(number.numerator * 10**style.places // number.denominator, 10**style.places)
    decimals = f"{rest:0{style.places}d}".rstrip("0") if style.places else ""
    return f"{whole}{style.mark}{decimals}" if decimals else str(whole)


def decimal_mark(texts: list[str]) -> str:
    """Return the decimal sign that these cells use: a comma if one of them does so as `62,00`, else a point."""
    return "," if any(re.fullmatch(r"\d+(?:\.\d{3})*,\d+", text.strip()) for text in texts) else "."
