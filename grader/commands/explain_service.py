"""What a container would do with a file, setting by setting: `grade explain kafka`.

Passwords are masked; everything else is shown as the container gets it, because the file is the reader's own.
"""

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from grader.compose.marks import Marks
from grader.compose.model import Loaded, Service
from grader.compose.mounted import Mount
from grader.containers import Model, read_containers
from grader.containers.kafka import Kafka, Property
from grader.containers.kafka.definitions import definition
from grader.containers.mongodb import MongoDB
from grader.containers.mysql import MySQL
from grader.containers.verdict import Problem, Verdict
from grader.masking import MASK, is_secret, mask_argument, mask_refusal
from grader.reports.clean import clean_line
from grader.reports.lines import display_width, wrap
from grader.reports.look import DEFAULT_WIDTH_COLUMNS
from grader.reports.places import name_file

MAX_LINES_OF_A_PART = 200  # settings, mounts, verdict: more is nobody's real file

HEADINGS = {
    "kafka": "What Kafka gets from {service}, as properties, and who says so:",
    "mongodb": "What the MongoDB image reads of {service}, and who says so:",
    "mysql": "What the MySQL image reads of {service}, and who says so:",
}
ORIGINS = {"image": "preset by the image", "script": "set by the image's script"}

# what counts where nothing is written, as far as the exercise speaks of it
KAFKA_DEFAULTS = {
    "node.id": "none",
    "process.roles": "none: ZooKeeper mode",
    "controller.quorum.voters": "none",
    "controller.listener.names": "none",
    "listener.security.protocol.map": "each protocol under its own name",
    "inter.broker.listener.name": "the listener PLAINTEXT",
    "offsets.topic.replication.factor": "3",
    "auto.create.topics.enable": "true",
}
# names outside KAFKA_* that the start of the image reads
KAFKA_EXTRAS = ("CLUSTER_ID",)
READ_BY_JAVA = ("heap.opts", "log4j.opts")
MONGODB_VARIABLES = (
    "MONGO_INITDB_ROOT_USERNAME",
    "MONGO_INITDB_ROOT_PASSWORD",
    "MONGO_INITDB_DATABASE",
    "MONGO_INITDB_ROOT_USERNAME_FILE",
    "MONGO_INITDB_ROOT_PASSWORD_FILE",
)
MYSQL_NAMES = ("MYSQL_ROOT_PASSWORD", "MYSQL_DATABASE", "MYSQL_USER", "MYSQL_PASSWORD", "MYSQL_ROOT_HOST")
MYSQL_VARIABLES = (
    *MYSQL_NAMES,
    *(f"{name}_FILE" for name in MYSQL_NAMES),
    *("MYSQL_ALLOW_EMPTY_PASSWORD", "MYSQL_RANDOM_ROOT_PASSWORD", "MYSQL_ONETIME_PASSWORD", "MYSQL_INITDB_SKIP_TZINFO"),
)


def explain_service(loaded: Loaded, service: str, width: int = DEFAULT_WIDTH_COLUMNS) -> str:
    """Say in plain text what the container of a service would make of its environment and mounts.

    A service without a model of its own gets its variables and mounts listed.
    """
    here = loaded.project.services.get(service)
    if here is None:
        names = ", ".join(loaded.project.services) or "none"
        return "\n".join(wrap(f"The file has no service {service!r}. It has: {names}.", width)) + "\n"
    lines: list[str] = []
    if loaded.refusals:
        first = loaded.refusals[0]
        words = name_file(mask_refusal(first), first.at.file)
        lines += wrap(f"Docker Compose refuses this file, so nothing starts: {words}", width)
        lines += [*wrap("What could be read of it would do this:", width), ""]
    model = read_containers(loaded.project).of(service)
    if isinstance(model, Kafka):
        lines += _first_lines(_kafka(here, model, width))
    elif isinstance(model, MongoDB):
        lines += _first_lines(_variables(here, "mongodb", MONGODB_VARIABLES, width))
        lines += ["", *_first_lines(_mongodb(model, width))]
    elif isinstance(model, MySQL):
        lines += _first_lines(_variables(here, "mysql", MYSQL_VARIABLES, width))
        lines += ["", *_first_lines(_mysql(model, width))]
    else:
        lines += _first_lines(_plain(here, width))
    lines += ["", *_first_lines(_mounts(here, model, loaded.project.directory, width))]
    if model is not None:
        lines += ["", *_first_lines(_verdict(model, width))]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _first_lines(lines: Iterable[str]) -> list[str]:
    """Return a part as far as anybody would read it."""
    first = list(islice(lines, MAX_LINES_OF_A_PART + 1))
    return first if len(first) <= MAX_LINES_OF_A_PART else [*first[:-1], "  ..."]


