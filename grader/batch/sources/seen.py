"""Whether a word was there before, for millions of words in little memory."""

from hashlib import blake2b

BUCKETS = 1 << 16
REST_BYTES = 6  # with the two of the bucket: one wrong answer in 30 million runs over a million words


class Seen:
    """A set of words that keeps eight bytes of each word's digest: 12 MB for a million."""

    def __init__(self) -> None:
        self._buckets: list[bytearray | None] = [None] * BUCKETS

    def add(self, word: str) -> bool:
        """Add a word and tell whether it is new."""
        digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=2 + REST_BYTES).digest()
        at = digest[0] << 8 | digest[1]
        rest = digest[2:]
        bucket = self._buckets[at]
        if bucket is None:
            self._buckets[at] = bytearray(rest)
            return True
        found = bucket.find(rest)
        while found >= 0 and found % REST_BYTES:
            found = bucket.find(rest, found + 1)
        if found >= 0:
            return False
        bucket += rest
        return True
