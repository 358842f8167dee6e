"""What is to be said about the whole of a source: counted, with the first few names, however many there are."""

from collections.abc import Sequence

from grader.batch.opening.members import shown

SHOWN_NAMES = 5
MAX_SENTENCES = 100


class Notes:
    """Collects while a source is read. What it keeps does not grow with the source."""

    def __init__(self) -> None:
        self._groups: dict[str, tuple[list[str], list[int]]] = {}
        self._sentences: list[str] = []
        self.partial = False  # the source broke off, and there may be more submissions

    def count(self, what: str, name: str) -> None:
        """Count one more thing of a kind; `what` is a sentence's beginning: `No compose file, passed over`."""
        names, counted = self._groups.setdefault(what, ([], [0]))
        counted[0] += 1
        if len(names) < SHOWN_NAMES:
            names.append(shown(name))

    def say(self, sentence: str) -> None:
        """Add a sentence."""
        if len(self._sentences) < MAX_SENTENCES:
            self._sentences.append(sentence)

    def sentences(self) -> Sequence[str]:
        """Return all there is to say so far."""
        grouped = []
        for what, (names, (count,)) in self._groups.items():
            more = f" and {count - len(names)} more" if count > len(names) else ""
            grouped.append(f"{what}: {', '.join(names)}{more}.")
        return [*self._sentences, *grouped]
