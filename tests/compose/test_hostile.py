"""Whatever a file holds, reading it ends: soon, in little memory, with a project or with one sentence."""

import os
import time
from contextlib import suppress
from pathlib import Path

import pytest

from grader.compose.errors import Unreadable
from grader.compose.files import AllFiles, FileRefused, FolderFiles, MemoryFiles
from grader.compose.loader import load
from grader.compose.model import Loaded
from grader.compose.request import Request
from tests.hostile.snippets import WRONG

FOLDER = "/submission"
MAX_SECONDS = 4  # one second on an idle machine
VARIABLES = "services:\n  app:\n    image: x\n    environment:\n"


def read(text: str | bytes, **files: str) -> Loaded:
    """Read a compose file from memory."""
    return load(Request(MemoryFiles({"docker-compose.yml": text, **files}), FOLDER))


def layers(block: str) -> str:
    """Return nine layers of anchors, each using the one before nine times."""
    lines = [
        f"x-{name}: &{name} {block.format('*' + before)}" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    return "\n".join(['x-a: &a {k: "lol"}', *lines, "services: {app: {image: x}}"])


UNREADABLE: dict[str, str | bytes] = {
    "nothing": "",
    "blanks": "   \n\n",
    "a comment": "# services:\n",
    "null": "~",
    "a word": "hello",
    "a list": "- services\n",
    "30,000 braces": "{" * 30_000,
    "30,000 brackets": "[" * 30_000,
    "brackets and braces": "[{" * 15_000,
    "deep indentation": "\n".join(" " * level + "a:" for level in range(1400)),
    "dashes": "- " * 30_000,
    "question marks": "? " * 30_000,
    "a bomb of lists": layers("[{0}, {0}, {0}, {0}, {0}, {0}, {0}, {0}, {0}]"),
    "a bomb of merges": layers("{{a: {0}, b: {0}, c: {0}, d: {0}, e: {0}, f: {0}, <<: [{0}, {0}]}}"),
    "10 MB": "a: b\n" * 2_000_000,
    "300,000 keys": "".join(f"k{number}: v\n" for number in range(300_000)),
    "60,000 keys": "".join(f"k{number}: v\n" for number in range(60_000)),
    "bytes": bytes(range(256)) * 100,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "tabs": "\t" * 10_000,
    "colons": ":" * 50_000,
    "quotes": '"' * 50_001,
    "anchors": "&a " * 30_000,
    "mistakes": "".join(f"k{number}: y: z\n" for number in range(20_000)),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_holds_no_project_is_said_in_a_sentence(name: str) -> None:
    """The error says what is wrong and what to do; nothing is printed, nothing hangs."""
    started = time.process_time()

    with pytest.raises(Unreadable) as caught:
        read(UNREADABLE[name])

    assert caught.value.message.endswith(".")
    assert time.process_time() - started < MAX_SECONDS


READABLE: dict[str, str | bytes] = {
    "an alias to itself": "a: &a [*a]\nservices: {app: {image: x}}",
    "a merge of itself": "a: &a {<<: *a}\nservices: {app: {image: x}}",
    "5,000 nested variables": f"{VARIABLES}      A: {'${A:-' * 5000}x{'}' * 5000}\n",
    "5,000 open variables": f"{VARIABLES}      A: {'${A:-' * 5000}\n",
    "50,000 variables": f'{VARIABLES}      A: "{"${X}" * 50_000}"\n',
    "a huge number": f"{VARIABLES}      A: {'9' * 100_000}\n",
    "a huge exponent": f"{VARIABLES}      A: 1e{'9' * 1000}\n",
    "a huge hexadecimal number": f"{VARIABLES}      A: 0x{'f' * 100_000}\n",
    "a terminal escape": f"{VARIABLES}      A: \x1b[31mred\n",
    "a written escape": f'{VARIABLES}      A: "\\e[31m\\0"\n',
    "Latin-1": VARIABLES.encode() + b"      A: \xe9\n",
    "UTF-16": ("\ufeff" + VARIABLES + "      A: \u00e9\n").encode("utf-16-le"),
    "a NUL in a path": 'services: {app: {image: x, env_file: "a\\0b", volumes: ["./a\\0b:/c"]}}\n',
    "an object of Python": f'{VARIABLES}      A: !!python/object/apply:os.system ["true"]\n',
    "20,000 unknown keys": "services:\n  app:\n" + "".join(f"    foo{number}: 1\n" for number in range(10_000)),
    "bad items": VARIABLES + "".join(f"      - K{number}: 1\n" for number in range(5_000)),
    "undeclared volumes": "services:\n  app:\n    volumes:\n" + "".join(f"      - a{n}:/a{n}\n" for n in range(10_000)),
    "ports": "services:\n  app:\n    ports:\n" + "".join(f"      - {n}-65535:{n}-65535\n" for n in range(1, 5_000)),
    "documents": "---\nservices: {app: {image: x}}\n" * 2_000,
    "a circle of services": "services:\n" + "".join(f"  a{n}: {{depends_on: [a{n + 1}]}}\n" for n in range(3_000)),
    "a chain of extends": "services:\n" + "".join(f"  a{n}: {{extends: a{n + 1}}}\n" for n in range(3_000)),
    "an open quote": f'{VARIABLES}      A: "{"x" * 60}\n{"x" * 60}\n' * 1_000,
    "a size without end": 'services: {app: {image: x, mem_limit: "' + "9" * 50_000 + 'g"}}\n',
    "a time without end": 'services: {app: {image: x, stop_grace_period: "' + "9" * 50_000 + 's"}}\n',
    "line ends": "services: {app: {image: x}}\n" + "\r" * 300_000,
}


@pytest.mark.parametrize("name", READABLE)
def test_what_holds_a_project_is_read_in_time(name: str) -> None:
    """There is a project, whatever Compose would say of it."""
    started = time.process_time()

    loaded = read(READABLE[name])

    assert loaded.project.services is not None
    assert time.process_time() - started < MAX_SECONDS


PLACES = (
    "services: {0}",
    "services: {{app: {0}}}",
    "services: {{app: {{image: {0}}}}}",
    "services: {{app: {{image: x, environment: {0}}}}}",
    "services: {{app: {{image: x, environment: {{A: {0}}}}}}}",
    "services: {{app: {{image: x, environment: [{0}]}}}}",
    "services: {{app: {{image: x, env_file: {0}}}}}",
    "services: {{app: {{image: x, env_file: [{{path: {0}, required: {0}, format: {0}}}]}}}}",
    "services: {{app: {{image: x, volumes: {0}}}}}",
    "services: {{app: {{image: x, volumes: [{0}]}}}}",
    "services: {{app: {{image: x, volumes: [{{type: volume, source: {0}, target: {0}, read_only: {0}}}]}}}}",
    "services: {{app: {{image: x, volumes: [{{type: {0}, target: /x}}]}}}}",
    "services: {{app: {{image: x, ports: {0}, networks: {0}, depends_on: {0}, links: {0}, build: {0}}}}}",
    "services: {{app: {{image: x, ports: [{0}], networks: {{a: {0}}}, depends_on: {{a: {0}}}, links: [{0}]}}}}",
    "services: {{app: {{image: x, healthcheck: {0}, deploy: {0}, extends: {0}, profiles: {0}, tmpfs: {0}}}}}",
    "services: {{app: {{image: x, healthcheck: {{test: {0}, interval: {0}}}, deploy: {{resources: {0}}}}}}}",
    "services: {{app: {{image: x, container_name: {0}, command: {0}, labels: {0}, extra_hosts: {0}}}}}",
    "services: {{app: {{image: x, enviroment: {0}, volums: {0}, A: {0}}}}}",
    "services: {{app: {{image: x}}, environment: {0}, volumes: {0}}}",
    "services: {{app: {{image: x}}}}\nvolumes: {0}",
    "services: {{app: {{image: x}}}}\nvolumes: {{db: {0}}}",
    "services: {{app: {{image: x}}}}\nvolumes: {{db: {{driver: {0}, external: {0}, name: {0}, labels: {0}}}}}",
    "services: {{app: {{image: x}}}}\nnetworks: {0}",
    "services: {{app: {{image: x}}}}\nnetworks: {{a: {0}}}",
    "services: {{app: {{image: x, secrets: {0}, configs: {0}}}}}\nsecrets: {0}\nconfigs: {0}\nmodels: {0}",
    "services: {{app: {{image: x}}}}\ninclude: {0}",
    "services: {{app: {{image: x}}}}\ninclude: [{{path: {0}, env_file: {0}, project_directory: {0}}}]",
    "services: {{app: {{extends: {{service: {0}, file: {0}}}}}}}",
    "name: {0}\nversion: {0}\nservices: {{app: {{image: x}}}}",
    "x-a: &a {0}\nservices: {{app: {{image: x, <<: *a, environment: {{<<: *a}}}}}}",
    "service: {0}\nvolume: {0}\nnetwork: {0}",
    "services: {{a: {{image: x, environment: {{A: 1}}}}}}\n---\nservices: {{a: {{environment: {0}, volumes: {0}}}}}",
)


@pytest.mark.parametrize("place", PLACES)
def test_a_wrong_kind_is_no_fault_of_ours(place: str) -> None:
    """Lists where maps belong and the other way round: refused, never a traceback."""
    for kind in WRONG:
        try:
            loaded = read(place.format(kind))
        except Unreadable:
            continue

        for service in loaded.project.services.values():
            assert service.plain is not None
            assert service.end_line >= service.at.line
            assert all(variable.marks.written.line > 0 for variable in service.environment.values())
            assert all(mount.at.line > 0 for mount in service.volumes)


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    """A submission with a secret beside it that it has no business to see."""
    (tmp_path / "secret.env").write_text("SECRET=1\n")
    (tmp_path / "secret.yml").write_text("services: {app: {image: x, environment: {SECRET: 1}}}\n")
    folder = tmp_path / "submission"
    folder.mkdir()
    return folder


def read_folder(folder: Path, text: str) -> Loaded:
    """Read a submission's folder as `grade` does."""
    (folder / "docker-compose.yml").write_text(text)
    return load(Request(FolderFiles(str(folder)), str(folder)))


@pytest.mark.parametrize(
    "written", ["../secret.env", "link.env", "linked/secret.env", "{0}/secret.env", "~/../../etc/passwd"]
)
def test_a_file_outside_is_not_read(submission: Path, written: str) -> None:
    """Neither by its path nor through a link; the refusal says so."""
    (submission / "link.env").symlink_to("../secret.env")
    (submission / "linked").symlink_to("..")

    loaded = read_folder(
        submission, f"services: {{app: {{image: x, env_file: {written.format(submission.parent)}}}}}\n"
    )

    assert {} == loaded.project.services["app"].environment
    assert ["outside"] == [refusal.kind for refusal in loaded.refusals] or "~" in written


@pytest.mark.parametrize(
    "text",
    [
        "services: {app: {extends: {service: app, file: ../secret.yml}}}\n",
        "services: {app: {extends: {service: app, file: link.yml}}}\n",
        "services: {other: {image: x}}\ninclude: [../secret.yml]\n",
        "services: {other: {image: x}}\ninclude: [{path: x.yml, project_directory: .., env_file: link.env}]\n",
    ],
)
def test_a_project_outside_is_not_read(submission: Path, text: str) -> None:
    """`extends` and `include` stay inside the submission."""
    (submission / "link.yml").symlink_to("../secret.yml")
    (submission / "link.env").symlink_to("../secret.env")

    loaded = read_folder(submission, text)

    assert loaded.refusals
    assert not any("SECRET" in service.environment for service in loaded.project.services.values())


@pytest.mark.parametrize("name", [".env", "docker-compose.yml", "app.env", "docker-compose.override.yml"])
@pytest.mark.parametrize("kind", ["fifo", "zero", "folder", "circle", "dangling"])
def test_what_is_no_ordinary_file_stops_nobody(submission: Path, name: str, kind: str) -> None:
    """A FIFO, an endless device, a folder and links in circles are refused at once."""
    (submission / "docker-compose.yml").write_text("services: {app: {image: x, env_file: app.env}}\n")
    path = submission / name
    path.unlink(missing_ok=True)
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to({"zero": "/dev/zero", "circle": name, "dangling": "nowhere"}[kind])
    for files in (FolderFiles(str(submission)), AllFiles()):
        started = time.process_time()

        with suppress(Unreadable):
            load(Request(files, str(submission)))

        assert time.process_time() - started < MAX_SECONDS


def test_a_file_in_memory_knows_its_folder() -> None:
    """What is asked for elsewhere is outside, what is not there is missing."""
    files = MemoryFiles({"a/b.env": "A=1"}, "/submission")

    assert "folder" == files.kind("/submission/a")
    assert "file" == files.kind("/submission/a/../a/b.env")
    assert None is files.kind("/submission/c")
    assert "outside" == files.kind("/submission/../c")
    with pytest.raises(FileRefused, match="outside"):
        files.read("/submission/../c")
