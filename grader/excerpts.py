"""The line of a student's file that a finding is about, as a report shows it."""

from collections.abc import Mapping, Sequence

from grader.compose.marks import Mark
from grader.masking import MAX_CHARACTERS, mask_line
from grader.report import Excerpt
from grader.secrets import Secrets

MAX_LINE_CHARACTERS = 200
MAX_UNDERLINE = 60


def excerpt_at(mark: Mark | None, texts: Mapping[str, Sequence[str]], secrets: Secrets) -> Excerpt | None:
    """Return the masked line at a mark with what to underline; None where the file is not among `texts`."""
    if mark is None or not 1 <= mark.line <= len(texts.get(mark.file, ())):
        return None
    line = texts[mark.file][mark.line - 1]
    if len(line) > MAX_CHARACTERS or mark.column > MAX_LINE_CHARACTERS:
        return None
    hidden = secrets.places.get((mark.file, mark.line), [])
    masked = secrets.hide(mask_line(line, hidden))
    width = min(mark.width or 1, MAX_UNDERLINE)
    if masked != line:
        # columns behind the first hidden text have moved: underline the mask itself where the finding is about it
        width = 3 if any(place.column == mark.column for place in hidden) else min(width, _same_until(line, masked))
    return Excerpt(mark.file, mark.line, masked[:MAX_LINE_CHARACTERS].rstrip(), mark.column, max(width, 1))


def _same_until(line: str, masked: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(line, masked, strict=False)) if a != b), len(masked))
