"""What a broken line of a compose file was meant to be, where that is certain.

Each rule takes the lines and the number of one of them, and yields the line as it was meant, best guess first. Whether
a guess is right shows when the file is parsed again, so a rule may be wrong, but it must not invent anything.
"""

import re
from collections.abc import Callable, Iterator

from grader.compose.lines import (
    Lines,
    before,
    behind,
    block,
    is_item,
    key,
    lead,
    opens_block,
    parent,
    without_comment,
)

# Under these keys a value can only be text or a number, so text that looks like more was meant as text.
_TEXTS = frozenset(["environment", "labels", "args", "driver_opts"])
_LISTS_OF_TEXT = frozenset(["environment", "volumes", "ports", "env_file", "networks", "labels", "args", "expose"])
_KNOWN = frozenset(
    [
        "services", "volumes", "networks", "image", "build", "context", "dockerfile", "container_name", "restart",
        "ports", "depends_on", "healthcheck", "driver", "environment", "env_file", "condition", "test", "interval",
        "timeout", "retries", "type", "source", "target", "read_only", "name", "external", "command", "entrypoint",
        "hostname", "version",
    ]
)  # fmt: skip

_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")
_ENTRY = re.compile(r"([A-Za-z_][\w.-]*)\s*[:=]\s*(.*)")
_NO_BLANK = re.compile(r"([A-Za-z_][\w.-]*):(\S.*)")
_NO_COLON = re.compile(r"([A-Za-z_][\w.-]*)(?: *[=;] *|\s+)(\S+)")
_HALVES = re.compile(r"""(["'])([^"']*)\1\s*([:=])\s*(["'])([^"']*)\4""")
_ONLY_WORD = re.compile(r"\W?(?P<blanks> *)(?P<name>[A-Za-z_](?:[\w.-]*\w)?)[\W_]*")
_SECOND_ENTRY = re.compile(r"\S[,;\s]\s*[A-Za-z_]\w*\s*:(?:\s|$)")
_OPENING = re.compile(r"""(?:- +)?(?:[^\s"'#][^"'#]*?[:=] *)?(?P<quotes>["'])(?P<inside>.*)""")

_Rule = Callable[[Lines, int, str], Iterator[str]]


def meant(lines: Lines, index: int) -> Iterator[dict[int, str]]:
    """Yield what line `index` was meant to be, the likeliest first.

    A slip of the kind that is made in every line is mended in the whole block at once.
    """
    body = lines[index].strip()
    for rule in (_open_quote, _typography, _halves, _in_list, _in_map, _separator):
        if rule is not _open_quote and next(rule(lines, index, body), body) != body:
            yield dict(_first_guesses(rule, lines, index))
        yield from _guesses(rule, lines, index, body)
    for rule in (_opener, _value):
        yield from _guesses(rule, lines, index, body)


def _guesses(rule: _Rule, lines: Lines, index: int, body: str) -> Iterator[dict[int, str]]:
    for guess in rule(lines, index, body):
        if guess != body:
            yield {index: lead(lines[index]) + guess}


def _first_guesses(rule: _Rule, lines: Lines, index: int) -> Iterator[tuple[int, str]]:
    for number in block(lines, index):
        body = lines[number].strip()
        guess = next(rule(lines, number, body), body)
        if guess != body:
            yield number, lead(lines[number]) + guess


def leaves_quote_open(line: str) -> bool:
    """Tell whether a value on this line begins with a quote that the line does not close."""
    found = _OPENING.fullmatch(line.strip())
    if found is not None:
        return found["quotes"] not in found["inside"]
    bare = without_comment(line)
    return bare.count('"') % 2 == 1 and ("[" in bare or "{" in bare)


def open_quote_column(line: str) -> int:
    """Return where the quote begins that a line leaves open, from 1."""
    lead = len(line) - len(line.lstrip())
    found = _OPENING.fullmatch(line.strip())
    return (lead + found.start("quotes") if found is not None else line.rindex('"')) + 1


