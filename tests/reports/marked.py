"""Markdown read by a CommonMark parser that comes with rich: its pieces, and what GitHub would find in them."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from markdown_it.token import Token

# What GitHub makes a link or a notification of where it stands outside of code.
FOUND_BY_GITHUB = re.compile(r"@\w|#\d|GH-\d|://|www\.|\b[0-9a-f]{7,40}\b")


def tokens(text: str) -> "Iterator[Token]":
    """Read Markdown with tables and yield every piece of it, those inside of lines too."""
    parser = pytest.importorskip("markdown_it", reason="markdown-it-py is not installed: pip install rich")
    for token in parser.MarkdownIt("commonmark").enable("table").parse(text):
        yield token
        yield from token.children or ()
