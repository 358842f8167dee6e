"""Canvas: the gradebook as it is exported (Grades > Export), one column an assignment.

`Student,ID[,SIS User ID],SIS Login ID[,...],Section`, own columns, `Title (id)` for each assignment, then totals; or
`LastName,FirstName,ID,...`. These words are never translated. Before the students stand perhaps a row of posting
policies and the row of the points possible, which Canvas imports too (instructure/canvas-lms `gradebook_exporter.rb`,
`gradebook_importer.rb`).
"""

from collections.abc import Sequence

from grader.batch.gradebooks.columns import chosen, column_of, shown, split_title
from grader.batch.gradebooks.layout import Layout, Values, value_at
from grader.batch.gradebooks.numbers import Style, read_number
from grader.batch.gradebooks.people import Key, fold, fold_name, indexed, name_spellings
from grader.batch.gradebooks.sheet import Sheet
from grader.endings import UsageError

WORDS = frozenset({"student", "id", "sis user id", "sis login id", "section", "lastname", "firstname"})
REMEDY = "Export it in Canvas: Grades, Export, Export Entire Gradebook."
POINTS_ROW = "points possible"
INDENT = "    "
TEST_STUDENT = "Student, Test"
# Written by Canvas instead of a grade; a number would take the excuse back.
KEPT = {"EX": "excused in Canvas", "N/A": "the assignment is not for this student"}


def understand(sheet: Sheet, wanted: str | None) -> Layout:
    """Find the students and the assignment; `wanted` is its title or id, None: the only one. Raises `UsageError`."""
    header = sheet.values(0)
    ident, section = column_of(header, {"id"}), _last(header, "section")
    named = column_of(header, {"student"}), column_of(header, {"lastname"}), column_of(header, {"firstname"})
    needed_titles = {"Student": named[1] if named[0] is None else named[0], "ID": ident, "Section": section}
    lacking = [title for title, at in needed_titles.items() if at is None]
    if lacking or ident is None or section is None:
        raise UsageError(f"{sheet.path} is no gradebook of Canvas: it has no column {', '.join(lacking)}. {REMEDY}")
    possible = _points_row(sheet, ident)
    needed = {ident, *named, *(column_of(header, {title}) for title in ("sis user id", "sis login id"))}
    students = [(row, values) for row, values in sheet.rows(needed=needed) if value_at(values, ident).strip()]
    students = [(row, values) for row, values in students if _name(values, named) != TEST_STUDENT]
    if not students:
        raise UsageError(f"{sheet.path} has no students. {REMEDY}")
    grade = _assignment(sheet, header, range(section + 1, len(header)), possible, wanted)
    points = read_number(value_at(possible, grade))
    if points == 0:
        raise UsageError(
            f"{sheet.path}: {header[grade]!r} is worth 0 points, so every grade would be 0. "
            "Set its points in Canvas and export again."
        )
    return Layout(
        title=header[grade],
        labels={row: _name(values, named) for row, values in students},
        keys=_keys(header, ident, students, named),
        grade=grade,
        points=lambda values: points,
        kept=lambda values: KEPT.get(value_at(values, grade).strip().upper()),
        style=Style(),
        notes=_bom_note(sheet),
    )


def _last(header: Sequence[str], title: str) -> int | None:
    """The last one counts (the importer looks for it from behind); a teacher's own column may be called alike."""
    found = [at for at, text in enumerate(header) if text.strip().lower() == title]
    return found[-1] if found else None


def _points_row(sheet: Sheet, ident: int) -> Values:
    """Return the row of the points possible: before the first student, known by its words and its indent."""
    for _, values in sheet.rows():
        if value_at(values, ident).strip():
            break
        if POINTS_ROW in value_at(values, 0).lower() or value_at(values, 0).startswith(INDENT):
            return values
    return ()


def _assignment(sheet: Sheet, header: Sequence[str], among: range, possible: Values, wanted: str | None) -> int:
    """Return the column of the assignment. Totals have no id and say `(read only)` in the row of the points."""
    titled = [at for at in among if split_title(header[at])[1]]
    open_ones = titled or [at for at in among if header[at].strip() and "(" not in value_at(possible, at)]
    if wanted is not None:
        return chosen(header, wanted, open_ones, path=sheet.path)
    if len(open_ones) == 1:
        return open_ones[0]
    if not open_ones:
        raise UsageError(f"{sheet.path} has no column of an assignment, like 'Docker Compose (4711)'. {REMEDY}")
    example = split_title(header[open_ones[0]])[0]
    raise UsageError(
        f"{sheet.path} has {len(open_ones)} assignments: say which one behind a colon, by title or id, as in "
        f'--gradebook "canvas={sheet.path}:{example}". It has: {shown(header, open_ones)}.'
    )


Named = tuple[int | None, int | None, int | None]


def _name(values: Values, named: Named) -> str:
    """Return the sortable name. Canvas writes one that begins with `=` as `="..."`."""
    whole, last, first = named
    if whole is None:
        return f"{value_at(values, last).strip()}, {value_at(values, first).strip()}"
    text = value_at(values, whole).strip()
    return text[2:-1] if text.startswith('="') and text.endswith('"') else text


def _keys(header: Sequence[str], ident: int, students: Sequence[tuple[int, list[str]]], named: Named) -> list[Key]:
    """ID, SIS User ID, SIS Login ID, name: the order in which Canvas itself looks."""

    def key(what: str, column: int | None, fields: Sequence[str], *, confirm: bool) -> Key:
        cells = ((value_at(values, column), row) for row, values in students)
        return Key(what, indexed(cells, fold), fields, fold, confirm=confirm)

    names = ((name, row) for row, values in students for name in name_spellings(_name(values, named)))
    return [
        key("ID", ident, ("id",), confirm=False),
        key("SIS User ID", column_of(header, {"sis user id"}), ("id", "login"), confirm=True),
        key("SIS Login ID", column_of(header, {"sis login id"}), ("login", "email", "id"), confirm=True),
        Key("name", indexed(names, fold_name), ("name",), fold_name, name=True),
    ]


def _bom_note(sheet: Sheet) -> list[str]:
    """Canvas trips over its own mark (BOM) there: the first title is then not recognised."""
    if sheet.mark and sheet.text.startswith(('"', "LastName")):
        return [
            "The file begins with a byte order mark, which Canvas trips over when it imports the file: "
            "switch the mark off in your Canvas settings (it is off by default) and export again."
        ]
    return []
