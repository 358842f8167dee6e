"""What can be typed after `q.`: the parts of the exercise and their checks, as names of Python.

`kafka.node-id` is `q.kafka.node_id`. A part holds the checks of one exercise and those whose id begins with its name;
what belongs to no part that way (`stack.accepted`) is reached through its exercise (`q.verification.accepted`).
"""

import functools
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # loaded when something is asked: the import alone is a cell that should be there at once
    from grader.exercise import Check, Exercise
    from grader.rubric import Rubric


class Part(NamedTuple):
    """One name after `q.`: its exercise, and its checks by the name that follows."""

    name: str
    exercise: "Exercise"
    checks: "dict[str, Check]"


class Names(NamedTuple):
    """All parts by name, in the order of the exercises, and the part that each check is typed under."""

    rubric: "Rubric"
    parts: dict[str, Part]
    calls: dict[str, str]

    def call(self, check_id: str) -> str:
        """Return what to type for a check, without the method: `q.kafka.node_id`."""
        return self.calls[check_id]


@functools.cache
def names() -> Names:
    """Read the kit's rubric, once a process."""
    from grader import kit
    from grader.rubric import load_rubric

    return name_checks(load_rubric(kit.rubric_folder()))


def name_checks(rubric: "Rubric") -> Names:
    """Give every check of a rubric its name."""
    prefixes = {_word(exercise): exercise for exercise in rubric.exercises}
    parts: dict[str, Part] = {}
    calls: dict[str, str] = {}
    for word, exercise in prefixes.items():
        part = Part(python_name(word), exercise, {})
        for check in rubric.checks():
            prefix, _, rest = check.id.partition(".")
            if prefix == word:
                part.checks[python_name(rest)] = check
                calls[check.id] = f"q.{part.name}.{python_name(rest)}"
            elif check.exercise == exercise.id:
                own = rest if prefix not in prefixes else check.id
                part.checks[python_name(own)] = check
                calls.setdefault(check.id, f"q.{part.name}.{python_name(own)}")
        parts[part.name] = part
    return Names(rubric, parts, calls)


def python_name(word: str) -> str:
    """Return a word of the rubric as a name of Python."""
    return word.replace("-", "_").replace(".", "_")


def _word(exercise: "Exercise") -> str:
    return exercise.id.partition("-")[2] or exercise.id
