"""What everybody has seen: the skeleton, the solution, the words of the tasks. Who shares these shares nothing.

Nothing of it is a student's own choice, and neither is a word that everybody uses for such things (`mysql_data`,
`password123`).
"""

import functools
import os
import re
from collections.abc import Iterable
from typing import NamedTuple

from grader.compose.files import FolderFiles
from grader.compose.loader import load
from grader.compose.model import Project, Service
from grader.compose.request import Request
from grader.grading import read_skeleton
from grader.kit import COMPOSE_FILE, solution_of
from grader.rubric import Rubric
from grader.secrets import COMMON, words_of_the_exercise

MAX_TASK_BYTES = 200_000
MIN_WORD_LETTERS = 3
MIN_PART_LETTERS = 4  # of a known word within a longer one: `rootpassword`
MIN_OWN_LETTERS = 3  # that are left of a text without the words that everybody uses
MIN_OWN_DIGITS = 4
MAX_SEARCHED_CHARACTERS = 100  # of a value
# Kafka's own pages and those of its images; everybody who searches finds them
PUBLIC_CLUSTER_IDS = frozenset(
    ("mku3oevbntcwntjendm2qk", "4l6g3nsht-emctk--x86sw", "5l6g3nsht-emctk--x86sw", "q1sh-9_isia_zwginzrvyq")
)
_WORDS_OF_ALL = """
    admin analysis analytics api app application backend base broker client cluster commerce compose config
    configuration connection consumer container data database dbdata demo dev docker events example fastapi
    file final group guest hello home host image info kafka kata letmein login main mongo mongodb my myapp
    mydb mysql name network node order orders pass passwd password passwort persistent port prod producer
    project pwd python qwerty root script secret server service services setting settings setup shared shop
    social source sql start storage store strong student sure system test user username value variable
    variables volume volumes welcome work world writer your zookeeper
    """
_EVERYBODYS_DIGITS = frozenset(("0000", "1111", "1234", "12345", "123456", "1234567", "12345678", "123456789", "4321"))
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(19|20)\d\d")
_WORDS = re.compile(r"\w+")


class Published(NamedTuple):
    """The lines of skeleton and solution (and the empty one), their values and names in small letters, and known words.

    `parts` are the words that others may be made of, by their first `MIN_PART_LETTERS` letters, the longest first.
    `solved` are the values that the solution gives to what is asked of each service. `orders` are the variables of each
    service in the order of the solution, `services` the order of the skeleton.
    """

    lines: frozenset[str]
    comments: frozenset[str]
    values: frozenset[str]
    words: frozenset[str]
    parts: dict[str, list[str]]
    solved: dict[str, dict[str, str | None]]
    orders: dict[str, tuple[str, ...]]
    services: tuple[str, ...]


@functools.lru_cache(maxsize=8)
def published(rubric: Rubric) -> Published:
    """Read what a rubric gives away: its skeleton, its texts, and the solution beside it, else that of the kit."""
    projects = [read_skeleton(rubric.skeleton)]
    lines = _lines(rubric.skeleton)
    solution = solution_of(rubric.folder)
    if os.path.isfile(solution):
        folder = os.path.dirname(solution)
        projects.append(load(Request(FolderFiles(folder), folder, (COMPOSE_FILE,), project_name="solution")).project)
        lines |= _lines(solution)
    values = {value for project in projects for value in _values(project)}
    texts = [words_of_the_exercise(rubric, projects[0]), *(_tasks(rubric))]
    texts += [f"{check.wrong} {check.right} {' '.join(check.hints)}" for check in rubric.checks()]
    words = COMMON.union(_WORDS_OF_ALL.split())
    words = words.union(*(_LETTERS.findall(text.lower()) for text in [*texts, *values]))
    words = frozenset(word for word in words if len(word) >= MIN_WORD_LETTERS)
    return Published(
        lines=frozenset({"", *lines}),
        comments=frozenset(normalised(line.partition("#")[2]) for line in lines if "#" in line),
        values=frozenset(values),
        words=words,
        parts=_parts(words),
        solved={name: _asked(service, rubric) for name, service in projects[-1].services.items()},
        orders={name: tuple(service.environment) for name, service in projects[-1].services.items()},
        services=tuple(projects[0].services),
    )


def normalised(text: str) -> str:
    """Return the words of a remark in small letters, with one blank between them."""
    return " ".join(_WORDS.findall(text.lower()))


def own_part(text: str, known: Published) -> str:
    """Return what of a value or a name two people hardly ever choose alike, in small letters; nothing: no part.

    `otter_mysql_data` and `otter-kafka` have the same part: who thinks of a word uses it several times.
    """
    low = text.strip().lower()
    if low in known.values or low in PUBLIC_CLUSTER_IDS:
        return ""
    low = low[:MAX_SEARCHED_CHARACTERS]
    numbers = [found for found in _DIGITS.findall(low) if len(found) >= MIN_OWN_DIGITS]
    parts = [found for found in numbers if found not in _EVERYBODYS_DIGITS and not _YEAR.fullmatch(found)]
    words = [_own_letters(word, known) for word in _LETTERS.findall(low)]
    return " ".join(sorted({*parts, *(word for word in words if len(word) >= MIN_OWN_LETTERS)}))


def _own_letters(word: str, known: Published) -> str:
    """Return what is left of a word without the known words that it is made of."""
    if word in known.words:
        return ""
    starts = range(len(word) - MIN_PART_LETTERS + 1)
    left, end = "", 0
    for at in [at for at in starts if word[at : at + MIN_PART_LETTERS] in known.parts]:  # few, if any
        if at < end:
            continue
        longest = known.parts[word[at : at + MIN_PART_LETTERS]]
        part = next((part for part in longest if word.startswith(part, at)), "")
        if part:
            left += word[end:at]
            end = at + len(part)
    return left + word[end:]


def _parts(words: Iterable[str]) -> dict[str, list[str]]:
    """Return the words that longer ones may be made of by their first letters, the longest first."""
    parts: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= MIN_PART_LETTERS:
            parts.setdefault(word[:MIN_PART_LETTERS], []).append(word)
    return parts


def _lines(path: str) -> set[str]:
    with open(path, encoding="utf-8", errors="replace") as file:
        return set(file.read().splitlines())


def _values(project: Project) -> set[str]:
    found = {variable.value or "" for service in project.services.values() for variable in service.environment.values()}
    found |= {mount.source or "" for service in project.services.values() for mount in service.volumes}
    found |= {service.container_name or "" for service in project.services.values()}
    return {text.lower() for text in (*found, *project.volumes, *project.services)}


def _asked(service: Service, rubric: Rubric) -> dict[str, str | None]:
    names = rubric.asked.get(service.name, ())
    return {name: variable.value for name, variable in service.environment.items() if name in names}


def _tasks(rubric: Rubric) -> list[str]:
    texts = []
    for exercise in rubric.exercises:
        try:
            with open(os.path.join(rubric.folder, exercise.id, "TASK.md"), encoding="utf-8", errors="replace") as file:
                texts.append(file.read(MAX_TASK_BYTES))
        except OSError:
            continue  # a rubric may come without its texts
    return texts
