"""One answer: what it says, in the forms that a notebook can show, and the same as data for programs."""

from collections.abc import Sequence
from typing import Any

from grader.notebook.blocks import Block

RESULT_TYPE = "application/vnd.compose-kata.result+json"
SCHEMA = "compose-kata/result/1"


class Result:
    """An answer of the grader in a notebook. The same file and call give the same answer: no times, no absolute paths.

    `data` is plain data for programs (private MIME type `RESULT_TYPE`): `schema`, `kind`, `next` (what to type now) and
    what the kind brings along. Every other form is drawn from `blocks`.
    """

    __slots__ = ("blocks", "data")

    def __init__(self, kind: str, blocks: Sequence[Block], *, then: str, **data: Any) -> None:
        self.blocks = tuple(blocks)
        self.data: dict[str, Any] = {"schema": SCHEMA, "kind": kind, **data, "next": then}

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """IPython: every MIME type at once; it leaves out itself what nobody asked for."""
        from grader.notebook.html import render_html
        from grader.notebook.markdown import render_markdown

        return {
            "text/plain": repr(self),
            "text/markdown": render_markdown(self.blocks),
            "text/html": render_html(self.blocks),
            RESULT_TYPE: self.data,
        }

    def __repr__(self) -> str:
        from grader.notebook.plain import render_plain

        return render_plain(self.blocks)
