"""One text with `${NAME}` in it, filled in, and the errors of interpolation.

Compose: compose-go 2.9.1 (`interpolation/`).
"""

from collections.abc import Iterable
from typing import Any

from grader.compose.items import Steps, path_of
from grader.compose.reading import INTERPOLATE, Reading
from grader.compose.template import InvalidTemplate, TemplateError, substitute
from grader.compose.tree import Place, Seq, value_mark


def fill(reading: Reading, container: Any, key: Any, steps: Steps, stopped: set[int]) -> None:
    """Fill in the variables of the text at `key`, in place. What cannot be filled in is refused and stays.

    `stopped` are the lists (by `id`) in which a text was refused: Compose does not come to their later items.
    """
    place: Place = container.places[key]
    late = (1,) if id(container) in stopped else ()
    try:
        done = substitute(container[key], reading.lookup)
    except TemplateError as error:
        _warn(reading, dict.fromkeys(error.missing), place, late)
        refuse(reading, *_told(error, steps), steps, container[key], place)
        if type(container) is Seq:
            stopped.add(id(container))
        return
    container[key] = done.text
    missing = dict.fromkeys(done.missing)
    reading.budget.spend_characters(len(done.text) + sum(map(len, missing)), value_mark(place))
    _warn(reading, missing, place, late)
    for name in done.used:
        origin = reading.origins.get(name)
        if origin is not None:
            container.places[key] = (*place[:3], origin)
            break


def _warn(reading: Reading, missing: Iterable[str], place: Place, late: tuple[int, ...]) -> None:
    for name in missing:
        text = f'The "{name}" variable is not set. Defaulting to a blank string.'
        reading.budget.spend_values(1, value_mark(place))
        reading.warn(INTERPOLATE, text, value_mark(place), *late)


def _told(error: TemplateError, steps: Steps) -> tuple[str, str]:
    """Return Compose's text for a template that cannot be filled in, and the kind of the refusal."""
    if isinstance(error, InvalidTemplate):
        text = f"invalid interpolation format for {dotted(steps)}.\nYou may need to escape any $ with another $.\n"
        return text + error.template, "interpolation_format"
    return f"error while interpolating {dotted(steps)}: {error}", "interpolation_required"


def refuse(reading: Reading, text: str, kind: str, steps: Steps, written: str, place: Place) -> None:
    """Note that a text cannot be interpolated; `written` is how it stands in the file."""
    reading.refuse(INTERPOLATE, text, path_of(steps, written), value_mark(place), kind)


def dotted(steps: Steps) -> str:
    """Return a path as Compose's messages show it."""
    return ".".join("[]" if type(step) is int else str(step) for step in steps)
