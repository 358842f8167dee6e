"""What follows full marks: the commands of the TASK's verification, in a form that proves what it says.

`mongosh` without a database looks into `test`, `mysqladmin ping` succeeds even when access is denied, and the consumer
makes missing tables anew: so the databases are named, the log-in is real, and after a restart the rows are asked for.
`exercises/07-verification/TASK.md` explains the same commands.
"""

from collections.abc import Sequence

from grader.report import Report
from grader.reports.lines import title, wrap
from grader.reports.look import Look
from grader.reports.words import WORKS, containers_sentence

VERIFICATION = (
    "docker compose up -d --build",
    "docker compose ps",
    """docker compose exec mongodb mongosh --eval "db.runCommand('ping')\"""",
    "docker compose exec kafka kafka-topics --bootstrap-server localhost:9092 --list",
    'docker compose exec mysql mysql -u USER -p DATABASE -e "SHOW TABLES"',
    "curl http://localhost:8000/docs",
    "docker compose logs mysql-service",
)
PERSISTENCE = (
    "docker compose down",
    "docker compose up -d",
    'docker compose exec mongodb mongosh DATABASE --eval "db.orders.find()"',
    'docker compose exec mysql mysql -u USER -p DATABASE -e "SELECT * FROM orders"',
)


def verification(report: Report) -> list[tuple[str, Sequence[str]]]:
    """Return what to do next, each with its commands; nothing where one exercise alone was judged.

    Of several exercises some may have full marks while a container that none of them asks about would not work.
    """
    if len(report.exercises) == 1 or any(result.verdict != WORKS for result in report.containers.values()):
        return []
    return [
        ("Now see it run:", VERIFICATION),
        ("Place an order at http://localhost:8000/docs, and see that it survives:", PERSISTENCE),
        ("USER and DATABASE are the names you chose. Why these: exercises/07-verification/TASK.md", ()),
    ]


def verification_lines(report: Report, look: Look) -> list[str]:
    """Say that nothing is missing and, where the whole stack was judged, how to see it run.

    Commands are neither broken nor indented: they are there to be copied.
    """
    lines = title(f"Full marks. {containers_sentence(report)}".rstrip(), look, "bold", "green")
    for words, commands in verification(report):
        lines += ["", *wrap(words, look.width), *(look.paint(command, "cyan") for command in commands)]
    return lines
