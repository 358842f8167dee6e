"""`%grade`, `%%service` and `%undo`: shorter ways to write what `q` can do as well."""

from typing import Any

from grader.notebook.result import Result


def grade_line(line: str) -> Result:
    """`%grade` is `q.check_all()`; `%grade kafka` and `%grade kafka.node-id` ask about a part or a check."""
    from grader.notebook import q
    from grader.notebook.names import names, python_name

    word = line.strip()
    if not word:
        return q.check_all()
    found: Any = q
    call = names().calls.get(word, f"q.{python_name(word)}")
    for name in call.split(".")[1:]:
        found = getattr(found, name)
    result: Result = found.check()
    return result


def service_cell(line: str, cell: str) -> Result:
    """`%%service kafka` writes the cell's `environment` and `volumes` into the workspace's file."""
    from grader.notebook.editing import write_service

    return write_service(line, cell)


def undo_line(line: str) -> Result:
    """`%undo` is `q.undo()`."""
    from grader.notebook.editing import undo

    return undo()


def register_magics() -> None:
    """Make the magics known where IPython is running; elsewhere do nothing."""
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    if shell is None:
        return
    shell.register_magic_function(grade_line, "line", "grade")
    shell.register_magic_function(service_cell, "cell", "service")
    shell.register_magic_function(undo_line, "line", "undo")
