"""Grade the submission of one run of Gradescope: `python -P -m grader.ready.gradescope.autograde /autograder`.

It looks for the compose file as `grade batch` does, so that both say the same of what a student has uploaded.

The results are written for every submission, also for one that cannot be graded (0, with the reason). For a fault of
the grader none are written and the exit code is not 0: Gradescope then says that the autograder failed.
"""

import os
import sys
from collections.abc import Sequence

from grader import kit
from grader.batch.opening import open_content
from grader.batch.submission import OnDisk
from grader.commands.submission import not_gradable, open_rubric
from grader.endings import CommandEnd
from grader.grading import grade
from grader.report import Problem, Report
from grader.reports import FORMATS
from grader.reports.clean import clean_line
from grader.rubric import Rubric
from grader.workspace import NoSubmission

EXIT_WRITTEN, EXIT_FAULT = 0, 3
REMEDY = " Upload docker-compose.yml again, and beside it the files that it reads (.env)."


def main(arguments: Sequence[str]) -> int:
    """Grade `ROOT/submission`, write `ROOT/results/results.json`, and return the exit code."""
    (root,) = arguments
    results = os.path.join(root, "results", "results.json")
    os.makedirs(os.path.dirname(results), exist_ok=True)
    if os.path.lexists(results):
        os.remove(results)
    try:
        report = graded(os.path.join(root, "submission"), open_rubric(kit.rubric_folder()))
    except CommandEnd as end:
        print(f"not graded: {end}")
        return EXIT_FAULT
    text = FORMATS["gradescope"](report)
    why = f": {clean_line(report.reason.message)}" if report.reason else ""
    if not text:
        print(f"not graded{why}")
        return EXIT_FAULT
    with open(results, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    print(f"results written; {clean_line(report.file)}: {report.status}{why}")
    return EXIT_WRITTEN


def graded(submission: str, rubric: Rubric) -> Report:
    """Grade what lies in a folder. What is remarkable about finding the file stands among the warnings.

    Paths in the report are the student's: those from the folder of the compose file.
    """
    try:
        opened = open_content(OnDisk(os.path.realpath(submission)))
    except NoSubmission as error:
        return not_gradable(error, rubric, REMEDY)._replace(folder=os.getcwd())
    report = grade(opened.request(), rubric)
    remarks = [Problem(remark, None, None, None) for remark in opened.remarks]
    return report._replace(folder=os.getcwd(), warnings=[*remarks, *report.warnings])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