def _kafka(service: Service, model: Kafka, width: int) -> Iterator[str]:
    yield from wrap(HEADINGS["kafka"].format(service=service.name), width)
    for entry in sorted(model.properties, key=_by_place):
        if entry.value or entry.origin == "written":
            yield from _row(entry.name, _shown(entry.name, entry.value), _origin(entry), width)
    for name in KAFKA_EXTRAS:
        written = service.environment.get(name)
        if written is not None and written.value is not None:
            yield from _row(name, written.value, f"{_place(written.marks)}, no property", width)
    given = {entry.name for entry in model.properties}
    missing = {name: text for name, text in KAFKA_DEFAULTS.items() if name not in given}
    if missing:
        yield ""
        yield from wrap("Not set, so this counts:", width)
        for name, text in missing.items():
            yield from _row(name, text, "Kafka's default", width)
    ignored = [
        name
        for name in service.environment
        if not name.startswith(("KAFKA_", "CONFLUENT_")) and name not in KAFKA_EXTRAS
    ]
    if ignored:
        yield ""
        text = "Not read by the image, whose names begin with KAFKA_ (only CLUSTER_ID does not): "
        yield from wrap(text + ", ".join(map(mask_argument, ignored)), width)


def _by_place(entry: Property) -> tuple[bool, str, int]:
    """Written properties first, in the order of the file."""
    return (True, "", 0) if entry.marks is None else (False, entry.marks.written.file, entry.marks.written.line)


def _origin(entry: Property) -> str:
    if entry.marks is None:
        return ORIGINS.get(entry.origin, "")
    known = definition(entry.name) is not None or entry.name.startswith("listener.name.")
    if entry.name in READ_BY_JAVA:
        return f"{_place(entry.marks)}, for Java"
    return _place(entry.marks) if known else f"{_place(entry.marks)}, unknown to Kafka"


def _variables(service: Service, image: str, known: Sequence[str], width: int) -> Iterator[str]:
    yield from wrap(HEADINGS[image].format(service=service.name), width)
    found = [variable for variable in service.environment.values() if variable.name in known]
    for variable in found:
        value = "(set nowhere)" if variable.value is None else _shown(variable.name, variable.value)
        yield from _row(variable.name, value, _place(variable.marks), width)
    if not found:
        yield "  nothing"
    ignored = [name for name in service.environment if name not in known]
    if ignored:
        yield ""
        yield from wrap("Not read by the image: " + ", ".join(map(mask_argument, ignored)), width)


def _plain(service: Service, width: int) -> Iterator[str]:
    yield from wrap(f"What the container of {service.name} gets, and who says so:", width)
    for variable in service.environment.values():
        value = "(set nowhere)" if variable.value is None else _shown(variable.name, variable.value)
        yield from _row(variable.name, value, _place(variable.marks), width)
    if not service.environment:
        yield "  nothing"


def _mongodb(model: MongoDB, width: int) -> Iterator[str]:
    yield "On an empty volume:"
    if model.auth:
        user = clean_line(model.root_user) if model.root_user is not None else "the one in the file"
        yield from wrap(f"log-in: asked for; root user {user} with password {MASK}, in the database admin", width, "  ")
    else:
        yield from wrap("log-in: nobody is asked for one, and no user is made", width, "  ")
    yield from wrap("databases: none; MongoDB makes one when something is first written to it", width, "  ", "    ")
    yield from wrap(f"init scripts, if there were any, would run in {clean_line(model.database)}", width, "  ")


