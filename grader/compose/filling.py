"""One text with `${NAME}` in it, filled in, and the errors of interpolation.

Compose: compose-go 2.9.1 (`interpolation/`).
"""

from typing import Any

from grader.compose.items import Steps, path_of
from grader.compose.reading import INTERPOLATE, Reading
from grader.compose.template import InvalidTemplate, RequiredMissing, substitute
from grader.compose.tree import Place, value_mark


def fill(reading: Reading, container: Any, key: Any, steps: Steps) -> None:
    """Fill in the variables of the text at `key`, in place. What cannot be filled in is refused and stays."""
    place: Place = container.places[key]
    try:
        done = substitute(container[key], reading.lookup)
    except InvalidTemplate as error:
        text = (
            f"invalid interpolation format for {dotted(steps)}.\n"
            f"You may need to escape any $ with another $.\n{error.template}"
        )
        refuse(reading, text, steps, container[key], place, "interpolation_format")
        return
    except RequiredMissing as error:
        text = f"error while interpolating {dotted(steps)}: {error}"
        refuse(reading, text, steps, container[key], place, "interpolation_required")
        return
    container[key] = done.text
    missing = dict.fromkeys(done.missing)
    reading.budget.spend_characters(len(done.text) + sum(map(len, missing)), value_mark(place))
    reading.budget.spend_values(len(missing), value_mark(place))
    for name in missing:
        reading.warn(INTERPOLATE, f'The "{name}" variable is not set. Defaulting to a blank string.', value_mark(place))
    for name in done.used:
        origin = reading.origins.get(name)
        if origin is not None:
            container.places[key] = (*place[:3], origin)
            break


def refuse(reading: Reading, text: str, steps: Steps, written: str, place: Place, kind: str) -> None:
    """Note that a text cannot be interpolated; `written` is how it stands in the file."""
    reading.refuse(INTERPOLATE, text, path_of(steps, written), value_mark(place), kind)


def dotted(steps: Steps) -> str:
    """Return a path as Compose's messages show it."""
    return ".".join("[]" if type(step) is int else str(step) for step in steps)
