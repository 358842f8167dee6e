"""`predict`: a guess about a check, a container or a whole file, beside what the grader says of it."""

from collections.abc import Sequence

from grader.containers.verdict import Verdict
from grader.exercise import Check
from grader.findings import Outcome
from grader.notebook.answers import find, first_open
from grader.notebook.blocks import Block, Words, code
from grader.notebook.guesses import SHOW_ME, Guess, Row, is_open, no_guess, reveal, row, unknown_guess
from grader.notebook.names import Part, names
from grader.notebook.reading import CANNOT_READ, STANDS, Reading, cannot_read_blocks, lost_blocks, read, refused_blocks
from grader.notebook.result import Result
from grader.notebook.sources import Source
from grader.report import CheckResult
from grader.spelling import did_you_mean

REFUSED = "compose refuses the file"
NO_CONTAINER = "no such container"
NOTHING = "nothing"
MAX_SHOWN = 10  # checks in one cell of a table

# further words for how a check stands: those of the reports
OTHER_WORDS = {"passed": "right", "failed": "wrong", "waits": "skipped"}
VERDICTS = (*(verdict.value for verdict in Verdict), REFUSED, CANNOT_READ)


def predict_name(source: Source, check_id: str, guess: Guess) -> Result:
    """Like `predict_check`, for a check that is named by its id."""
    known = [check.id for check in names().rubric.checks()]
    if check_id not in known:
        complaint = f"There is no check {code(str(check_id))}.{did_you_mean(str(check_id), known)}"
        return unknown_guess(source.call, f"{complaint} All of them: {', '.join(known)}.")
    return predict_check(source, names().rubric.check(check_id), guess)


def predict_check(source: Source, check: Check, guess: Guess) -> Result:
    """Compare a guess about how one check stands with how it stands."""
    where = source.call + names().call(check.id).removeprefix("q")
    words = [*STANDS.values(), CANNOT_READ]
    if is_open(guess):
        return no_guess(where, f"Guess one of {_choices(words)}.")
    said = _word(guess)
    said = OTHER_WORDS.get(said, said)
    if said not in (*words, SHOW_ME):
        return unknown_guess(where, f"{code(said)} is no way for a check to stand. The words are {_choices(words)}.")
    reading = read(source)
    result = find(reading, check.id)
    truth = CANNOT_READ if result is None else STANDS[result.outcome]
    why = _why(reading, result)
    return reveal(where, [row(check.id, said, truth, agrees=said == truth)], why, then=_explain(check.id))


def predict_file(source: Source, *, verdict: Guess, lost: Guess, part: Part | None) -> Result:
    """Compare guesses about a file, or one part of it, with what a container does and with what is lost."""
    where = source.call if part is None else f"{source.call}.{part.name}"
    if is_open(verdict) and is_open(lost):
        how = f"Guess with {code('lost=')} the ids of the checks that are lost, or with {code('verdict=')} one of"
        return no_guess(where, f"{how} {_choices(VERDICTS)}.")
    complaint = _complaint(verdict, lost)
    if complaint is not None:
        return unknown_guess(where, complaint)
    reading = read(source)
    results = _results(reading, part)
    rows: list[Row] = []
    if not is_open(verdict):
        service, truth = _verdict(reading, part)
        rows.append(row(f"{service} verdict".strip(), _word(verdict), truth, agrees=_word(verdict) == truth))
    if not is_open(lost):
        rows.append(_lost_row(reading, results, _ids(lost)))
    first = first_open(results)
    why = _why(reading, first)
    then = f"{source.call}.check_all()" if first is None else _explain(first.id)
    return reveal(where, rows, why, then=then)


def _complaint(verdict: Guess, lost: Guess) -> str | None:
    """Return what is wrong with words that can never be right; None if nothing is."""
    if not is_open(verdict) and _word(verdict) not in (*VERDICTS, SHOW_ME):
        meant = did_you_mean(_word(verdict), VERDICTS)
        return f"{code(_word(verdict))} is no verdict.{meant} The verdicts are {_choices(VERDICTS)}."
    known = [check.id for check in names().rubric.checks()]
    ids = [] if is_open(lost) else _ids(lost)
    for name in [] if ids == [SHOW_ME] else ids:
        if name not in known:
            return f"There is no check {code(name)}.{did_you_mean(name, known)} All of them: {', '.join(known)}."
    return None


def _results(reading: Reading, part: Part | None) -> list[CheckResult]:
    results = reading.report.checks()
    if part is None:
        return results
    wanted = {check.id for check in part.checks.values()}
    return [result for result in results if result.id in wanted]


def _verdict(reading: Reading, part: Part | None) -> tuple[str, str]:
    """Return a container and what becomes of it: that of the part, else the first that does not simply work."""
    if reading.unreadable is not None:
        return "", CANNOT_READ
    if not reading.report.accepted:
        return "", REFUSED
    containers = reading.report.containers
    if part is not None and part.exercise.service is not None:
        service = part.exercise.service
        found = containers.get(service)
        return service, NO_CONTAINER if found is None or found.verdict is None else found.verdict
    works = Verdict.WORKS.value
    for other in names().parts.values():
        name = other.exercise.service or ""
        if name in containers and containers[name].verdict not in (None, works):
            return name, containers[name].verdict or NO_CONTAINER
    return "every container's", works


def _lost_row(reading: Reading, results: Sequence[CheckResult], guessed: Sequence[str]) -> Row:
    what = "lost checks"
    if reading.report.score is None:
        return row(what, _shown(guessed), CANNOT_READ, agrees=False)
    truth = [result.id for result in results if result.outcome.lost]
    return row(what, _shown(guessed), _shown(truth), agrees=set(guessed) == set(truth))


def _shown(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - MAX_SHOWN} more" if len(ids) > MAX_SHOWN else ""
    return ", ".join(ids[:MAX_SHOWN]) + more or NOTHING


def _why(reading: Reading, result: CheckResult | None) -> list[Block]:
    """Return the reason for what is so: the file as a whole, then the check."""
    blocks = [*cannot_read_blocks(reading), *refused_blocks(reading)]
    if result is None or result.outcome is Outcome.PASSED:
        return blocks
    if result.outcome is Outcome.SKIPPED:
        return [*blocks, Words(f"{result.id} is skipped because it waits for {result.because}.")]
    return [*blocks, Words(f"{result.id}: {STANDS[result.outcome]}."), *lost_blocks(reading, result)]


def _explain(check_id: str) -> str:
    return f"{names().call(check_id)}.explain()"


def _word(guess: Guess) -> str:
    return " ".join(str(guess).lower().replace("_", " ").split())


def _ids(guess: Guess) -> list[str]:
    if isinstance(guess, str):
        guess = guess.replace(",", " ").split()
    return [str(name) for name in guess if name != NOTHING] if isinstance(guess, Sequence) else []


def _choices(words: Sequence[str]) -> str:
    return ", ".join(code(f'"{word}"') for word in words)
