"""GitHub Classroom: the clones of `gh classroom clone student-repos`, `{slug}-submissions/{slug}-{login}/`.

Thirty a page are cloned, so folders may be missing; who is missing here is missed by the gradebook, not by us.
"""

from collections.abc import Iterator

from grader.batch.sources.holding import Holding, is_loose_name, stem
from grader.batch.sources.notes import Notes
from grader.batch.sources.plain import NO_SUBMISSION
from grader.batch.submission import Student, Submission
from grader.reports.clean import clean_line

TITLE = "a folder of GitHub Classroom clones"
UNKNOWN = "The folder's name does not begin with {prefix}, so it is not known whose it is."
GUESSED = "That the login is {login} was guessed from the names of all folders."

_SUBMISSIONS = "-submissions"


def recognise(holding: Holding) -> bool:
    """Tell whether the folder is called so, and most folders in it too, or whether all are clones of one assignment."""
    folders = [name for name, is_folder in holding.glance.units if is_folder]
    if not folders:
        return False
    prefix = _prefix_of(holding)
    if prefix is not None:
        return sum(name.startswith(prefix) for name in folders) * 2 > len(folders)
    clones = [name for name in folders[:20] if ".git" in holding.glance.inside(name)]
    return len(clones) > 1 and len(clones) == len(folders[:20]) and common_prefix(folders) != ""


def submissions(holding: Holding, notes: Notes) -> Iterator[Submission]:
    """Yield a submission a clone."""
    known = _prefix_of(holding)
    prefix = known or common_prefix([name for name, is_folder in holding.glance.units if is_folder])
    for unit in holding.units(notes):
        if not unit.is_folder and not is_loose_name(unit.name):
            notes.count(NO_SUBMISSION, unit.name)
            continue
        content, remarks = unit.load()
        login = clean_line(unit.name[len(prefix) :]) if prefix and unit.name.startswith(prefix) else ""
        if not login:
            name = clean_line(unit.name if unit.is_folder else stem(unit.name))
            remark = UNKNOWN.format(prefix=clean_line(prefix) or "an assignment's name")
            yield Submission(name, content, remarks=(remark, *remarks))
            continue
        guessed = () if known else (GUESSED.format(login=login),)
        yield Submission(login, content, Student(login=login), remarks=(*guessed, *remarks))


def common_prefix(names: list[str]) -> str:
    """Return what all names begin with, up to a `-`; '' where there is nothing or only one name."""
    if len(names) < 2:
        return ""
    first, last = min(names), max(names)  # whatever these share, all between them do
    same = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    common = first[:same]
    return common[: common.rfind("-") + 1]


def _prefix_of(holding: Holding) -> str | None:
    name = holding.glance.name
    return name[: -len(_SUBMISSIONS)] + "-" if name.endswith(_SUBMISSIONS) and name != _SUBMISSIONS else None
