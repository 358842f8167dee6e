"""Millions of numbers in little memory: they wait in buckets, on disk from some size on, and come back sorted."""

import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import BinaryIO

BUCKET_BITS = 6
MAX_WAITING = 1 << 17  # numbers in memory, of 8 bytes each
NUMBER = "Q"  # unsigned, 64 bits


class Buckets:
    """Takes numbers of at most so many bits and gives them back in their order, bucket by bucket.

    A bucket has the numbers with the same upper bits. The files have no names: they are gone with the process.
    """

    __slots__ = ("_files", "_shift", "_waiting")

    def __init__(self, bits: int) -> None:
        self._shift = max(bits - BUCKET_BITS, 0)
        self._waiting = array(NUMBER)
        self._files: list[BinaryIO] = []

    def add(self, numbers: Iterable[int]) -> None:
        """Add some numbers."""
        self._waiting.extend(numbers)
        if len(self._waiting) > MAX_WAITING:
            self._spill()

    def _spill(self) -> None:
        if not self._files:
            self._files = [tempfile.TemporaryFile() for _ in range(1 << BUCKET_BITS)]  # noqa: SIM115 - until taken
        waiting = array(NUMBER, sorted(self._waiting))
        start = 0
        for bucket, file in enumerate(self._files, start=1):
            end = bisect_left(waiting, bucket << self._shift, lo=start)
            file.write(waiting[start:end].tobytes())
            start = end
        self._waiting = array(NUMBER)

    def take(self) -> Iterator[list[int]]:
        """Yield the numbers in their order, in pieces of whole buckets, and forget them."""
        if not self._files:
            yield sorted(self._waiting)
        else:
            self._spill()
        self._waiting = array(NUMBER)
        for file in self._files:
            file.seek(0)
            yield sorted(array(NUMBER, file.read()))
            file.close()
