"""`grade reset [SERVICE]`: back to the skeleton, as a whole or one service; the old file is kept."""

import argparse
import os

from grader import kit
from grader.backups import content_to_keep, keep, write_anew
from grader.blocks import replace_block, service_names
from grader.compose.discovery import OVERRIDE_NAMES
from grader.endings import CommandFailed, UsageError
from grader.spelling import did_you_mean
from grader.workspace import compose_file, find_exercises, find_workspace


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `grade reset`."""
    parser.add_argument("service", nargs="?", metavar="SERVICE", help="only this service (default: the whole file)")


def run(arguments: argparse.Namespace) -> int:
    """Keep the old file, write the new text, say both."""
    folder = find_workspace(os.getcwd())
    if folder is None:
        folder = find_exercises(os.getcwd())
        if folder is not None:
            return _begin_anew(os.path.join(folder, kit.COMPOSE_FILE), arguments.service)
        raise UsageError(
            "there is no workspace here (a compose file beside exercises/). Go to yours, or make one: grade init DIR"
        )
    path = os.path.join(folder, compose_file(folder) or kit.COMPOSE_FILE)
    old = content_to_keep(folder, path)
    new = _reset_text(old, arguments.service)
    name = os.path.relpath(path)
    what = f"The block of {arguments.service} in {name}" if arguments.service else name
    if new == old:
        print(f"{what} is the skeleton's already. Nothing was changed.")
        return 0
    backup = keep(path, old)
    write_anew(path, new, backup)
    print(f"{what} is the skeleton's again. The old file is {os.path.relpath(backup)}.")
    for override in OVERRIDE_NAMES:
        if os.path.lexists(os.path.join(folder, override)):
            print(f"{override} is still there, and Docker Compose reads it on top.")
    return 0


def _begin_anew(path: str, service: str | None) -> int:
    """Put the skeleton where there is no compose file any more."""
    name = os.path.relpath(path)
    if service is not None:
        raise CommandFailed(f"there is no {name} to put {service} into. Begin with the whole file: grade reset")
    write_anew(path, kit.skeleton_bytes(), None)
    print(f"There was no {name}. Now there is one: the skeleton.")
    return 0


def _reset_text(old: bytes, service: str | None) -> bytes:
    """Return the file's new bytes; bytes that are no UTF-8 survive where they are not replaced."""
    skeleton = kit.skeleton_bytes()
    if service is None:
        return skeleton
    skeleton_text = skeleton.decode("utf-8")
    names = service_names(skeleton_text)
    if service not in names:
        raise UsageError(
            f"the skeleton has no service {service!r}.{did_you_mean(service, names)} Its services: {', '.join(names)}"
        )
    text = replace_block(old.decode("utf-8", "surrogateescape"), skeleton_text, service)
    if text is None:
        raise CommandFailed(
            f"the block of {service} cannot be found: the file has no line `services:` with services on lines of "
            "their own below it. Reset the whole file instead: grade reset"
        )
    return text.encode("utf-8", "surrogateescape")
