"""What is known of a service waits until the stages are done: no project may mean anything else because of that."""

from pathlib import Path
from typing import Any

import pytest

from bench.submissions import generate
from grader.compose import ordinary
from grader.compose.errors import Unreadable
from grader.compose.files import MemoryFiles
from grader.compose.loader import load
from grader.compose.request import Request
from tests.compose.recorded import CASES, request_of

ROOT = Path(__file__).parents[2]
SOLUTION = (ROOT / "solutions" / "docker-compose.yml").read_bytes()
HEAD = b"  mongodb:\n    image: mongo:latest\n    ports:\n      - 27017:27017\n"
BELOW = b"    environment:\n      A: b\n"
SERVICE = HEAD + BELOW
PROJECTS = sorted(file.parent for file in CASES.glob("*/case.json"))
LONG = b"{type: volume, source: data, target: /b}"
RESOLVED_THE_SAME = {
    "a service that extends one": b"services:\n" + SERVICE + b"  b:\n    image: x\n    extends: mongodb\n",
    "a service that extends one of a file": b"services:\n" + HEAD + b"    extends:\n      file: base.yml\n" + BELOW,
    "another file": b"services:\n" + SERVICE + b"include: [base.yml]\n",
    "a block that belongs to the service above": b"services:\n" + SERVICE + b"  environment:\n    ports: [1:1]\n",
    "mounts that belong to the service above": b"services:\n" + SERVICE + b"  volumes:\n    - a:/b\n",
    "declarations among the services": b"services:\n" + SERVICE + b"  volumes:\n    a:\n      driver: local\n",
    "declarations among the networks": b"services:\n" + SERVICE + b"networks:\n  volumes:\n    a: {driver: local}\n",
    "names that are listed": b"services:\n" + SERVICE + b"volumes: [a, 'b:/c']\n",
    "a misspelt key": b"services:\n" + SERVICE + b"    volume: [a:/b]\n",
    "a misspelt section": b"service:\n" + SERVICE + b"services:\n" + SERVICE,
    "an extension": b"x-a: 1\nservices:\n" + SERVICE + b"    x-b: 2\n",
    "an environment that is no map": b"services:\n" + HEAD + b"    environment:\n      - 1\n    cpus: no\n",
    "a name that is none": b"services:\n" + SERVICE.replace(b"mongodb:", b"mongo db:"),
    "a name of an environment": b"services:\n" + SERVICE + SERVICE.replace(b"mongodb:", b"enviroment:"),
    "a link below": b"services:\n" + SERVICE + SERVICE.replace(b"mongodb:", b"b:") + b"    links: [mongodb]\n",
    "a network of the host": b"services:\n" + SERVICE + b"    network_mode: host\n",
    "a port twice": b"services:\n" + SERVICE.replace(b"    environment", b"      - 27017:27017\n    environment"),
    "a port that is none": b"services:\n" + SERVICE.replace(b"27017:27017", b"x:27017"),
    "a number that is none": b"services:\n  a:\n    image: x\n    cpu_count: x\n" + BELOW,
    "a truth of old": b"services:\n  a:\n    image: x\n    tty: 'on'\n    attach: 'yes'\n" + BELOW,
    "an image that is none": b"services:\n  volumes:\n    image:\n" + BELOW,
    "a folder at home": b"services:\n  a:\n    build:\n      context: ~/x\n" + BELOW,
    "no folder": b"services:\n  a:\n    build:\n      dockerfile: x\n" + BELOW,
    "no networks": b"services:\n  a:\n    image: x\n    networks: []\n" + BELOW,
    "who waits for nobody": b"services:\n  a:\n    image: x\n    depends_on: [b]\n" + BELOW,
    "hours and sizes": b"services:\n  a:\n    image: x\n    mem_limit: 1g\n    stop_grace_period: 90m\n" + BELOW,
    "variables that extend": b"services:\n" + HEAD + b"    environment:\n      x-a: 1\n      B: 2\n",
    "a variable without a name": b"services:\n" + HEAD + b"    environment:\n      '': 1\n",
    "a variable of two lines": b"services:\n" + HEAD + b'    environment:\n      "a\\nb": 1\n      C: 2\n',
    "variables of every kind": b"services:\n" + HEAD + b"    environment: {A: 1, B: 1.5, C: yes, D: true, E: }\n",
    "a variable that is a list": b"services:\n" + HEAD + b"    environment:\n      A: [1]\n",
    "a time": b"services:\n" + HEAD + b"    environment:\n      A: 2001-01-01\n",
    "no variables": b"services:\n" + HEAD + b"    environment:\n",
    "no variables in a map": b"services:\n" + HEAD + b"    environment: {}\n    volumes: []\n",
    "variables in a list": b"services:\n" + HEAD + b"    environment:\n      - A=b\n      - C\n",
    "a variable twice in a list": b"services:\n" + HEAD + b"    environment: [A=b, C=d, A=e]\n",
    "a space behind a name": b"services:\n" + HEAD + b"    environment: ['A =b']\n",
    "a map in a list": b"services:\n" + HEAD + b"    environment:\n      - A: b\n",
    "a mount twice": b"services:\n" + HEAD + b"    volumes: [a:/b, c:/b]\n",
    "a mount twice, written otherwise": b"services:\n" + HEAD + b"    volumes: [a:/b, c:/b/, d:/e]\n",
    "a mount that is none": b"services:\n" + HEAD + b"    volumes: ['a:/b:c:d', e:/f]\n",
    "a long mount": b"services:\n" + HEAD + b"    volumes:\n      - a:/b\n      - {type: tmpfs, target: /c}\n",
    "long mounts": b"services:\n"
    + HEAD
    + b"    volumes:\n      - {type: bind, source: ../a, target: b/}\n      - {type: volume, source: c, target: /d}\n",
    "a long mount twice": b"services:\n" + HEAD + b"    volumes: [" + LONG + b", " + LONG + b"]\n",
    "a long mount from home": b"services:\n" + HEAD + b"    volumes: [" + LONG.replace(b"data", b"~/x") + b"]\n",
    "a long mount of nothing": b"services:\n" + HEAD + b"    volumes: [" + LONG.replace(b"data", b"''") + b"]\n",
    "a long mount to nowhere": b"services:\n" + HEAD + b"    volumes: [" + LONG.replace(b"/b", b"''") + b"]\n",
    "a mount from home": b"services:\n" + HEAD + b"    volumes: [~/a:/b, ./c:/d:ro, /e]\n",
    "mounts that are no list": b"services:\n" + HEAD + b"    volumes:\n      a: b\n",
    "a service between others": b"services:\n  z:\n    build: .\n    tty: x\n" + SERVICE + b"  a: {image: x}\n",
    "one text for many": b"services:\n  a:\n    image: x\n    dns: 1.1.1.1\n    tmpfs: /a\n" + BELOW,
    "a test of health": b"services:\n  a:\n    image: x\n    healthcheck:\n      test: [x]\n" + BELOW,
}
OVER = (
    b"services:\n  mongodb:\n    ports: [27017:27017, 1:1]\n    networks: [a]\n    build: .\n    volumes: [z:/b]\n"
    + BELOW
)


