"""A page read by another parser than the one that wrote it: its elements, its words, and what is not well formed."""

from collections.abc import Callable
from html.parser import HTMLParser

VOID = frozenset({"br", "meta", "hr", "img", "input", "link"})
UNREAD = frozenset({"script", "style"})  # their text is nobody's to read
APART = frozenset({"td", "th", "dt", "dd", "li", "p", "div", "caption", "summary"})  # a blank is seen before them


class Element:
    """One element: its name, attributes, where it stands and all text in it."""

    def __init__(self, name: str, attributes: dict[str, str | None], path: tuple[str, ...]) -> None:
        self.name = name
        self.attributes = attributes
        self.path = path
        self.text = ""

    def __repr__(self) -> str:
        return f"<{self.name} {self.attributes} {self.text!r}>"


class Page(HTMLParser):
    """A page as a list of elements in their order. `faults` says what a strict reader would complain about.

    `text` is all there is to be read.
    """

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.faults: list[str] = []
        self.text = ""
        self._open: list[Element] = []
        self.feed(text)
        self.close()
        self.faults += [f"<{element.name}> is never closed" for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len({name for name, _ in attrs}) != len(attrs):
            self.faults.append(f"<{tag}> has an attribute twice")
        if tag in APART:
            self.handle_data(" ")
        element = Element(tag, dict(attrs), tuple(part.name for part in self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].name != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1:]}")
        else:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        inmost = self._open[-1:]
        if inmost and inmost[0].name in UNREAD:
            inmost[0].text += data
            return
        self.text += data
        for element in self._open:
            element.text += data

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"a comment: {data}")

    def names(self) -> set[str]:
        """Return which elements there are."""
        return {element.name for element in self.elements}

    def attributes(self) -> set[tuple[str, str | None]]:
        """Return which attributes there are, with their values."""
        return {pair for element in self.elements for pair in element.attributes.items()}

    def named(self, name: str, **attributes: str) -> list[Element]:
        """Return all elements of a name with these attributes (`class_` for `class`)."""
        asked = {key.rstrip("_"): value for key, value in attributes.items()}
        return self._where(lambda element: element.name == name and asked.items() <= element.attributes.items())

    def words(self) -> str:
        """Return what is to be read on the page, blanks as one."""
        return " ".join(self.named("body")[0].text.split())

    def below(self, heading: str) -> Element:
        """Return the section with this heading."""
        found = self._where(lambda element: element.name == "section" and element.text.strip().startswith(heading))
        assert len(found) == 1, f"{len(found)} sections {heading!r}"
        return found[0]

    def _where(self, wanted: Callable[[Element], bool]) -> list[Element]:
        return [element for element in self.elements if wanted(element)]
