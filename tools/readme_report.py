"""Put a current report into README.md, between the two marks. Run it after a change of the report: `make report`.

The report is that of `tests/data/readme/docker-compose.yml`, a file as students write it. A test fails while README.md
shows an older one.
"""

import os
import sys

from grader.grading import grade
from grader.kit import rubric_folder
from grader.reports.text import render_text
from grader.rubric import load_rubric
from grader.workspace import locate, request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
README = os.path.join(ROOT, "README.md")
EXAMPLE = os.path.join(ROOT, "tests", "data", "readme")
BEGIN = "<!-- report: begin (written by tools/readme_report.py) -->\n"
END = "<!-- report: end -->\n"


def with_report(readme: str) -> str:
    """Return the README with the report of the example between its marks. Raises `ValueError` without them."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"README.md lacks the marks {BEGIN.strip()} and {END.strip()}")
    return f"{before}{BEGIN}```text\n$ grade\n{_report()}```\n{END}{after}"


def _report() -> str:
    """Render the report as it looks from within the example's folder, through a pipe."""
    here = os.getcwd()
    os.chdir(EXAMPLE)
    try:
        return render_text(grade(request(locate(EXAMPLE)), load_rubric(rubric_folder())))
    finally:
        os.chdir(here)


def main() -> int:
    """Renew README.md and say whether anything changed."""
    with open(README, encoding="utf-8") as file:
        old = file.read()
    new = with_report(old)
    if new != old:
        with open(README, "w", encoding="utf-8", newline="\n") as file:
            file.write(new)
    print("README.md: the report is renewed." if new != old else "README.md: the report is current.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