@pytest.mark.parametrize("case", PROJECTS, ids=lambda case: case.name)
def test_a_recorded_project_is_resolved_the_same(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever other files, profiles and variables there are."""
    request = request_of(case)

    assert _resolved(request, monkeypatch, many=True) == _resolved(request, monkeypatch, many=False)


@pytest.mark.parametrize("number", range(200))
def test_a_generated_submission_is_resolved_the_same(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused or not, with all refusals and warnings in their order."""
    request = Request(MemoryFiles(generate(number, seed=6)), "/submission")

    assert _resolved(request, monkeypatch, many=True) == _resolved(request, monkeypatch, many=False)


@pytest.mark.parametrize("text", RESOLVED_THE_SAME.values(), ids=RESOLVED_THE_SAME.keys())
def test_what_stands_beside_a_head_is_resolved_the_same(text: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stage that needs the head finds it, as it is written."""
    files = {"docker-compose.yml": text, "base.yml": b"services:\n" + SERVICE}
    request = Request(MemoryFiles(files), "/submission")
    alone = _resolved(request, monkeypatch, many=False)

    assert _resolved(request, monkeypatch, many=True) == alone
    assert _resolved(request, monkeypatch, many=True) == alone


@pytest.mark.parametrize("text", RESOLVED_THE_SAME.values(), ids=RESOLVED_THE_SAME.keys())
def test_what_another_file_is_laid_on_is_resolved_the_same(text: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A head that waits is back before anything is laid on it, and what stands aside too."""
    files = {"docker-compose.yml": text, "docker-compose.override.yml": OVER}
    request = Request(MemoryFiles(files), "/submission")

    assert _resolved(request, monkeypatch, many=True) == _resolved(request, monkeypatch, many=False)


def test_the_stages_see_a_known_head_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """All five of the solution wait until they are done."""
    monkeypatch.setattr(ordinary, "_read_so_far", ordinary._MANY)

    document = ordinary.read_ordinary(SOLUTION, "f")

    assert document is not None
    assert [["environment", "volumes"]] * 5 == [list(service) for service in document.root["services"].values()]


def _resolved(request: Request, monkeypatch: pytest.MonkeyPatch, *, many: bool) -> Any:
    """Return what is known of a project."""
    monkeypatch.setattr(ordinary, "_read_so_far", ordinary._MANY if many else -1000)
    try:
        loaded = load(request)
    except Unreadable as error:
        return str(error), error.warnings
    project = loaded.project
    services: list[Any] = []
    for service in project.services.values():
        services.append((repr(service), service.at, service.end_line, list(service.plain.items()), service.networks))
        variables = [(repr(variable), variable.marks) for variable in service.environment.values()]
        mounts = [(repr(mount), mount.source_at, mount.target_at) for mount in service.volumes]
        services.append((variables, mounts))
    said = [list(notices) for notices in (loaded.refusals, loaded.warnings, loaded.remarks)]
    return services, said, project.plain, list(project.places.items())


def test_what_is_added_to_a_service_does_not_reach_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """A link is a dependency of one file, though its service begins as that of another."""
    head = b"services:\n  a:\n    build:\n      context: x\n    depends_on: [b]\n"
    texts = [head + BELOW + b"    links: [c]\n", head + BELOW]
    requests = [Request(MemoryFiles({"docker-compose.yml": text}), "/submission") for text in texts]

    assert [_resolved(request, monkeypatch, many=True) for request in requests] == [
        _resolved(request, monkeypatch, many=False) for request in requests
    ]
