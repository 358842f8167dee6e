"""A file of variables is read as Docker Compose reads it."""

import time

import pytest

from grader.compose.dotenv import Assignment, DotenvError, parse, parse_raw
from tests.compose.probes import PROBES, probes

SHELL = {"SH": "sh"}
PATIENCE_SECONDS = 5.0  # such files take a tenth of a second


def answer(text: str) -> object:
    """Return what a file sets, in the form of the recorded answers."""
    try:
        return {one.name: one.value for one in parse(text, SHELL.get)}
    except DotenvError as error:
        return {"error": error.message}


@pytest.mark.parametrize(("text", "recorded"), probes("env_file"))
def test_every_recorded_answer_is_met(text: str, recorded: object) -> None:
    """The files were recorded with a line end behind their last line."""
    assert recorded == answer(text + "\n")


@pytest.mark.parametrize(("text", "recorded"), PROBES["env_file"]["without_final_line_end"])
def test_a_last_line_without_line_end_is_odd(text: str, recorded: object) -> None:
    """A bare name there is the value of a variable without a name."""
    assert recorded == answer(text)


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("A=1\n\nB C=2\n", "line 3: key cannot contain a space", 3),
        ("A\t\n  B 1=x\n", "line 2: key cannot contain a space", 2),
        ("A \nB 1=x\n", "line 1: key cannot contain a space", 2),
        ('A=1\nB="x\ny\n', 'line 4: unterminated quoted value "x', 2),
        ("A='x'\nB%=1\n", 'line 2: unexpected character "%" in variable name "B%=1"', 2),
        ("A=1\nB=${X:?no}\n", "required variable X is missing a value: no", 2),
        ('A="\n\n${"\n', 'Invalid template: "\\n\\n${"', 1),
        ("export ", "zero length string", 1),
    ],
)
def test_an_error_has_composes_text_and_the_real_line(text: str, message: str, line: int) -> None:
    """Compose's own count is off behind a bare name with a blank, and names the end of an open quote."""
    with pytest.raises(DotenvError) as caught:
        parse(text, SHELL.get)

    assert (message, line) == (caught.value.message, caught.value.line)


def test_assignments_know_their_place() -> None:
    """Line and column are those of the name; the width reaches to the end of the value on that line."""
    text = "\ufeff# note\r\n  export A = '1'  # one\r\nB=\"x\n$A\"\nSH\nC=${A}$SH$NO # c\n"

    assert [
        Assignment("A", "1", 2, 10, 7),
        Assignment("B", "x\n1", 3, 1, 4, ("A",)),
        Assignment("SH", "sh", 5, 1, 2, ("SH",)),
        Assignment("C", "1sh", 6, 1, 12, ("A", "SH"), ("NO",)),
    ] == parse(text, SHELL.get)


def test_the_lookup_answers_before_the_file_and_the_file_before_earlier_files() -> None:
    """Inside values: the shell, then lines above, then the files before."""
    found = parse("SH=file\nA=$SH\nB=$OLD\nOLD=new\nC=$OLD\n", SHELL.get, known={"OLD": "old"})

    assert {"SH": "file", "A": "sh", "B": "old", "OLD": "new", "C": "new"} == {one.name: one.value for one in found}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'A="\0"', "\\"),
        (r'A="\012"', r"\12"),
        (r'A="\0351"', "é"),
        (r'A="\0400"', r"\400"),
        (r'A="\a\c\'"', "\a\\c\\'"),
        (r'A="\\\"\\n"', '\\"\\n'),
        (r"A='\\\'\n'", r"\\'\n"),
        ('A="\\$SH $$SH \\\\$SH"', "$SH $SH \\sh"),
    ],
)
def test_escapes_in_quotes(text: str, value: str) -> None:
    """Double quotes decode, single quotes know only their own quote."""
    assert [value] == [one.value for one in parse(text, SHELL.get)]


def test_the_raw_format_takes_values_as_they_are() -> None:
    """No quotes, no variables, no comments behind a value; a bare name is looked up."""
    text = '\ufeff# c\r\nA="1" # x\r\n  B= $SH \n\nSH\nNO\nC=\n'

    assert {"A": '"1" # x', "B": " $SH ", "SH": "sh", "C": ""} == {
        one.name: one.value for one in parse_raw(text, SHELL.get)
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("export A=1", "variable 'export A' contains whitespaces"),
        ("=1", "no variable name on line '=1'"),
        ("A=" + "x" * 70_000, "bufio.Scanner: token too long"),
    ],
)
def test_the_raw_format_has_its_own_errors(text: str, message: str) -> None:
    """They come from Docker's reader of `--env-file`."""
    with pytest.raises(DotenvError) as caught:
        parse_raw(text, SHELL.get)

    assert message == caught.value.message


@pytest.mark.parametrize(
    "text", ["A=1\n" * 50_000, '"' * 100_000, 'A="' + "\\" * 300_000, "A='\n" * 50_000, " \n#" * 100_000, "A" * 500_000]
)
def test_long_files_are_quick(text: str) -> None:
    """The time grows with the length, not faster."""
    start = time.perf_counter()
    answer(text)

    assert time.perf_counter() - start < PATIENCE_SECONDS
