"""A broken file is read as far as it can be read: all that is lost is what stands in the broken line."""

import copy
import random
import time
from typing import Any

import pytest
import yaml

from grader.compose.recovery import Repaired, repair
from tests.compose.broken_texts import BASE, DAMAGED, LOST, MENDED

PATIENCE_SECONDS = 5.0  # the worst of these files takes half a second


def parse(text: str) -> None:
    """Parse a text to its end."""
    for _ in yaml.parse(text, Loader=yaml.CSafeLoader):
        pass


def told(text: str, changes: dict[str, Any]) -> Any:
    """Return what a text says, changed at some places; a list of `KEY=value` stays a list."""
    tree = copy.deepcopy(yaml.load(text, Loader=yaml.CSafeLoader))
    for path, value in changes.items():
        *way, last = path.split(".")
        place = tree
        for step in way:
            place = place[step]
        if value is LOST:
            del place[last]
        elif isinstance(place, list):
            place[int(last)] = value
        else:
            place[last] = value
    return tree


def mended(text: str) -> Repaired:
    """Repair a text that does not parse."""
    with pytest.raises(yaml.YAMLError):
        parse(text)
    repaired = repair(text, parse)
    assert repaired is not None
    return repaired


@pytest.mark.parametrize(("right", "wrong", "changes"), MENDED, ids=lambda value: repr(value)[:40])
def test_what_is_certain_is_mended(right: str, wrong: str, changes: dict[str, Any]) -> None:
    """Nothing is lost where it is plain what was meant."""
    assert 1 == BASE.count(right)
    repaired = mended(BASE.replace(right, wrong))

    assert told(BASE, changes) == yaml.load(repaired.text, Loader=yaml.CSafeLoader)
    assert () == repaired.damaged


@pytest.mark.parametrize(("right", "wrong", "lost", "changes"), DAMAGED, ids=lambda value: repr(value)[:40])
def test_only_the_broken_lines_are_lost(right: str, wrong: str, lost: list[str], changes: dict[str, Any]) -> None:
    """Everything else is still said, in the lines where it was."""
    broken = BASE.replace(right, wrong) + ("```\n" if wrong[0] == "`" else "")
    repaired = mended(broken)
    lines = broken.splitlines()

    assert told(BASE, changes) == yaml.load(repaired.text, Loader=yaml.CSafeLoader)
    assert lost == [lines[number - 1].strip() for number in repaired.damaged]
    assert len(lines) == len(repaired.text.splitlines())


@pytest.mark.parametrize("tab", [2, 4])
def test_tabs_all_over_are_blanks(tab: int) -> None:
    """Whatever a tab stood for in the editor, the structure shows it."""
    broken = BASE.replace(" " * tab, "\t").replace("\t- ", " " * tab + "- ").replace("# The", "a:\t\n# The")
    repaired = mended(broken)

    assert told("a:\n" + BASE, {}) == yaml.load(repaired.text, Loader=yaml.CSafeLoader)
    assert () == repaired.damaged


def test_several_mistakes_are_mended_one_by_one() -> None:
    """An open quote hides what stands behind it, and does not stop the rest."""
    broken = (
        BASE.replace("KAFKA_NODE_ID: 1", "KAFKA_NODE_ID=1")
        .replace("broker,controller", '"broker,controller')
        .replace("      - ./shared", "     - ./shared")
        .replace("MYSQL_USER: analytics", "MYSQL_USER:analytics")
        .replace("  mysql_data:\n", "  mysql_data\n")
    )
    repaired = mended(broken)

    assert told(BASE, {}) == yaml.load(repaired.text, Loader=yaml.CSafeLoader)
    assert () == repaired.damaged


def test_a_file_that_ends_in_the_middle_is_read_up_to_there() -> None:
    """Half a line is lost."""
    broken = BASE[: BASE.index("_QUORUM")]
    repaired = mended(broken)

    assert {"KAFKA_NODE_ID": 1, "KAFKA_PROCESS_ROLES": "broker,controller"} == yaml.load(
        repaired.text, Loader=yaml.CSafeLoader
    )["services"]["kafka"]["environment"]
    assert (11,) == repaired.damaged