def quoted(text: str) -> str:
    """Return a text in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def _typography(lines: Lines, index: int, body: str) -> Iterator[str]:
    """Blanks and colons that only look like blanks and colons."""
    plain = body.replace("\xa0", " ").replace("\u3000", " ").replace("：", ": ").replace("-\t", "- ")
    yield re.sub(r"\t+(?=[\w\"'-])", " ", plain)


def _open_quote(lines: Lines, index: int, body: str) -> Iterator[str]:
    if leaves_quote_open(body):
        found = _OPENING.fullmatch(body)
        if body[-1] in "]}":
            yield body[:-1] + '"' + body[-1]
        yield body + (found["quotes"] if found else '"')


def _halves(lines: Lines, index: int, body: str) -> Iterator[str]:
    """`- "a":"b"`: the quotes belong around the whole."""
    dash = "- " if is_item(body) else ""
    found = _HALVES.fullmatch(body.removeprefix("- "))
    if found is None:
        return
    _, left, between, _, right = found.groups()
    yield dash + (quoted(left + between + right) if dash else f"{left}: {quoted(right)}")


def _in_list(lines: Lines, index: int, body: str) -> Iterator[str]:
    """A line among the items of a list whose dash is missing or glued to it."""
    if is_item(body) or not _are_items(lines, index):
        return
    if body[0] == "-":
        yield "- " + body[1:]
        return
    entry = _ENTRY.fullmatch(body)
    if entry and _VARIABLE.fullmatch(entry[1]) and parent(lines, index) == "environment":
        yield "- " + quoted(f"{entry[1]}={_unquoted(entry[2])}")
    elif not opens_block(body) and ": " not in body:
        yield "- " + body


def _in_map(lines: Lines, index: int, body: str) -> Iterator[str]:
    """An item of a list among the variables of a map."""
    entry = _ENTRY.fullmatch(body[1:].strip())
    if not is_item(body) or entry is None or _are_items(lines, index):
        return
    if parent(lines, index) in _TEXTS:
        yield f"{entry[1]}: {entry[2]}"
        yield f"{entry[1]}: {quoted(_unquoted(entry[2]))}"


def _are_items(lines: Lines, index: int) -> bool:
    """Tell whether the block of line `index` is a list: most of its lines are items, or half of them and the first."""
    items = [is_item(lines[number]) for number in block(lines, index)]
    return sum(items) * 2 > len(items) or (sum(items) * 2 == len(items) and items[0])


def _separator(lines: Lines, index: int, body: str) -> Iterator[str]:
    """`KEY:value`, `KEY=value`, `KEY value` and `"KEY: value"`, where a map's entry belongs."""
    if body[0] in "\"'" and body[-1] == body[0]:
        inside = _ENTRY.fullmatch(body[1:-1])
        if inside and _is_certain(lines, index, inside[1]):
            yield f"{inside[1]}: {inside[2]}"
        return
    dash = "- " if is_item(body) else ""
    bare = body.removeprefix("- ")
    for form in (_NO_BLANK, _NO_COLON):
        found = form.fullmatch(bare)
        if found is None or (dash and form is _NO_COLON) or not _is_certain(lines, index, found[1], form is _NO_BLANK):
            continue
        yield f"{dash}{found[1]}: {found[2]}"
        yield f"{dash}{found[1]}: {quoted(_unquoted(found[2]))}"


def _is_certain(lines: Lines, index: int, name: str, colon: bool = False) -> bool:
    """Tell whether `name` can only be a key here: it is a key Compose knows, or a variable where variables stand."""
    if name in _KNOWN or colon:
        return True
    return _VARIABLE.fullmatch(name) is not None and parent(lines, index) in _TEXTS


def _opener(lines: Lines, index: int, body: str) -> Iterator[str]:
    """`environment`, `environment;` and `environment: {` above what belongs under it."""
    following = behind(lines, index)
    word = _ONLY_WORD.fullmatch(body)
    if following is None or word is None:
        return
    if not lead(lines[index]) and not word["blanks"] and word["name"] not in _KNOWN:
        return
    under = lines.widths[following] - lines.widths[index]
    if under > 0 or (under == 0 and is_item(lines[following])):
        yield word["blanks"] + word["name"] + ":"


def _value(lines: Lines, index: int, body: str) -> Iterator[str]:
    """A value that YAML takes for more than a text, and lists in brackets that are not closed."""
    found = re.fullmatch(r"((?:- +)?(?:[A-Za-z_][\w.-]*: +)|- +)(\S.*)", body)
    if found is None:
        return
    front, value = found[1], found[2]
    above = key(body) if front.strip() != "-" else None
    text = without_comment(value)
    if value.startswith("- ") and above in _LISTS_OF_TEXT:
        yield f"{front}[{quoted(_unquoted(text[2:].strip()))}]"
    elif text[0] in "\"'":
        if len(text) > 1 and text[-1] == text[0]:
            yield front + quoted(text[1:-1])
    elif _is_text(lines, index, above):
        if not _SECOND_ENTRY.search(text):
            yield front + quoted(text)
    elif text[0] in "[{":
        yield front + text + _closing(text)


def _is_text(lines: Lines, index: int, above: str | None) -> bool:
    """Tell whether the value on this line can only be a text: a variable's, or an item of a list of texts."""
    under = parent(lines, index)
    if above is None:
        return under in _LISTS_OF_TEXT
    return under in _TEXTS and not is_item(lines[index])


def _closing(text: str) -> str:
    """Return the brackets that are missing at the end of a text."""
    missing: list[str] = []
    for character in re.sub(r""""[^"]*"|'[^']*'""", "", text):
        if character in "[{":
            missing.append("]" if character == "[" else "}")
        elif missing and character == missing[-1]:
            missing.pop()
    return "".join(reversed(missing))


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] in "\"'" and text[-1] == text[0]:
        return text[1:-1]
    return text


def is_second_key_of_item(lines: Lines, index: int) -> bool:
    """Tell whether a line is `source: x` directly under `- type: volume`, as far to the left as the dash."""
    above = before(lines, index)
    while above is not None and lines.widths[above] == lines.widths[index] and not is_item(lines[above]):
        above = before(lines, above)
    if above is None or lines.widths[above] != lines.widths[index] or is_item(lines[index]):
        return False
    return key(lines[above]) is not None and ": " in lines[above] and ":" in lines[index]
