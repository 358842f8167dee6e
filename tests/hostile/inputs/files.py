"""Hostile files beside the compose file, and files that lead to others."""

from collections.abc import Iterator
from functools import partial

from tests.hostile.inputs.pieces import COMPOSE, MIB, SOLUTION, Named, beside, doubling, one, services, with_value


def with_env_file(value: str, *, services: int = -1) -> str:
    """Return the solution with an `env_file` in its first services, or in all."""
    return SOLUTION.replace("    environment:\n", f"    env_file: {value}\n    environment:\n", services)


def dotenv() -> Iterator[Named]:
    """Yield files of variables, as `.env` and as `env_file` of every service."""
    for name, text in {
        "of 10 MB": b"A=b\n" * (10 * MIB // 4),
        "of 500 kB": b"A=b\n" * (MIB // 8 - 10),
        "of 50,000 names": "".join(f"A{n}=b\n" for n in range(50_000)).encode(),
        "with a line of 500 kB": b"A=" + b"x" * 500_000,
        "with a name of 500 kB": b"A" * 500_000,
        "with a name of 500 kB and blanks": b"A " * 250_000,
        "binary": bytes(range(256)) * 200,
        "zeros": bytes(100_000),
        "in utf-16": "A=b\n".encode("utf-16"),
        "in latin-1": "A=\xfc\n".encode("latin-1"),
        "with an open quote": b'A="b\n',
        "with open quotes": b"A=\"b\nB='c\n" * 10_000,
        "with quotes and backslashes": b'A="' + b"\\" * 500_000,
        "of quotes": b'"' * 100_000,
        "of bad lines": b"A B\n" * 100_000,
        "of blanks": b" " * 500_000,
        "of comments": b"#\n" * 250_000,
        "of bare names": "".join(f"A{n}\n" for n in range(70_000)).encode(),
        "of exports": b"export " * 70_000,
        "of open variables": b"A=" + b"${" * 100_000,
        "of nested variables": b"A=" + b"${B:-" * 50_000 + b"}" * 50_000,
        "of open variables in lines": b"A=${\n" * 50_000,
        "of equal signs": b"=" * 500_000,
        "of hashes": b"A=x" + b" #" * 200_000,
    }.items():
        yield f"an .env {name}", partial(beside, ".env", text, compose=with_value("KAFKA_LISTENERS", "$A"))
        yield f"an env_file {name}", partial(beside, "a.env", text, compose=with_env_file("a.env"))
    yield (
        "a raw env_file of 500 kB",
        lambda: beside(
            "a.env",
            b"A=b\n" * (MIB // 8 - 10),
            compose=with_env_file("{path: a.env, format: raw}"),
        ),
    )
    yield (
        "5,000 env_files",
        lambda: beside(
            "a.env",
            "A=b\n" * 5_000,
            compose=with_env_file(f"[{'a.env,' * 5_000}]", services=1),
        ),
    )
    yield (
        "5,000 services with an env_file",
        lambda: beside("a.env", "A=b\n" * 5_000, compose=services(5_000, "    env_file: a.env\n")),
    )
    yield (
        "env_files that double",
        lambda: beside(
            "a.env",
            doubling(60),
            compose=with_env_file("a.env"),
        ),
    )
    yield (
        "env_files that double file by file",
        lambda: {
            **one(with_env_file(f"[{', '.join(['a.env'] * 60)}]", services=1)),
            "a.env": b"A=x$A$A\n",
        },
    )


def projects() -> Iterator[Named]:
    """Yield projects of several files, and services that stand on each other."""
    yield "an .env that names 50,000 files", lambda: beside(".env", "COMPOSE_FILE=" + "a:" * 50_000)
    yield "an .env that names one file 20,000 times", lambda: beside(".env", f"COMPOSE_FILE={f'{COMPOSE}:' * 20_000}")
    yield "an .env that names one file often", lambda: beside(".env", f"COMPOSE_FILE={COMPOSE}{f':{COMPOSE}' * 100}")
    yield "an empty override file", lambda: beside("docker-compose.override.yml", "")
    yield "a binary override file", lambda: beside("docker-compose.override.yml", bytes(range(256)) * 50)
    yield "an override file of 10 MB", lambda: beside("docker-compose.override.yml", "# padding\n" * MIB)
    yield "a deep override file", lambda: beside("docker-compose.override.yml", "a: " + "[" * 30_000)
    yield (
        "an override file of lists",
        lambda: beside("docker-compose.override.yml", "services: [a]\nvolumes: b\nnetworks: 1\n"),
    )
    yield (
        "an override file that turns all kinds round",
        lambda: beside(
            "docker-compose.override.yml",
            "services:\n  app: []\n"
            "  kafka: {environment: 1, volumes: {a: b}, ports: {a: b}, networks: x, image: [a], build: [b]}\n",
        ),
    )
    yield (
        "a chain of extends",
        lambda: one(
            "services:\n  s0: {image: x}\n" + "".join(f"  s{n}: {{extends: s{n - 1}}}\n" for n in range(1, 2_000))
        ),
    )
    yield "a circle of extends", lambda: one("services:\n  a: {extends: b}\n  b: {extends: a}\n")
    yield "extends of itself", lambda: one("services:\n  a: {extends: a}\n")
    yield (
        "extends of the own file",
        lambda: one(
            "services:\n"
            + "".join(f"  a{n}: {{image: x, extends: {{file: {COMPOSE}, service: a{n}}}}}\n" for n in range(300))
        ),
    )
    yield (
        "2,000 services that extend a large one",
        lambda: one(
            "services:\n  base:\n    image: x\n    environment: {"
            + ",".join(f"K{n}: v" for n in range(2_000))
            + "}\n"
            + "".join(f"  s{n}: {{extends: base}}\n" for n in range(2_000))
        ),
    )
    yield (
        "2,000 services that extend another file",
        lambda: {
            **one(
                "services:\n" + "".join(f"  s{n}: {{extends: {{file: b.yml, service: base}}}}\n" for n in range(2_000))
            ),
            "b.yml": (
                "services:\n  base:\n    image: x\n    environment: {"
                + ",".join(f"K{n}: v" for n in range(500))
                + "}\n"
            ).encode(),
        },
    )
    yield "an include of itself", lambda: one(f"include: [{COMPOSE}]\n{SOLUTION}")
    yield (
        "2,000 includes of one file",
        lambda: beside("b.yml", SOLUTION, compose="include: [" + "b.yml," * 2_000 + "]\n"),
    )
    yield (
        "a tree of includes",
        lambda: {
            **one("include: [b0.yml, b0.yml]\n" + SOLUTION),
            **{f"b{n}.yml": f"include: [b{n + 1}.yml, ./b{n + 1}.yml]\n".encode() for n in range(40)},
            "b40.yml": b"services: {a: {image: x}}\n",
        },
    )
    yield (
        "a long chain of includes",
        lambda: {
            **one("include: [b0.yml]\n" + SOLUTION),
            **{f"b{n}.yml": f"include: [b{n + 1}.yml]\n".encode() for n in range(200)},
        },
    )
    yield (
        "an include with 5,000 env files",
        lambda: {
            **beside(
                "b.yml",
                "services: {x: {image: y}}\n",
                compose="include: [{path: b.yml, env_file: [" + "a.env," * 5_000 + "]}]\n",
            ),
            "a.env": b"A=b\n" * 1_000,
        },
    )
    yield "a depends_on circle of 2,000", lambda: one(services(2_000, "    depends_on: [s#]\n").replace("[s", "[s1"))
    yield (
        "2,000 services that need each other",
        lambda: one(
            "services:\n" + "".join(f"  s{n}: {{image: x, depends_on: [s{(n + 1) % 2_000}]}}\n" for n in range(2_000))
        ),
    )
