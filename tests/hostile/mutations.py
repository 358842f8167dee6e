"""Random changes of a submission: of bytes, lines, words and of the tree that YAML stands for."""

import random
import re
from collections.abc import Callable

from tests.hostile.inputs.pieces import COMPOSE, Project
from tests.hostile.snippets import SNIPPETS
from tests.hostile.tree_changes import change_tree
from tests.hostile.trees import read, write

SIDE_FILES = (".env", "docker-compose.override.yml", "a.env", "b.yml")
MAX_BYTES = 60_000  # larger files take their time and say nothing new
WORD = re.compile(r"[\w.]+|\s+|.", re.DOTALL)
BLOCK = re.compile(rb"^  [\w-]+:.*\n(?:(?:    .*)?\n)*", re.MULTILINE)
SHARE_OF_SMALL = 0.6  # a few services are read several times as fast as all, and every change hits one in any case


class Mutator:
    """A source of changed submissions; the same seed gives the same ones."""

    def __init__(self, corpus: list[Project], seed: int) -> None:
        self.random = random.Random(seed)
        self.corpus = corpus

    def project(self) -> Project:
        """Return a submission with one to five random changes."""
        files = dict(self.random.choice(self.corpus))
        if COMPOSE in files and self.random.random() < SHARE_OF_SMALL:
            files[COMPOSE] = self.fewer(files[COMPOSE])
        if self.random.random() < 0.15:
            files[self.random.choice(SIDE_FILES)] = self.some_file()
        for _ in range(self.random.choice((1, 1, 1, 2, 2, 3, 5))):
            name = self.random.choice([*files, *(name for name in files if name.endswith("yml"))])
            files[name] = self.changed(files[name])[:MAX_BYTES]
        return files

    def fewer(self, data: bytes) -> bytes:
        """Keep one or two of the services."""
        blocks = [found for found in BLOCK.finditer(data) if b"image:" in found[0] or b"build:" in found[0]]
        kept = self.random.sample(range(len(blocks)), min(len(blocks), self.random.choice((1, 1, 2))))
        for number in reversed(range(len(blocks))):
            if number not in kept:
                data = data[: blocks[number].start()] + data[blocks[number].end() :]
        return data

    def some_file(self) -> bytes:
        """Return any file of the corpus."""
        return self.random.choice(list(self.random.choice(self.corpus).values()))

    def changed(self, data: bytes) -> bytes:
        """Return a file with one change."""
        kind = self.random.random()
        if kind < 0.08:
            return self.random.choice(BYTE_CHANGES)(self, data)
        text = data.decode("utf-8", "surrogateescape")
        if kind < 0.32:
            text = self.random.choice(LINE_CHANGES)(self, text)
        elif kind < 0.52:
            text = self.words(text)
        else:
            text = self.tree(text)
        return text.encode("utf-8", "surrogateescape")

    def span(self, length: int, most: int) -> tuple[int, int]:
        """Return a random part of something of a given length."""
        start = self.random.randint(0, length)
        return start, min(length, start + self.random.randint(0, most))

    # Bytes

    def flip(self, data: bytes) -> bytes:
        """Replace a byte by any other."""
        at = self.random.randint(0, max(len(data) - 1, 0))
        return data[:at] + bytes([self.random.randrange(256)]) + data[at + 1 :]

    def cut(self, data: bytes) -> bytes:
        """Take a few bytes out."""
        start, end = self.span(len(data), self.random.choice((1, 3, 30)))
        return data[:start] + data[end:]

    def stop(self, data: bytes) -> bytes:
        """End too early."""
        return data[: self.random.randint(0, len(data))]

    def repeat(self, data: bytes) -> bytes:
        """Write a part again, perhaps often."""
        start, end = self.span(len(data), 60)
        return data[:end] + data[start:end] * self.random.choice((1, 1, 2, 50)) + data[end:]

    def insert(self, data: bytes) -> bytes:
        """Put a snippet anywhere."""
        at = self.random.randint(0, len(data))
        return data[:at] + self.random.choice(SNIPPETS).encode() + data[at:]

    def splice(self, data: bytes) -> bytes:
        """Go on as another file does."""
        other = self.some_file()
        return data[: self.random.randint(0, len(data))] + other[self.random.randint(0, len(other)) :]

    # Lines and words

    def lines(self, text: str) -> str:
        """Delete, double, move or turn round a few lines."""
        lines = text.split("\n")
        start, end = self.span(len(lines), self.random.choice((1, 2, 8)))
        block = lines[start:end]
        del lines[start:end]
        kind = self.random.randrange(4)
        if kind == 1:
            lines[start:start] = block * 2
        elif kind == 2:
            at = self.random.randint(0, len(lines))
            lines[at:at] = block
        elif kind == 3:
            lines[start:start] = reversed(block)
        return "\n".join(lines)

    def indent(self, text: str) -> str:
        """Move a few lines to the right or to the left, with blanks or tabs."""
        lines = text.split("\n")
        start, end = self.span(len(lines), self.random.choice((1, 2, 8)))
        columns = self.random.choice((-4, -2, -1, 1, 2, 4))
        blank = self.random.choice((" ", " ", " ", "\t"))
        for number in range(start, end):
            line = lines[number]
            indented = len(line) - len(line.lstrip())
            lines[number] = blank * columns + line if columns > 0 else line[min(-columns, indented) :]
        return "\n".join(lines)

    def join(self, text: str) -> str:
        """Lose a line end, or break a line."""
        ends = [at for at, sign in enumerate(text) if sign == "\n"]
        if ends and self.random.random() < 0.5:
            at = self.random.choice(ends)
            return text[:at] + text[at + 1 :].lstrip(" ")
        at = self.random.randint(0, len(text))
        return text[:at] + self.random.choice(("\n", "\r", "\r\n", "\x85")) + text[at:]

    def borrow(self, text: str) -> str:
        """Put a line of another file between the lines."""
        other = self.some_file().decode("utf-8", "surrogateescape").split("\n")
        lines = text.split("\n")
        lines.insert(self.random.randint(0, len(lines)), self.random.choice(other))
        return "\n".join(lines)

    def words(self, text: str) -> str:
        """Replace a word by a snippet or another word of the text, in one place or everywhere."""
        words = WORD.findall(text)
        if not words:
            return self.random.choice(SNIPPETS)
        at = self.random.randrange(len(words))
        new = self.random.choice(SNIPPETS) if self.random.random() < 0.6 else self.random.choice(words)
        if self.random.random() < 0.1 and words[at].strip():
            return text.replace(words[at], new)
        words[at] = new if self.random.random() < 0.7 else words[at] + new
        return "".join(words)

    # The tree

    def tree(self, text: str) -> str:
        """Change the kind, the number or the place of what the file says."""
        root = read(text)
        if root is None or root.kind == "text":
            return self.words(text)
        change_tree(self.random, root)
        return write(root).lstrip("\n") + "\n"


BYTE_CHANGES: tuple[Callable[[Mutator, bytes], bytes], ...] = (
    Mutator.flip, Mutator.cut, Mutator.stop, Mutator.repeat, Mutator.insert, Mutator.splice,
)  # fmt: skip
LINE_CHANGES: tuple[Callable[[Mutator, str], str], ...] = (
    Mutator.lines, Mutator.lines, Mutator.indent, Mutator.join, Mutator.borrow,
)  # fmt: skip
