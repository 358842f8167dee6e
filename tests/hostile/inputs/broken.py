"""Files that are no YAML, no text, or no mapping."""

import re
from collections.abc import Iterator

from tests.hostile.inputs.pieces import SOLUTION, Named, one, with_value


def broken() -> Iterator[Named]:
    """Yield what no compose file looks like."""
    yield "empty", lambda: one("")
    yield "blank lines", lambda: one("\n \n\n")
    yield "comments only", lambda: one("# nothing\n" * 1000)
    yield "a word", lambda: one("hello")
    yield "a list", lambda: one("- a\n- b\n")
    yield "a number", lambda: one("1" * 10_000)
    yield "only a byte order mark", lambda: one(b"\xef\xbb\xbf")
    yield "binary", lambda: one(bytes(range(256)) * 200)
    yield "an image", lambda: one(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100)
    yield "zeros", lambda: one(bytes(100_000))
    yield "latin-1", lambda: one(SOLUTION.replace("MongoDB", "M\xfcnchen").encode("latin-1"))
    yield "utf-16 without a mark", lambda: one(SOLUTION.encode("utf-16-le"))
    yield "utf-16 with a mark", lambda: one(SOLUTION.encode("utf-16"))
    yield "half of utf-16", lambda: one(b"\xff\xfe\x00")
    yield "half surrogates", lambda: one(b"services: \xed\xa0\x80\n")
    yield "tabs as indentation", lambda: one(SOLUTION.replace("  ", "\t"))
    yield "an open quote", lambda: one(with_value("KAFKA_LISTENERS", '"PLAINTEXT://'))
    yield "an open quote in every line", lambda: one(re.sub(r": (\w)", r': "\1', SOLUTION))
    yield "an open quote in long lines", lambda: one(('a: "' + "x" * 500 + "\n") * 1000)
    yield "an open bracket", lambda: one(with_value("KAFKA_LISTENERS", "["))
    yield "a percent sign", lambda: one("%YAML 9.9\n%TAG ! x\n" + SOLUTION)
    yield "damage in every line", lambda: one(SOLUTION.replace(": ", ": : @`"))
    yield "damage in 10,000 lines", lambda: one("services:\n" + "  a: b: c\n" * 10_000)
    yield "only quotes", lambda: one('"' * 50_000)
    yield "only colons", lambda: one(":" * 50_000)
    yield "only dashes", lambda: one("-" * 50_000)
    yield "only question marks", lambda: one("? " * 25_000)
    yield "only bangs", lambda: one("!" * 50_000)
    yield "only ampersands", lambda: one("&a " * 15_000)
    yield "only percent signs", lambda: one("%" * 50_000)
    yield "python object", lambda: one(with_value("KAFKA_LISTENERS", '!!python/object/apply:os.system ["touch pwned"]'))
    yield "python object at the top", lambda: one('!!python/object/apply:os.system ["touch pwned"]\n')
    yield "python tags", lambda: one(with_value("KAFKA_NODE_ID", "!!python/name:os.system"))
