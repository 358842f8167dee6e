"""Terminal escapes and marks that turn the direction of the text, in every place that a report may show."""

import json
from collections.abc import Iterator
from functools import partial

from tests.hostile.inputs.pieces import ESCAPED_IN_YAML, ESCAPES, SOLUTION, Named, Project, beside, one, with_value


def strange() -> Iterator[Named]:
    """Yield strange names of files, keys and values, and strange letters in lines that are shown."""
    strange = "a\x1b[31m\u202e\x9b.yml"
    quoted = json.dumps(strange)
    empty = "    environment:\n"
    yield (
        "a strange env_file",
        lambda: beside(
            strange, "KAFKA_EXTRA=1\nB\x1b=\n", compose=SOLUTION.replace(empty, f"    env_file: {quoted}\n{empty}")
        ),
    )
    yield (
        "a strange env_file for all",
        lambda: beside(
            strange,
            "KAFKA_LISTENERS=\x1b[31m\nX=$NO\x1b\n",
            compose=f"services: {{kafka: {{image: x, env_file: {quoted}}}}}",
        ),
    )
    yield "a strange env_file that is missing", lambda: one(SOLUTION.replace(empty, f"    env_file: {quoted}\n{empty}"))
    yield (
        "a strange file that is extended",
        lambda: beside(
            strange,
            "services: {a: {environment: {MONGO_INITDB_DATABASE: [1]}}}",
            compose=SOLUTION.replace(empty, f"    extends: {{file: {quoted}, service: a}}\n{empty}", 1),
        ),
    )
    yield "a strange file that is included", lambda: beside(strange, "a: [", compose=f"include: [{quoted}]\n{SOLUTION}")
    yield "a strange file that is not included", lambda: one(f"include: [{quoted}]\n{SOLUTION}")
    yield (
        "an .env with escapes",
        lambda: beside(".env", f"A={ESCAPES[:-1]}\nB=$\x1b{{\n", compose=with_value("KAFKA_LISTENERS", "$A")),
    )
    yield "an .env with a name with escapes", lambda: beside(".env", f"A{ESCAPES[:-1]}=b\n")
    yield "an .env with an open quote and escapes", lambda: beside(".env", f"A='{ESCAPES[:-1]}\n")
    for place, line in {
        "a service": "  ?: {image: x}\n",
        "a service that is refused": "  ?: {}\n",
        "an unknown key": "  a: {image: x, ?: 1}\n",
        "a key that is there twice": "  a: {image: x, ?: 1, ?: 2}\n",
        "a variable": "  a: {image: x, environment: {?: 1}}\n",
        "a variable in a list": "  a: {image: x, environment: [?]}\n",
        "a variable with a wrong value": "  a: {image: x, environment: {?: [1]}}\n",
        "a mount": "  a: {image: x, volumes: [?]}\n",
        "a volume that is undefined": "  a: {image: x, volumes: [{type: volume, source: ?, target: ?}]}\n",
        "an image": "  a: {image: ?}\n",
        "a network": "  a: {image: x, networks: {?: {aliases: [?]}}}\n",
        "a dependency": "  a: {image: x, depends_on: [?]}\n",
        "a port": "  a: {image: x, ports: [?]}\n",
        "a profile": "  a: {image: x, profiles: [?]}\n",
        "a duration": "  a: {image: x, stop_grace_period: ?}\n",
        "a required variable": '  a: {image: "${A:?\\u001b\\u202e}"}\n',
        "a template": '  a: {image: "${\\u001b\\u202e}"}\n',
        "an extended service": "  a: {extends: ?}\n",
    }.items():
        yield (
            f"escapes in {place}",
            partial(_with_line, line.replace("?", ESCAPED_IN_YAML)),
        )
    yield (
        "bidi marks in a comment of a wrong line",
        lambda: one(with_value("KAFKA_LISTENERS", "wrong # \u202e\u2066\u200f")),
    )
    yield "bidi marks in a wrong value", lambda: one(with_value("KAFKA_LISTENERS", "wrong\u202e\u2066\u200f"))
    yield "bidi marks in an anchor", lambda: one(with_value("KAFKA_LISTENERS", "*a\u202e\u2066\u200f"))
    yield "bidi marks in a tag", lambda: one(with_value("KAFKA_LISTENERS", "!a\u202e\u2066 b"))
    yield "raw escapes", lambda: one(with_value("KAFKA_LISTENERS", "wrong\x1b[31m"))
    yield "raw escapes of one byte", lambda: one(with_value("KAFKA_LISTENERS", "wrong\x9b31m"))
    yield "raw escapes in a quote that is open", lambda: one(with_value("KAFKA_LISTENERS", '"\x1b[31m\x9b'))
    yield (
        "escapes in all that is changed",
        lambda: one(
            SOLUTION.replace("mongo:latest", ESCAPED_IN_YAML).replace("driver: bridge", f"driver: {ESCAPED_IN_YAML}")
        ),
    )


def _with_line(line: str) -> Project:
    return one(SOLUTION.replace("  kafka:\n", f"{line}  kafka:\n", 1))