def _mysql(model: MySQL, width: int) -> Iterator[str]:
    early = model.verdict in (Verdict.IMAGE_SCRIPT_EXITS, Verdict.SERVER_REFUSES)
    yield "The first start, on an empty volume, " + ("would try to make:" if early else "would make:")
    for name in model.databases:
        yield from wrap(f"database {clean_line(name)}", width, "  ", "    ")
    for account in model.accounts:
        host = "from everywhere" if account.host == "%" else f"from {account.host}"
        text = f"user {clean_line(account.user)}, {host}; password: {_password(model, account.user)}"
        yield from wrap(text, width, "  ", "    ")
    for statement in model.grants:
        yield from wrap(f"{clean_line(statement)}", width, "  ", "    ")


def _password(model: MySQL, user: str) -> str:
    if user == "root" and model.random_root_password:
        return "a random one, printed in the log"
    written = model.root_password if user == "root" else model.password
    if written is None:
        return "the one in the file"
    return MASK if written else "none"


def _mounts(service: Service, model: Model | None, folder: str, width: int) -> Iterator[str]:
    yield "Mounts:" if service.volumes else "Mounts: none"
    for mount in service.volumes:
        yield from _row(mount.target, _source(mount, folder), f"{mount.at.file}:{mount.at.line}", width, sign="<-")
    if model is not None:
        kept = "The data lies in a named volume and outlives the container."
        lost = "The data does not lie in a named volume: after `docker compose down` it is out of reach."
        yield from wrap(kept if model.persisted else lost, width)


def _source(mount: Mount, folder: str) -> str:
    source = mount.source or "(without a name)"
    if mount.type == "bind":
        inside = source == folder or source.startswith(folder.rstrip("/") + "/")
        source = f"folder ./{posixpath.relpath(source, folder)}" if inside else f"folder {source}"
    elif mount.type == "volume":
        source = f"volume {source}"
    return clean_line(source) + (" (read-only)" if mount.read_only else "")


def _verdict(model: Model, width: int) -> Iterator[str]:
    if model.verdict is Verdict.WORKS:
        yield "Verdict: works"
        return
    first, *others = [problem for problem in model.problems if problem.verdict is not Verdict.WORKS]
    yield f"Verdict: {model.verdict.value}"
    yield from wrap(_said(first), width, "  ")
    yield "The container would log:"
    yield from wrap(first.message, width, "  ", "    ")
    if others:
        yield ""
        yield "After that it would stumble over:"
        for problem in others:
            yield from wrap(f"- {_said(problem)} ({problem.verdict.value})", width, "  ", "    ")


def _said(problem: Problem) -> str:
    where = problem.variable or ""
    if problem.marks is not None:
        where = f"{where} {_place(problem.marks)}".strip()
    return f"{problem.explanation} [{where}]" if where else problem.explanation


def _row(name: str, value: str, origin: str, width: int, sign: str = "=") -> Iterator[str]:
    """One setting with its origin at the right edge; a long value goes to the next lines."""
    origin = clean_line(origin)
    left = f"  {clean_line(name)} {sign} {clean_line(value)}"
    room = width - display_width(origin) - 2
    if display_width(left) <= room:
        yield left + " " * (room + 2 - display_width(left)) + origin
        return
    head = f"  {clean_line(name)} {sign}"
    if display_width(head) <= room:
        yield head + " " * (room + 2 - display_width(head)) + origin
        yield from wrap(clean_line(value), width, "      ")
        return
    yield from wrap(left, width, "  ", "      ")
    yield from wrap(origin, width, "      ")


def _shown(name: str, value: str) -> str:
    known = definition(name)
    secret = is_secret(name) or (known is not None and known.type == "PASSWORD")
    if secret and not name.endswith("_FILE") and value:
        return MASK
    return mask_argument(value) or '""'


def _place(marks: Marks) -> str:
    """Where a value is written, and where its text comes from if that is elsewhere."""
    written, source = marks
    place = f"{written.file}:{written.line}"
    if source != written:
        place += f" from {source.file}:{source.line}"
    return place
