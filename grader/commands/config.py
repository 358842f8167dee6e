"""`grade config`: how Docker Compose reads a project, without Docker.

Unlike `grade` it imitates Compose in everything, the search in parent folders included.
"""

import argparse
import json
import os
from typing import Any

from grader.compose.errors import Unreadable
from grader.compose.files import AllFiles
from grader.compose.loader import load
from grader.compose.printed import printed
from grader.compose.request import Request
from grader.endings import UsageError
from grader.reports.clean import clean, escape
from grader.reports.places import name_file

EXIT_ACCEPTED = 0
EXIT_REFUSED = 1
NOTHING_FOUND = "no configuration file provided: not found"
ELSEWHERE = "Where the compose file lies in another folder: grade config FOLDER (for pre-commit: args: [FOLDER])"
NOT_READ_KINDS = ("file_missing", "env_file_missing", "outside")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `grade config`."""
    parser.add_argument("path", nargs="?", metavar="PATH", help="a folder, or a file (read like -f); default: here")
    parser.add_argument("-f", "--file", action="append", default=[], metavar="FILE", help="a compose file, repeatable")
    parser.add_argument("-p", "--project-name", metavar="NAME", help="the project's name")
    parser.add_argument("--env-file", action="append", default=[], metavar="FILE", help="instead of .env, repeatable")
    parser.add_argument("--env", action="append", default=[], metavar="KEY=VALUE", help="a variable of the shell")
    parser.add_argument("--profile", action="append", default=[], metavar="NAME", help="a profile to activate")
    parser.add_argument("--project-directory", metavar="DIR", help="where relative paths start")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def run(arguments: argparse.Namespace) -> int:
    """Print how Compose reads the project."""
    request = _request(arguments)
    try:
        loaded = load(request)
    except Unreadable as error:
        data = _unreadable(error)
        file = error.file
    else:
        data = printed(loaded, as_json=arguments.format == "json")
        first = loaded.refusals[0] if loaded.refusals else None
        file = None if first is None else first.at.file
        if first is not None and first.about is None and first.kind in NOT_READ_KINDS:
            data["line"] = data["column"] = None  # a file that was not read has no lines
        if first is not None and first.about is not None and arguments.format == "text":
            data["error"] = first.message.replace("<f>", first.about)
    if arguments.format == "json":
        print(escape(json.dumps(data, ensure_ascii=False, indent=1)))
    else:
        print(clean(_text(data, file or "the compose file")).expandtabs(1))
    return EXIT_ACCEPTED if data["ok"] else EXIT_REFUSED


def _request(arguments: argparse.Namespace) -> Request:
    path = arguments.path or "."
    files = tuple(arguments.file)
    if files and not os.path.isdir(path):
        raise UsageError(f"with -f, PATH is the folder the command starts in; {path} is no folder")
    if not files and not os.path.isdir(path):
        files = (os.path.basename(path),)
        path = os.path.dirname(path) or "."
    return Request(
        files=AllFiles(),
        folder=os.path.abspath(path),
        compose_files=files,
        env_files=tuple(arguments.env_file),
        variables=_variables(arguments.env),
        profiles=tuple(arguments.profile),
        project_directory=arguments.project_directory,
        project_name=arguments.project_name,
        confined=False,
    )


def _variables(pairs: list[str]) -> dict[str, str]:
    for pair in pairs:
        if "=" not in pair:
            raise UsageError(f"--env {pair}: this needs the form KEY=VALUE")
    return dict(pair.split("=", 1) for pair in pairs)


def _unreadable(error: Unreadable) -> dict[str, Any]:
    at = error.at
    return {
        "ok": False,
        "error": error.compose_message or error.message,
        "line": None if at is None else at.line,
        "column": None if at is None else at.column,
        "warnings": error.warnings,
    }


def _text(data: dict[str, Any], file: str) -> str:
    """Return the same in the manner of YAML, for people; `file` is the one that is refused."""
    lines = [f"# {warning}" for warning in data["warnings"]]
    if not data["ok"]:
        where = f" (line {data['line']}, column {data['column']})" if data["line"] else ""
        said = name_file(data["error"], file)
        lines += [f"Docker Compose refuses this project{where}:", said]
        return "\n".join([*lines, ELSEWHERE] if said == NOTHING_FOUND else lines)
    lines.append("services:")
    for name, service in data["services"].items():
        lines.append(f"  {name}:")
        if service["environment"]:
            lines.append("    environment:")
            lines += [f"      {key}: {_scalar(value)}" for key, value in service["environment"].items()]
        if service["volumes"]:
            lines.append("    volumes:")
            lines += [f"      - {_mount(mount)}" for mount in service["volumes"]]
    if data["volumes"]:
        lines.append("volumes:")
        lines += [f"  {key}: {_scalar(volume)}" for key, volume in data["volumes"].items()]
    return "\n".join(lines)


def _scalar(value: Any) -> str:
    return escape(json.dumps(value, ensure_ascii=False))


def _mount(mount: dict[str, Any]) -> str:
    kind = "read only" if mount["read_only"] else "read and write"
    return f"{mount['target']}  # {mount['type']} {mount['source'] or '(anonymous)'}, {kind}"
