"""What a student chose freely and two people rarely choose alike, as hashes: what `lookalikes` looks for in a class.

A trait is `LABEL=HASH`. The label says what kind of choice it is, in words of ours (`value:mysql.MYSQL_PASSWORD`,
`comment`); the hash is salted, and the same text has the same one wherever it stands. What stands in the skeleton or in
the published solution is no trait, nor is what everybody calls such things.
"""

import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from grader.batch.lookalikes.published import MIN_WORD_LETTERS, Published, own_part, published
from grader.batch.lookalikes.writing import Written, whole, written_in
from grader.checks import kafka_cluster_id, mysql_account, mysql_login, same_value, variable
from grader.compose.model import Service
from grader.masking import is_secret
from grader.places import variable_place
from grader.rubric import Rubric
from grader.stack import Stack

HASH_DIGITS = 9  # 36 bits: among ten million traits hardly one is taken for another
MAX_STRONG = 32  # traits of a submission that tell much: the least hashes, so that copies keep the same ones
MAX_WEAK = 12
MIN_ORDERED = 5  # variables of a service: fewer have too few orders
MAX_VARIABLES = 100  # of a service; more are no answer to this exercise
MAX_VALUE_CHARACTERS = 2000
MAX_NAME_CHARACTERS = 100  # of a value that is searched for own words
MIN_OF_ALL = 4  # names and passwords that differ from the solution's, to be compared together
MIN_OF_FILE = 2  # strong traits of a file that is compared as a whole
MIN_ID_CHARACTERS = 16  # of letters and digits: a text that nobody thinks of twice
MIN_LONG_WORDS = 9  # of a sentence that nobody writes twice
MIN_SENTENCE_WORDS = 5
MIN_REMARK_WORDS = 3
MIN_STRANGE_WORDS = 2  # of a short remark

# kinds of checks for which any text is right
FREE_KINDS = frozenset((variable.KIND, mysql_account.KIND, mysql_login.KIND, same_value.KIND, kafka_cluster_id.KIND))
# what a label begins with: what nobody writes twice, what tells much, what may well be alike by chance
FILE, ID, SENTENCE = "file", "id", "sentence"
VALUE, NAME, COMMENT, ALL = "value", "name", "comment", "all"
ODD, MORE, REMARK, ORDER, LAYOUT = "odd", "more", "remark", "order", "layout"
USUAL = "usual"  # no trait alone
_NOTHING: Mapping[str, str | None] = {}
ELSEWHERE = "another service"


class Trait(NamedTuple):
    """One choice before it is hashed: equal `kind` and `text` make equal hashes."""

    strong: bool
    label: str
    kind: str
    text: str


def traits(stack: Stack, rubric: Rubric, salt: bytes) -> list[str]:
    """Return the traits of a submission, each hash once; at most `MAX_STRONG + MAX_WEAK` and one for the whole file."""
    known = published(rubric)
    hasher = _hasher(salt)
    text = written_in(stack.loaded.texts, known)
    every = [*_of_values(stack, rubric, known), *_of_names(stack, rubric, known), *_of_writing(text, known)]
    strong = _hashed(hasher, [trait for trait in every if trait.strong], MAX_STRONG)
    weak = _hashed(hasher, [trait for trait in every if not trait.strong], MAX_WEAK)
    found = strong | {digits: label for digits, label in weak.items() if digits not in strong}
    if len(strong) >= MIN_OF_FILE:  # two files with hardly anything of their own in them may well be equal
        found |= _hashed(hasher, [Trait(True, FILE, FILE, whole(stack.loaded.texts))], 1)
    return [f"{label}={digits}" for digits, label in found.items()]


@functools.lru_cache(maxsize=8)
def _hasher(salt: bytes) -> "hashlib.blake2b":
    return hashlib.blake2b(digest_size=8, key=hashlib.sha256(salt).digest())


def _hashed(hasher: "hashlib.blake2b", found: Iterable[Trait], limit: int) -> dict[str, str]:
    """Return the labels by hash: of the traits with the least hashes, if there are more than `limit`."""
    labels: dict[str, str] = {}
    for _, label, kind, text in found:
        copy = hasher.copy()
        copy.update(f"{kind} {text}".encode("utf-8", "surrogatepass"))
        labels.setdefault(copy.hexdigest()[:HASH_DIGITS], label)
    return labels if len(labels) <= limit else dict(sorted(labels.items())[:limit])


