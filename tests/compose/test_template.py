"""`${...}` means what it means to Docker Compose."""

import time
from contextlib import suppress

import pytest

from grader.compose.template import InvalidTemplate, RequiredMissing, TemplateError, substitute
from tests.compose.probes import probes

SHELL = {
    "SET": "val",
    "EMPTY": "",
    "NUM": "5",
    "lower": "low",
    "_X": "under",
    "X1": "x1",
    "D": "$SET",
    "DD": "${SET}",
    "BR": "a}b",
    "U": "u-ser",
}
PATIENCE_SECONDS = 5.0  # such texts take a third of a second on a slow machine; quadratic work takes minutes


def answer(template: str) -> object:
    """Return what a template becomes, in the form of the recorded answers."""
    try:
        return substitute(template, SHELL.get).text
    except InvalidTemplate:
        return "bad_format"
    except RequiredMissing as error:
        return {"error": f"error while interpolating services.app.environment.V: {error}"}


@pytest.mark.parametrize(("template", "recorded"), probes("interpolation"))
def test_every_recorded_answer_is_met(template: str, recorded: object) -> None:
    """Value or error, as Compose gave it."""
    assert recorded == answer(template)


@pytest.mark.parametrize(
    ("template", "missing", "used"),
    [
        ("plain", (), ()),
        ("$NO and ${NO} and $SET", ("NO", "NO"), ("SET",)),
        ("${NO:-$SET}", (), ("SET",)),
        ("${SET:-$NO}", ("NO",), ("SET",)),
        ("${SET:-$NUM}", (), ("SET",)),
        ("${SET:+$NUM}", (), ("NUM",)),
        ("${NO:+$NUM}", (), ()),
        ("$EMPTY", (), ("EMPTY",)),
        ("${EMPTY:-$NUM}", (), ("NUM",)),
        ("$$SET", (), ()),
    ],
)
def test_names_are_told_apart(template: str, missing: tuple[str, ...], used: tuple[str, ...]) -> None:
    """A text behind an operator is read even if it is not used: it can warn, but nothing of it counts as used."""
    filled = substitute(template, SHELL.get)

    assert missing == filled.missing
    assert used == filled.used


@pytest.mark.parametrize(
    ("template", "quoted"),
    [
        ("a ${", "a ${"),
        ("${NO:-${}}", "${}"),
        ("${SET:-x} ${ }", " ${ }"),
        ("${SET:-x}\n${ }", "${SET:-x}\n${ }"),
        ("${SET:-${A:-${B!}}} ${", "${B!}"),
    ],
)
def test_an_error_quotes_the_part_it_is_in(template: str, quoted: str) -> None:
    """A default is a template of its own, and so is what follows a braced form on its line."""
    with pytest.raises(InvalidTemplate) as caught:
        substitute(template, SHELL.get)

    assert quoted == caught.value.template


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("${NO:-{{x}}}", "{{x}}"),
        ("${SET:-{{x}}}", "val}"),
        ("${NO:-{}}x", "{}x"),
        ("${NO:-a}b}", "ab}"),
        ("${NO-\\$SET}", "\\val"),
        ("$ſ$\u212a", ""),
    ],
)
def test_braces_and_letters_count_as_in_compose(template: str, expected: str) -> None:
    """The character behind a `{` is passed over when braces are counted."""
    assert expected == substitute(template, SHELL.get).text


def test_the_first_error_wins_and_later_names_still_warn() -> None:
    """Compose goes on behind an error, and warns."""
    with pytest.raises(RequiredMissing) as caught:
        substitute("$ONE ${A:?first $SET}\n${B:?second} $TWO ${", SHELL.get)

    assert ("A", "first val") == (caught.value.name, caught.value.message)
    assert ("ONE", "TWO") == caught.value.missing


@pytest.mark.parametrize(
    "template",
    [
        "${" * 5_000,
        "${A:-" * 5_000,
        "${A:-" * 5_000 + "}" * 5_000,
        "${A:-\n" * 50_000,
        "${SET-x}" * 50_000,
        "${A:-" * 50_000 + "x" * 300_000 + "}" * 50_000,
        "${A:?" * 5_000 + "why" + "}" * 5_000,
        "${SET:-" * 50_000 + "}" + "x" * 300_000,
        "$" * 500_001,
    ],
    ids=lambda template: f"{template[:8]!r} in {len(template)}",
)
def test_deep_and_long_texts_are_quick(template: str) -> None:
    """Neither depth nor length costs more than one pass."""
    start = time.perf_counter()
    with suppress(TemplateError):
        substitute(template, SHELL.get)

    assert time.perf_counter() - start < PATIENCE_SECONDS