def test_random_slips_seldom_cost_more_than_their_line() -> None:
    """Of many slips that break the file, nine in ten touch no more than two values."""
    dice = random.Random(3)
    broken = costly = 0
    for _ in range(600):
        text = slipped(BASE, dice)
        try:
            parse(text)
        except yaml.YAMLError as error:
            repaired = repair(text, parse, error=error)
            broken += 1
            costly += repaired is None or len(leaves(BASE) ^ leaves(repaired.text)) > 4

    assert broken > 200
    assert costly * 10 < broken


def slipped(text: str, dice: random.Random) -> str:
    """Make one mistake in one line, of the kinds that fingers make."""
    lines = text.splitlines()
    number = dice.randrange(1, len(lines))
    line = lines[number]
    at = dice.randrange(len(line) + 1)
    lines[number] = dice.choice(
        [
            " " * dice.randint(1, 4) + line,
            line[dice.randint(1, 4) :] if line.startswith("    ") else line,
            "\t" + line.lstrip(),
            line.replace(": ", dice.choice(["=", ":", " ", ";"]), 1),
            line.replace(":", "", 1),
            line.replace("- ", dice.choice(["-", "", "* "]), 1),
            line[:at] + dice.choice(list("\t:-\"'#{}[],=&*!|>%@`?")) + line[at:],
        ]
    )
    return "\n".join(lines) + "\n"


def leaves(text: str) -> set[str]:
    """Return every value of a text with the way to it."""
    found = set()
    rest = [("", yaml.load(text, Loader=yaml.CSafeLoader))]
    while rest:
        way, value = rest.pop()
        if isinstance(value, dict):
            rest += [(f"{way}/{key}", inner) for key, inner in value.items()]
        else:
            found.add(f"{way}={value}")
    return found


def test_the_known_error_saves_a_parse() -> None:
    """Whoever calls has parsed the text before."""
    broken = BASE.replace("KAFKA_NODE_ID: 1", "KAFKA_NODE_ID: @")
    texts: list[str] = []

    def counted(text: str) -> None:
        texts.append(text)
        parse(text)

    with pytest.raises(yaml.YAMLError) as caught:
        parse(broken)
    repair(broken, counted, error=caught.value)

    assert broken not in texts


def test_line_ends_stay() -> None:
    """Windows line ends are kept, so lines and columns fit the file."""
    broken = BASE.replace("KAFKA_NODE_ID: 1", "KAFKA_NODE_ID=1").replace("\n", "\r\n")

    assert BASE.replace("\n", "\r\n") == mended(broken).text


def test_a_text_that_parses_stays() -> None:
    """There is nothing to repair."""
    assert Repaired(BASE, (), ()) == repair(BASE, parse)


_DICE = random.Random(7)
_LINES = 40_000


@pytest.mark.parametrize(
    "text",
    [
        "a:\n  b=1\n" + "  k: value\n" * _LINES,
        "a:\n" + "  k: value\n" * _LINES + "  b=1\n",
        'a:\n  b: "1\n' + "  k: value\n" * _LINES,
        "a:\n" + "\tb: 1\n" * _LINES,
        "a:\n" + "[\n" * 30_000,
        "[" * 30_000,
        "```\n" * _LINES,
        "a: \x00\n" * _LINES,
        "a" + " " * 1_000_000 + "b: c: d",
        "a: " + '"' * 1_000_001,
        "a:\n\t" + "\t" * 1_000_000 + "b",
        "services:\n" + "".join(f' K{number}: "{number}\n' for number in range(4_501)),
        "".join(_DICE.choice(" \n\t:-[]{}\"'#ab&*!|>%@") for _ in range(50_000)),
        "\n".join(
            " " * _DICE.randint(0, 8) + _DICE.choice(["a: b", "- c", "d:", '"x', "e=f", "[g"]) for _ in range(4_900)
        ),
    ],
    ids=lambda text: f"{text[:12]!r} in {len(text)}",
)
def test_hostile_files_are_answered_soon(text: str) -> None:
    """Whether it can be repaired or not."""
    start = time.process_time()
    repaired = repair(text, parse)
    seconds = time.process_time() - start

    assert seconds < PATIENCE_SECONDS
    if repaired is not None:
        parse(repaired.text)
