"""Frames as an answer of a notebook: all of them, or some."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from grader.notebook.blocks import Block, Next, Title, Words
from grader.notebook.kraft.frames import Shown
from grader.notebook.result import Result

AGAIN = "run this cell again"


class Frames(ABC):
    """What can be shown frame by frame."""

    __slots__ = ()

    @abstractmethod
    def _tell(self) -> list[Shown] | Result:
        """Make the frames anew, or the answer that says why there are none."""

    def frame(self, number: int) -> Result:
        """Show one frame, counted from 1; -1 is the last one."""
        return self.frames(number, number)

    def frames(self, first: int = 1, last: int = -1) -> Result:
        """Show the frames from `first` to `last`, both included."""
        told = self._tell()
        if isinstance(told, Result):
            return told
        start, end = (len(told) + 1 + number if number < 0 else number for number in (first, last))
        if not 1 <= start <= end <= len(told):
            return refused(f"The frames are 1 to {len(told)}.")
        return answer(told, range(start, end + 1))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return self.frames()._repr_mimebundle_(include, exclude)

    def __repr__(self) -> str:
        return repr(self.frames())


def answer(told: Sequence[Shown], numbers: range) -> Result:
    """Show the frames of some numbers, counted from 1."""
    blocks: list[Block] = []
    for number in numbers:
        shown = told[number - 1]
        blocks += [Title(f"Frame {number} of {len(told)}: {shown.title}"), Words(shown.words)]
        if shown.drawn is not None:
            blocks.append(shown.drawn)
    blocks.append(Next(f"change something and {AGAIN}."))
    chosen = [(number, told[number - 1]) for number in numbers]
    data = [{"number": number, "title": shown.title, "words": shown.words, **shown.data} for number, shown in chosen]
    return Result("kraft", blocks, then=AGAIN, frames=data)


def refused(*words: str) -> Result:
    """Say why there is no frame."""
    then = f"put that right, then {AGAIN}."
    blocks: list[Block] = [Title("There is nothing to show"), *map(Words, words), Next(then)]
    return Result("kraft", blocks, then=then, frames=[])
