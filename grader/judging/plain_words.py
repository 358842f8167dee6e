"""What go-yaml's terse words mean, for somebody who has never read a parser's source."""

from collections.abc import Mapping, Sequence

from grader.compose.errors import Refusal
from grader.remembered import remembered
from grader.spelling import did_you_mean

# the keys of the skeleton and those that the TASK adds
KEYS = (
    *("services", "volumes", "networks", "environment", "env_file", "image", "build", "container_name", "restart"),
    *("ports", "depends_on", "healthcheck", "context", "dockerfile", "driver", "external", "name", "read_only"),
)
TAB = "YAML is indented with blanks, never with tabs."
MISPLACED = " This key does not belong here: look at its indentation."
QUOTE = "A quote is opened here and not closed on this line."
MERGE_CONFLICT = (
    "Git has left both versions of some lines here: keep one of them, and delete the lines with <<<<<<<, ======= and "
    ">>>>>>>."
)
MARKDOWN = "This line belongs to Markdown, not to YAML: delete it."
WORDS = (
    ("found a tab character", TAB),
    ("cannot start any token", "A text that begins with this character must be put in quotes."),
    (
        "mapping values are not allowed",
        "A colon with a blank behind it makes a key: is the line indented like its neighbours?",
    ),
    ("did not find expected key", "The line does not fit the lines around it: look at its indentation and its quotes."),
    ("could not find expected ':'", "A line here lacks its colon, or the blank behind it."),
    ("did not find expected '-'", "In a list every entry of the same depth begins with a dash."),
    ("found unexpected end of stream", QUOTE),
    ("did not find expected ',' or", "A bracket is opened here and never closed, or a comma is missing."),
    ("already defined at line", "The same key stands twice in one block: keep one of the two."),
    ("unknown anchor", "Nothing with this name is defined above; a text that begins with * must be put in quotes."),
    ("control characters", "A sign stands here that cannot be seen and that YAML does not allow: delete it."),
    ("UTF-8", "The file is not saved as UTF-8: save it once more with that encoding."),
    ("no such file", "Check the name of the file, and whether it lies where the compose file says."),
    ("is a directory", "This is a folder, and a file is needed."),
    ("block sequence entries are not allowed", "A dash begins an entry of a list, and no list can begin here."),
)


def explain(refusal: Refusal, texts: Mapping[str, Sequence[str]]) -> str:
    """Return a sentence that goes behind Compose's own words, with a blank in front; empty where they say it all."""
    foreign = _foreign(_line(refusal, texts)) if refusal.kind in ("yaml_syntax", "top_level") else None
    if foreign is not None:
        return f" {foreign}"
    if refusal.kind == "schema_unknown_key" and "'" in refusal.message:
        key = refusal.message.split("'")[1]
        return MISPLACED if key in KEYS else _meant_key(key)
    for words, plain in WORDS:
        if words in refusal.message:
            line = _line(refusal, texts) if refusal.kind == "yaml_syntax" else ""
            return f" {TAB if _has_tab(line) else QUOTE if _opens_quote(line, refusal.at.column) else plain}"
    return ""


@remembered
def _meant_key(key: str) -> str:
    return did_you_mean(key, KEYS)


def _foreign(line: str) -> str | None:
    """Say what a line is that another program or another language has left in the file."""
    from grader.compose.recovery import CONFLICT, FENCE  # here, because most files are not broken

    if CONFLICT.match(line):
        return MERGE_CONFLICT
    return MARKDOWN if FENCE.match(line) else None


def _line(refusal: Refusal, texts: Mapping[str, Sequence[str]]) -> str:
    lines = texts.get(refusal.at.file, ())
    return lines[refusal.at.line - 1] if 0 < refusal.at.line <= len(lines) else ""


def _has_tab(line: str) -> bool:
    """Tell whether a tab stands in front of the text of a line."""
    return "\t" in line[: len(line) - len(line.lstrip())]


def _opens_quote(line: str, column: int) -> bool:
    """Tell whether the quote at a column is not closed on its line."""
    from grader.compose.slips import leaves_quote_open  # here, because most files are not broken

    return line[column - 1 : column] in ("'", '"') and leaves_quote_open(line)
