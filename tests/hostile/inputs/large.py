"""Files with too much of something."""

from collections.abc import Iterator

from tests.hostile.inputs.pieces import MIB, SOLUTION, Named, one, services, with_value


def large() -> Iterator[Named]:
    """Yield files with many bytes, keys, items, services, documents or faults."""
    yield "10 MB", lambda: one(SOLUTION + "# padding\n" * MIB)
    yield "500 kB of comments", lambda: one(SOLUTION + "# padding\n" * 50_000)
    yield "a line of 500 kB", lambda: one(with_value("KAFKA_LISTENERS", "x" * 500_000))
    yield "a word of 500 kB with a fault", lambda: one("services:\n  a: [" + "x" * 500_000)
    yield "a quote of 500 kB", lambda: one(with_value("KAFKA_LISTENERS", '"' + "x " * 250_000 + '"'))
    yield "a block of 500 kB", lambda: one(with_value("KAFKA_LISTENERS", "|\n" + "        x\n" * 50_000))
    yield "300,000 keys", lambda: one("".join(f"{n}k: \n" for n in range(300_000)))
    yield "60,000 keys", lambda: one("services: {" + ",".join(f"a{n}" for n in range(60_000)) + "}")
    yield "10,000 keys", lambda: one("services:\n" + "".join(f"  s{n}: {{}}\n" for n in range(10_000)))
    yield (
        "10,000 variables",
        lambda: one(
            SOLUTION.replace(
                "      DATABASE_NAME", "".join(f"      V{n}: x\n" for n in range(10_000)) + "      DATABASE_NAME"
            )
        ),
    )
    yield (
        "10,000 dollars",
        lambda: one(
            SOLUTION.replace(
                "      DATABASE_NAME", "".join(f"      V{n}: $x{n}\n" for n in range(10_000)) + "      DATABASE_NAME"
            )
        ),
    )
    yield "the same key 50,000 times", lambda: one("services:\n" + "  a: $b\n" * 50_000)
    yield "250,000 items", lambda: one("services: [" + "a," * 250_000 + "]")
    yield "170,000 dashes in lines", lambda: one("- \n" * 170_000)
    yield "20,000 mounts", lambda: one("services: {app: {image: x, volumes: [" + "./a:/b," * 20_000 + "]}}")
    yield (
        "20,000 other mounts",
        lambda: one("services: {app: {image: x, volumes: [" + ",".join(f"./a:/b{n}" for n in range(20_000)) + "]}}"),
    )
    yield (
        "5,000 ranges of ports",
        lambda: one(
            "services: {app: {image: x, ports: [" + ",".join(f'"{n}-{n + 1000}"' for n in range(1, 5000)) + "]}}"
        ),
    )
    yield (
        "20,000 faults of the schema",
        lambda: one("services: {app: {image: x, " + ",".join(f"k{n}: 1" for n in range(20_000)) + "}}"),
    )
    yield "2,000 services", lambda: one(services(2_000, "    environment:\n      A: b#\n"))
    yield (
        "2,000 services of the solution's kind",
        lambda: one(SOLUTION + "".join(f"  v{n}: {{}}\n" for n in range(2_000))),
    )
    yield "the solution 100 times", lambda: one("---\n".join([SOLUTION] * 100))
    yield "20,000 documents", lambda: one("--- {a: b}\n" * 20_000)
    yield "50,000 documents that are empty", lambda: one("---\n" * 50_000)
    yield "5,000 documents of services", lambda: one("--- {services: {a: {image: x}}}\n" * 5_000)
    yield "200,000 lines that are no YAML", lambda: one(SOLUTION.replace("    environment:", "|\n" * 200_000, 1))
    yield "a thousand refused parts between broken lines", lambda: one(services(1_000, "    x#y: 1\n") + "}\n" * 50_000)
    yield (
        "a mount with 40,000 folders above it",
        lambda: one(SOLUTION.replace("mongodb_data:/data/db", f'"a:{"/.." * 40_000}"', 1)),
    )
    yield "80,000 lines with a tab", lambda: one("\ta: b\n" * 80_000)