def _of_values(stack: Stack, rubric: Rubric, known: Published) -> Iterator[Trait]:
    """Yield the traits of single values, and one of all names and passwords together, usual ones among them."""
    chosen: dict[str, None] = {}
    for service_name, service in stack.project.services.items():
        solved = known.solved.get(service_name, _NOTHING)
        for name, found in islice(service.environment.items(), MAX_VARIABLES):
            value = found.value
            if not value or solved.get(name) == value:  # the latter is most of a class
                continue
            short = len(value) <= MAX_NAME_CHARACTERS
            trait = (_of_value if short else _of_value.__wrapped__)(rubric, service.name, name, value)
            if trait is not None:
                if trait.kind in (VALUE, USUAL):
                    chosen[value] = None
                if trait.kind != USUAL:
                    yield trait
    if len(chosen) >= MIN_OF_ALL:
        yield Trait(True, ALL, ALL, " ".join(chosen))


@functools.lru_cache(maxsize=512)  # of a class: most of it is the same for all
def _of_value(rubric: Rubric, service: str, name: str, value: str) -> Trait | None:
    """Judge one value: where any text is right an own word or a usual one, another value than is right, one more."""
    known = published(rubric)
    if name not in rubric.asked.get(service, ()):
        here = service if service in known.services else ELSEWHERE
        return Trait(False, f"{MORE}:{here}", MORE, f"{name}={value[:MAX_VALUE_CHARACTERS]}")
    if value.lower() in known.values:
        return None
    check = rubric.owners[variable_place(service, name)]
    if check.kind not in FREE_KINDS and not is_secret(name):
        return Trait(False, f"{ODD}:{service}.{name}", ODD, f"{name}={value[:MAX_VALUE_CHARACTERS]}")
    own = own_part(value, known)
    is_id = len(value) >= MIN_ID_CHARACTERS and _is_mixed(value)
    # names are compared by what is own in them, passwords and ids by every sign
    text = value if is_id or is_secret(name) else own
    return Trait(bool(own), f"{ID if is_id else VALUE}:{service}.{name}", VALUE if own else USUAL, text)


def _of_names(stack: Stack, rubric: Rubric, known: Published) -> Iterator[Trait]:
    for name in islice(stack.project.volumes, MAX_VARIABLES):
        own = _own_part(name[:MAX_NAME_CHARACTERS], rubric)
        if own:
            yield Trait(True, f"{NAME}:volume", VALUE, own)
    for name, service in stack.project.services.items():
        order = _order(service, known)
        if order is not None:
            yield Trait(False, f"{ORDER}:{name}", f"{ORDER} {name}", order)
    if tuple(stack.project.services) != known.services:
        services = [name for name in stack.project.services if name in known.services]
        if services != [name for name in known.services if name in services]:
            yield Trait(False, f"{ORDER}:services", ORDER, " ".join(services))


def _of_writing(text: Written, known: Published) -> Iterator[Trait]:
    for comment in text.comments:
        strong = _tells(comment, known)
        label = COMMENT if strong else REMARK
        yield Trait(strong, SENTENCE if comment.count(" ") + 1 >= MIN_LONG_WORDS else label, COMMENT, comment)
    for habit, pattern in text.habits:
        yield Trait(False, f"{LAYOUT}:{habit}", f"{LAYOUT} {habit}", pattern)


def _is_mixed(value: str) -> bool:
    return any(map(str.isdigit, value)) and any(map(str.isalpha, value))


@functools.lru_cache(maxsize=64)
def _own_part(text: str, rubric: Rubric) -> str:
    return own_part(text, published(rubric))


def _tells(comment: str, known: Published) -> bool:
    """Tell whether a remark is a sentence, or has words in it that are not those of the exercise."""
    words = comment.split()
    strange = sum(word not in known.words and len(word) >= MIN_WORD_LETTERS for word in words)
    return len(words) >= MIN_SENTENCE_WORDS or (len(words) >= MIN_REMARK_WORDS and strange >= MIN_STRANGE_WORDS)


def _order(service: Service, known: Published) -> str | None:
    """Return the order of the variables that are asked, unless it is the solution's or that of the alphabet."""
    given = tuple(service.environment)
    wanted = known.orders.get(service.name, ())
    if len(given) < MIN_ORDERED or given == wanted:
        return None
    order = tuple([name for name in given if name in wanted])
    return _own_order(order, wanted) if len(order) >= MIN_ORDERED else None


@functools.lru_cache(maxsize=64)  # most of a class keep to the order of the TASK
def _own_order(order: tuple[str, ...], wanted: tuple[str, ...]) -> str | None:
    if order == tuple(name for name in wanted if name in order) or list(order) == sorted(order):
        return None
    return " ".join(order)
