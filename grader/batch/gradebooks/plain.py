"""Any CSV file with a header: students are found by id, login, e-mail address or name, and one column takes the grade.

GitHub Classroom's `grades.csv` is one (github_username, points_awarded, points_available). With `group_name` it has a
line for each member of a team, whose one repository is called after the team.
"""

from collections.abc import Iterable, Sequence

from grader.batch.gradebooks.columns import chosen, column_of, shown
from grader.batch.gradebooks.layout import Layout, Values, points_of, value_at
from grader.batch.gradebooks.numbers import Style, decimal_mark
from grader.batch.gradebooks.people import Key, fold, fold_name, indexed, name_spellings
from grader.batch.gradebooks.sheet import Sheet
from grader.endings import UsageError

GITHUB_LOGIN, GITHUB_TEAM = "github_username", "group_name"
NEW_TITLE = "Grade"
GRADES = ("grade", "score", "points", "points_awarded", "total score")
MAXIMA = ("maximum grade", "max grade", "max points", "max_points", "max score", "max_score", "points_available",
          "points possible", "out of")  # fmt: skip
IDS = ("id", "student id", "student_id", "studentid", "sid", "student number", "sis user id", "id number",
       "matriculation number", "roster_identifier", "identifier")  # fmt: skip
LOGINS = ("login", "username", "user", "user name", "github", "github_username", "github username", "sis login id")
EMAILS = ("email", "e-mail", "mail", "email address", "e-mail address")
NAMES = ("name", "full name", "fullname", "student", "student name", "student_name")
FIRST_NAMES = ("first name", "firstname", "first_name", "given name")
LAST_NAMES = ("last name", "lastname", "last_name", "surname", "family name")
WORDS = frozenset((*GRADES, *MAXIMA, *IDS, *LOGINS, *EMAILS, *NAMES, *FIRST_NAMES, *LAST_NAMES))
EVERY_FIELD = ("id", "login", "email", "name")
Rows = Sequence[tuple[int, list[str]]]


def understand(sheet: Sheet, wanted: str | None) -> Layout:
    """Find the students and the column; without one, `Grade` is added as the last. Raises `UsageError`."""
    header, rows = sheet.values(0), list(sheet.rows())
    if not rows:
        raise UsageError(f"{sheet.path} has no line below its header: there is nobody to grade.")
    grade = _grade(sheet, header, wanted)
    new_title = NEW_TITLE if grade is None else None
    # Behind the longest row: a row with one separator too many keeps its place.
    place = max(len(header), *(len(values) for _, values in rows)) if grade is None else grade
    maximum = next((at for title in MAXIMA if (at := column_of(header, {title})) not in (None, grade)), None)
    keys = _keys(header, rows) or _keys_without_titles(header, rows, without={place, maximum})
    if not keys:
        raise UsageError(
            f"{sheet.path}: no column tells the students apart. Call one of them id, login, email or name; "
            f"it has {shown(header, range(len(header)))}."
        )
    return Layout(
        title=new_title or header[place],
        labels={row: _label(header, values) for row, values in rows},
        keys=keys,
        grade=place,
        points=points_of(rows, maximum),
        kept=lambda values: None,
        style=Style(mark=decimal_mark([value_at(values, at) for _, values in rows for at in (place, maximum)])),
        new_title=new_title,
        groups=_teams(header, rows),
    )


def _grade(sheet: Sheet, header: Sequence[str], wanted: str | None) -> int | None:
    if wanted is not None:
        return chosen(header, wanted, range(len(header)), path=sheet.path)
    found = [at for at, title in enumerate(header) if title.strip().lower() in GRADES]
    if len(found) > 1:
        example = header[found[0]].strip()
        raise UsageError(
            f"{sheet.path} has {len(found)} columns that could take the grade ({shown(header, found)}): name one "
            f'behind a colon, as in --gradebook "csv={sheet.path}:{example}".'
        )
    return found[0] if found else None


def _teams(header: Sequence[str], rows: Rows) -> dict[str, list[int]]:
    """Return the rows of each team of GitHub Classroom; in another file a group may be anything."""
    if column_of(header, {GITHUB_LOGIN}) is None:
        return {}
    column = column_of(header, {GITHUB_TEAM})
    teams: dict[str, list[int]] = {}
    for row, values in rows:
        team = fold_name(value_at(values, column))
        if team:
            teams.setdefault(team, []).append(row)
    return teams


def _name(header: Sequence[str], values: Values) -> str:
    whole = value_at(values, column_of(header, NAMES)).strip()
    parts = [value_at(values, column_of(header, titles)).strip() for titles in (FIRST_NAMES, LAST_NAMES)]
    return whole or " ".join(part for part in parts if part)


def _label(header: Sequence[str], values: Values) -> str:
    """Return what an instructor would call this row."""
    known = [_name(header, values), *(value_at(values, column_of(header, titles)) for titles in (IDS, LOGINS, EMAILS))]
    return next((text for text in known if text), next(text for text in values if text))


def _keys(header: Sequence[str], rows: Rows) -> list[Key]:
    """Return the ways to find a row by columns with a title that says what they hold."""

    def cells(column: int) -> Iterable[tuple[str, int]]:
        return ((value_at(values, column), row) for row, values in rows)

    wanted = ((IDS, ("id", "login")), (LOGINS, ("login", "id", "email")), (EMAILS, ("email", "login", "id")))
    keys = []
    for titles, fields in wanted:
        column = column_of(header, titles)
        if column is not None:
            keys.append(Key(header[column].strip(), indexed(cells(column), fold), fields, fold))
    names = [(spelled, row) for row, values in rows for spelled in name_spellings(_name(header, values)) if spelled]
    if names:
        index = indexed(names, fold_name)
        keys.append(Key("name", index, ("name",), fold_name, name=True))
        keys.append(Key("name", index, ("id",), _fold_folder))
    return keys


def _fold_folder(text: str) -> str:
    """A folder is often named after the student, and then its name is the id; a number is nobody's name."""
    return fold_name(text) if any(sign.isalpha() for sign in text) else ""


def _keys_without_titles(header: Sequence[str], rows: Rows, *, without: set[int | None]) -> list[Key]:
    """Return a key for each column that tells all rows apart."""
    keys = []
    for column in range(len(header)):
        cells = [(value_at(values, column), row) for row, values in rows]
        index = indexed(cells, fold)
        if column not in without and len(index) == len(rows):
            keys.append(Key(header[column].strip() or "column", index, EVERY_FIELD, fold))
    return keys
