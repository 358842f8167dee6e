"""Millions of numbers in little memory: they wait in buckets, on disk from some size on, and come back sorted."""

import tempfile
from array import array
from collections.abc import Iterator
from typing import BinaryIO

BUCKETS = 64
MAX_WAITING = 1 << 18  # numbers in memory, of 8 bytes each
NUMBER = "Q"  # unsigned, 64 bits


class Buckets:
    """Takes numbers below 2**64 and gives them back bucket by bucket, each sorted.

    What belongs together must be put into the same bucket. The files have no names: they are gone with the process.
    """

    __slots__ = ("_files", "_waiting", "_waiting_count")

    def __init__(self) -> None:
        self._waiting = [array(NUMBER) for _ in range(BUCKETS)]
        self._waiting_count = 0
        self._files: list[BinaryIO] = []

    def put(self, bucket: int, number: int) -> None:
        """Add a number to a bucket; any whole number names one."""
        self._waiting[bucket % BUCKETS].append(number)
        self._waiting_count += 1
        if self._waiting_count > MAX_WAITING:
            self._spill()

    def _spill(self) -> None:
        if not self._files:
            self._files = [tempfile.TemporaryFile() for _ in range(BUCKETS)]  # noqa: SIM115 - until they are taken
        for waiting, file in zip(self._waiting, self._files, strict=True):
            waiting.tofile(file)
        self._waiting = [array(NUMBER) for _ in range(BUCKETS)]
        self._waiting_count = 0

    def take(self) -> Iterator[list[int]]:
        """Yield the numbers of each bucket, sorted, and forget them."""
        if self._files:
            self._spill()
        for number, waiting in enumerate(self._waiting):
            if self._files:
                file = self._files[number]
                size = file.tell() // waiting.itemsize
                file.seek(0)
                waiting.fromfile(file, size)
                file.close()
            yield sorted(waiting)
            self._waiting[number] = array(NUMBER)
