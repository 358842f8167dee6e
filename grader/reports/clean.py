"""Students' texts on their way out: nothing that a terminal, an editor or a reader could obey or trip over."""

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# C0 and C1 controls (terminal escapes begin with one), line and paragraph separators, marks that turn the direction of
# the text or cannot be seen, half surrogate pairs and the two code points that XML forbids.
# Not compiled here: most texts are plain, and a start of `grade` should not pay for the others.
_HARMFUL = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)


def clean(text: str) -> str:
    """Replace every harmful character by U+FFFD, one for one, so that columns stay true; line ends and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_HARMFUL, REPLACEMENT, text.replace("\r\n", "\n"))


def escape(text: str) -> str:
    """Return JSON text in which every harmful character is an escape; what it means stays the same."""
    return re.sub(_HARMFUL, lambda found: f"\\u{ord(found[0]):04x}", text)


def clean_line(text: str) -> str:
    """Like `clean`, on one line: line ends and tabs become a blank."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return " ".join(clean(text).replace("\t", " ").split("\n")).strip()
