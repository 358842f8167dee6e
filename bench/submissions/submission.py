"""One submission by its number: how far the student has come, what is wrong, which files are handed in."""

import random

from bench.submissions.broken import BROKEN
from bench.submissions.draft import SERVICES, Draft, right_answer
from bench.submissions.mistakes import make_mistakes, slip
from bench.submissions.writing import draw_style, encoded, skeleton, write

COMPOSE = "docker-compose.yml"
# In every hundred submissions one is a copy of another, with another's words.
COPY_EVERY = 100
COPY_PLACE = 57
ORIGINAL_PLACE = 43
BROKEN_SHARE = 0.02
SLIP_SHARE = 0.05
# How far students are when they hand in: the services that they have come to, and how many of a hundred.
STAGES: tuple[tuple[tuple[str, ...], int], ...] = (
    ((), 3),
    (("mongodb",), 7),
    (("mongodb", "app"), 3),
    (("mongodb", "kafka"), 7),
    (("mongodb", "kafka", "app"), 7),
    (("mongodb", "app", "mysql", "mysql-service"), 11),
    (SERVICES, 62),
)
# How many mistakes a student makes, and how many of a hundred make so many.
MISTAKES = ((0, 30), (1, 25), (2, 20), (3, 12), (5, 9), (9, 4))


def copied_from(number: int) -> int | None:
    """Return the number of the submission whose words this one has taken over, or None."""
    return number - COPY_PLACE + ORIGINAL_PLACE if number % COPY_EVERY == COPY_PLACE else None


def generate(number: int, seed: int) -> dict[str, bytes]:
    """Return the files of a submission by their relative paths; a few have no compose file at all."""
    source = copied_from(number)
    own = random.Random(f"{seed}:{number}")
    chosen = own if source is None else random.Random(f"{seed}:{source}")
    finished = source is not None or number % COPY_EVERY == ORIGINAL_PLACE
    if not finished and own.random() < BROKEN_SHARE:
        return own.choice(BROKEN)(skeleton_text(), own)
    draft = right_answer(chosen)
    if not finished:
        _leave_out(draft, own)
    make_mistakes(draft, chosen, chosen.choices(*zip(*MISTAKES, strict=True))[0])
    style = draw_style(own)
    sides = _side_files(draft, own)
    text = write(draft, style, own)
    if not finished and own.random() < SLIP_SHARE:
        text = slip(text, own)
    return {COMPOSE: encoded(text, style)} | {name: encoded(side, style) for name, side in sides.items()}


def skeleton_text() -> str:
    """Return the given file."""
    pieces = skeleton()
    services = (f"{''.join(service)}\n" for service in pieces.services.values())
    return pieces.head + "".join(services) + pieces.networks + pieces.volumes


def _leave_out(draft: Draft, rng: random.Random) -> None:
    done = rng.choices(*zip(*STAGES, strict=True))[0]
    for service in SERVICES:
        if service not in done:
            draft.leave_out(service)


def _side_files(draft: Draft, rng: random.Random) -> dict[str, str]:
    """Move values into a side file, as some do; the draft then refers to it."""
    written = draft.environment["mysql"]
    luck = rng.random()
    if not written or luck > 0.16:
        return {}
    if luck < 0.12:
        secret = {key: value for key, value in written.items() if value and "PASSWORD" in key}
        for service in ("mysql", "mysql-service"):
            for key, value in draft.environment[service].items():
                if secret.get(key) == value:
                    draft.environment[service][key] = f"${{{key}}}"
        return {".env": "".join(f"{key}={value}\n" for key, value in secret.items())}
    lines = "".join(f"      {key}: '{value}'\n" for key, value in draft.environment["mysql-service"].items())
    if not lines:
        return {}
    draft.environment["mysql-service"].clear()
    return {"docker-compose.override.yml": f"services:\n  mysql-service:\n    environment:\n{lines}"}
