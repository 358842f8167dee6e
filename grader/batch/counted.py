"""Numbers of things in sentences."""


def counted(count: int, one: str, more: str | None = None) -> str:
    """Return `1 row` or `1,200 rows`; `more` is the word for several where that is not `one` with an `s`."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"
