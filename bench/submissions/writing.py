"""A draft as the text of a compose file, in a student's own manner of writing."""

import functools
import os
import random
import re
from typing import NamedTuple

from bench.submissions.draft import SERVICES, Draft
from grader import kit

# A text that YAML reads as it is written, in a map and in a list.
_PLAIN = re.compile(r"[A-Za-z0-9./_][A-Za-z0-9./_@:,%+=!-]*(?<!:)\Z|\Z")
_WORDS_OF_YAML = ("true", "false", "yes", "no", "on", "off", "null")
COMMENTS = (
    "this works on my machine",
    "check again",
    "see lecture 4",
    "the name from the task",
    "must be the service name, not localhost",
    "data survives docker compose down",
    "asked in the forum",
    "changed after the lab",
    "why is this needed?",
    "siehe Folie 12",
    "copied from the docs and adapted",
    "second try",
)


class Style(NamedTuple):
    """How a student writes: what is drawn once for a file."""

    as_list: bool
    quote: str
    long_mounts: bool
    flow: bool
    deep_items: bool
    keeps_comments: bool
    comment_rate: float
    volumes_first: bool
    line_end: str
    bom: bool


class Service(NamedTuple):
    """What the skeleton gives of a service, and the two comments that ask for a block."""

    given: str
    environment: str
    volumes: str


class Skeleton(NamedTuple):
    """The given file, in pieces."""

    head: str
    services: dict[str, Service]
    networks: str
    volumes: str


def draw_style(rng: random.Random) -> Style:
    """Draw a manner of writing."""
    return Style(
        as_list=rng.random() < 0.35,
        quote=rng.choice(("", "", "", '"', "'")),
        long_mounts=rng.random() < 0.07,
        flow=rng.random() < 0.02,
        deep_items=rng.random() < 0.8,
        keeps_comments=rng.random() < 0.5,
        comment_rate=rng.choice((0.0, 0.0, 0.03, 0.2)),
        volumes_first=rng.random() < 0.1,
        line_end="\r\n" if rng.random() < 0.12 else "\n",
        bom=rng.random() < 0.01,
    )


@functools.cache
def skeleton() -> Skeleton:
    """Return the file that students are given, in pieces."""
    with open(os.path.join(kit.rubric_folder(), "skeleton.yml"), encoding="utf-8") as file:
        head, *rest = re.split(r"(?m)^(?=  # [A-Z].*\(exercise \d\)$)", file.read())
    services = {}
    rest[-1], networks, volumes = re.split(r"(?m)^(?=networks:|# Add the top-level)", rest[-1])
    for name, text in zip(SERVICES, rest, strict=True):
        given, environment, mounts = re.split(r"(?m)^(?=    # Add)", text.rstrip("\n"))
        services[name] = Service(given, environment, mounts + "\n")
    return Skeleton(head, services, networks, volumes)


def write(draft: Draft, style: Style, rng: random.Random) -> str:
    """Return the text of the compose file, with line ends of one line feed."""
    pieces = skeleton()
    order = list(SERVICES)
    if rng.random() < 0.05:
        rng.shuffle(order)
    parts = [pieces.head if style.keeps_comments else "services:\n"]
    for name in order:
        service = pieces.services[name]
        parts.append(service.given)
        keeps = style.keeps_comments or name in draft.left_out
        blocks = [
            (service.environment if keeps else "") + _environment(draft, name, style, rng),
            (service.volumes if keeps else "") + _mounts(draft, name, style),
        ]
        parts.extend(reversed(blocks) if style.volumes_first else blocks)
        parts.append("\n")
    parts.append(pieces.networks)
    if style.keeps_comments or not draft.declared:
        parts.append(pieces.volumes)
    parts.append(_declared(draft))
    return "".join(parts)


def encoded(text: str, style: Style) -> bytes:
    """Return a text as it is saved."""
    data = text.replace("\n", style.line_end).encode()
    return b"\xef\xbb\xbf" + data if style.bom else data


def _environment(draft: Draft, service: str, style: Style, rng: random.Random) -> str:
    values = list(draft.environment[service].items())
    if not values:
        return ""
    if rng.random() < 0.3:
        rng.shuffle(values)
    if style.flow:
        return f"    environment: {{{', '.join(f'{key}: {_quoted(value, chr(34))}' for key, value in values)}}}\n"
    margin = "      " if style.deep_items or not style.as_list else "    "
    lines = ["    environment:\n"]
    for key, value in values:
        if style.comment_rate and rng.random() < style.comment_rate:
            lines.append(f"      # {rng.choice(COMMENTS)}\n")
        if style.as_list:
            item = f"{key}={value}"
            lines.append(f"{margin}- {_quoted(item, style.quote if rng.random() < 0.1 else '')}\n")
        else:
            lines.append(f"{margin}{key}: {_quoted(value, style.quote)}\n")
    return "".join(lines)


def _mounts(draft: Draft, service: str, style: Style) -> str:
    mounts = draft.mounts[service]
    if not mounts:
        return ""
    margin = "      " if style.deep_items else "    "
    lines = ["    volumes:\n"]
    for source, target in mounts:
        if style.long_mounts:
            kind = "bind" if source.startswith(".") else "volume"
            lines.append(f"{margin}- type: {kind}\n{margin}  source: {source}\n{margin}  target: {target}\n")
        else:
            lines.append(f"{margin}- {_quoted(f'{source}:{target}', style.quote)}\n")
    return "".join(lines)


def _declared(draft: Draft) -> str:
    if not draft.declared:
        return ""
    lines = (f"  {name}:\n" + (f"    driver: {driver}\n" if driver else "") for name, driver in draft.declared.items())
    return "volumes:\n" + "".join(lines)


def _quoted(text: str, quote: str) -> str:
    if not quote and _PLAIN.match(text) and text not in _WORDS_OF_YAML:
        return text
    if quote == "'":
        return f"'{text}'"
    return f'"{text}"'
