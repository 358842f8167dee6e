"""The names people type: checks, exercises by their name or their number, services."""

from grader.endings import UsageError
from grader.exercise import Exercise
from grader.rubric import Rubric
from grader.spelling import did_you_mean


def exercise_of(rubric: Rubric, word: str) -> Exercise | None:
    """Return the exercise that `02-kafka`, `kafka`, `2` or a service's name stands for, None if there is none."""
    for exercise in rubric.exercises:
        number, _, name = exercise.id.partition("-")
        if word and word in (exercise.id, name, exercise.service, number, number.lstrip("0")):
            return exercise
    return None


def unknown_name(rubric: Rubric, word: str) -> UsageError:
    """Return the error about a word that is neither a check nor an exercise nor a service."""
    exercises = [exercise.id for exercise in rubric.exercises]
    known = [*(check.id for check in rubric.checks()), *exercises, *(name.partition("-")[2] for name in exercises)]
    hint = did_you_mean(word, known)
    return UsageError(f"there is no check, service or exercise {word!r}.{hint}\nAll of them: grade explain")
