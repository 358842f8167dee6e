"""Small texts that stand for much: depth, anchors, variables."""

from collections.abc import Iterator

from tests.hostile.inputs.pieces import SOLUTION, Named, beside, doubling, one, with_value


def _laughs() -> str:
    lines = ["x-0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"x-{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines) + "\n"


def _merges() -> str:
    lines = ["x-0: &m0 {a: 1, b: 2, c: 3}"]
    for n in range(1, 60):
        lines.append(f"x-{n}: &m{n}")
        lines += [f"  k{k}: {{<<: *m{n - 1}}}" for k in range(2)]
    return "\n".join(lines) + "\n"


def deep() -> Iterator[Named]:
    """Yield lists and maps inside each other."""
    yield "30,000 brackets", lambda: one("a: " + "[" * 30_000)
    yield "30,000 closed brackets", lambda: one("a: " + "[" * 30_000 + "]" * 30_000)
    yield "30,000 braces", lambda: one("a: " + "{" * 30_000)
    yield "30,000 closed braces", lambda: one("a: " + "{a: " * 15_000 + "}" * 15_000)
    yield "500,000 brackets", lambda: one("[" * 500_000)
    yield "30,000 dashes", lambda: one("a:\n  " + "- " * 30_000)
    yield "30,000 complex keys", lambda: one("? " * 30_000)
    yield "1,000 levels of indentation", lambda: one("".join(" " * n + "a:\n" for n in range(1_000)))
    yield "3,000 levels of indentation", lambda: one("".join(" " * n + "a:\n" for n in range(3_000)))
    yield "360 levels in a small file", lambda: one("".join(" " * n + "a:\n" for n in range(358)))
    yield "99 levels", lambda: one("x-a: " + "[" * 99 + "]" * 99 + "\n" + SOLUTION)
    yield "101 levels", lambda: one("x-a: " + "[" * 101 + "]" * 101 + "\n" + SOLUTION)
    yield "99 levels in a value", lambda: one(with_value("KAFKA_LISTENERS", "{a: " * 90 + "1" + "}" * 90))


def anchors() -> Iterator[Named]:
    """Yield aliases, merge keys, doubled keys and tags, all of them often."""
    yield "a billion laughs", lambda: one(_laughs() + SOLUTION)
    yield "a merge bomb", lambda: one(_merges() + SOLUTION)
    yield "an alias to itself", lambda: one("x-a: &a [*a]\n" + SOLUTION)
    yield "a map in itself", lambda: one("x-a: &a {b: *a}\n" + SOLUTION)
    yield "a merge of itself", lambda: one("x-a: &a\n  <<: *a\n  b: 1\n" + SOLUTION)
    yield "a service in itself", lambda: one(SOLUTION.replace("  kafka:\n", "  kafka: &k\n    <<: *k\n", 1))
    yield "an alias of the whole file", lambda: one("--- &a\nx-a: *a\n" + SOLUTION)
    yield "10,000 anchors", lambda: one("".join(f"x-{n}: &a{n} 1\n" for n in range(10_000)) + SOLUTION)
    yield (
        "10,000 aliases of a text",
        lambda: one("x-a: &a " + "y" * 1000 + "\nx-b: [" + "*a," * 10_000 + "]\n" + SOLUTION),
    )
    yield (
        "10,000 aliases of a large text",
        lambda: one("x-a: &a $" + "y" * 50_000 + "\nx-b: [" + "*a," * 10_000 + "]\n" + SOLUTION),
    )
    yield "10,000 unknown aliases", lambda: one("x-b: [" + ",".join(f"*a{n}" for n in range(10_000)) + "]\n" + SOLUTION)
    yield (
        "5,000 merges of one map",
        lambda: one(
            "x-a: &a {"
            + ",".join(f"k{n}: $v" for n in range(9))
            + "}\n"
            + "".join(f"x-{n}: {{<<: *a}}\n" for n in range(5_000))
            + SOLUTION
        ),
    )
    yield "a list of 5,000 merges", lambda: one("x-a: &a {a: 1}\nx-b: {<<: [" + "*a," * 5_000 + "]}\n" + SOLUTION)
    yield (
        "5,000 keys that are there twice",
        lambda: one("x-a:\n" + "".join(f"  k{n % 2500}: $a\n" for n in range(5_000)) + SOLUTION),
    )
    yield "maps that are there twice", lambda: one("".join(f"x-a: {{k{n}: $a}}\n" for n in range(5_000)) + SOLUTION)
    yield "5,000 resets", lambda: one("x-a: [" + "!reset a," * 5_000 + "]\n" + SOLUTION)
    yield "5,000 reset maps", lambda: one("x-a: [" + "!reset {a: $b}," * 5_000 + "]\n" + SOLUTION)
    yield "5,000 keys that are maps", lambda: one("x-a: {" + "[a]: $b," * 5_000 + "}\n" + SOLUTION)
    yield (
        "5,000 keys that are numbers",
        lambda: one("x-a: {" + ",".join(f"{n}: $b" for n in range(5_000)) + "}\n" + SOLUTION),
    )


def templates() -> Iterator[Named]:
    """Yield variables inside variables, and variables that stand for much."""
    deep = "${A:-" * 5_000 + "x" + "}" * 5_000
    yield "5,000 nested variables", lambda: one(with_value("KAFKA_LISTENERS", f'"{deep}"'))
    yield "5,000 open variables", lambda: one(with_value("KAFKA_LISTENERS", '"' + "${" * 5_000 + '"'))
    yield "5,000 open defaults", lambda: one(with_value("KAFKA_LISTENERS", '"' + "${A:-" * 5_000 + '"'))
    yield "100,000 open variables", lambda: one(with_value("KAFKA_LISTENERS", '"' + "${" * 100_000 + '"'))
    yield (
        "80,000 nested variables",
        lambda: one(with_value("KAFKA_LISTENERS", '"' + "${A:-" * 80_000 + "}" * 80_000 + '"')),
    )
    yield (
        "100,000 nested alternatives",
        lambda: one(with_value("KAFKA_LISTENERS", '"' + "${A+${A-" * 50_000 + "}" * 100_000 + '"')),
    )
    yield "300,000 dollars", lambda: one(with_value("KAFKA_LISTENERS", '"' + "$" * 300_000 + '"'))
    yield "150,000 unset variables", lambda: one(with_value("KAFKA_LISTENERS", '"' + "$a " * 150_000 + '"'))
    yield "70,000 braces that close early", lambda: one(with_value("KAFKA_LISTENERS", '"' + "${A:-}}" * 70_000 + '"'))
    yield (
        "a required variable with a long message",
        lambda: one(with_value("KAFKA_LISTENERS", '"${A:?' + "x" * 500_000 + '}"')),
    )
    yield "a name of 500,000 letters", lambda: one(with_value("KAFKA_LISTENERS", '"$' + "a" * 500_000 + '"'))
    yield "an .env that doubles", lambda: beside(".env", doubling(60), compose=with_value("KAFKA_LISTENERS", "$A59"))
    yield (
        "an .env that doubles to 10 MB",
        lambda: beside(".env", doubling(21), compose=with_value("KAFKA_LISTENERS", "$A20")),
    )
    yield (
        "a large variable used often",
        lambda: beside(".env", "A=" + "x" * 50_000, compose=with_value("KAFKA_LISTENERS", '"' + "$A" * 20_000 + '"')),
    )
    yield (
        "a large variable used in many values",
        lambda: beside(".env", "A=" + "x" * 50_000, compose=SOLUTION + "x-a: [" + "$A," * 10_000 + "]\n"),
    )
    yield (
        "a large variable used twice by 5,000",
        lambda: beside(".env", "A=" + "x" * 1_000, compose=SOLUTION + "x-a: [" + "$A$A," * 5_000 + "]\n"),
    )
