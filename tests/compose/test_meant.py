"""A slip is refused as Compose refuses it, and what stands there is judged as what was meant."""

import pytest

from tests.compose.projects import loaded

SERVICE = "services:\n  app:\n    image: app\n"


@pytest.mark.parametrize(
    "key",
    [
        "enviroment",
        "Environment",
        "environments",
        "enviromnent",
        "environmet",
        "ENVIRONMENT",
        "environement",
        "envirnment",
        "enviornment",
    ],
)
def test_a_misspelt_environment_is_read(key: str) -> None:
    """One or two letters, case, singular and plural are no reason to see no variables."""
    project = loaded(f"{SERVICE}    {key}:\n      ALPHA: one\n")

    assert [f"validating <f>: services.app additional properties '{key}' not allowed"] == [
        refusal.message for refusal in project.refusals
    ]
    assert "one" == project.project.services["app"].value("ALPHA")


@pytest.mark.parametrize("key", ["volume", "volums", "Volumes", "vloumes", "VOLUMES"])
def test_misspelt_volumes_are_read(key: str) -> None:
    """The mounts of a service are seen whatever their key is called."""
    project = loaded(f"{SERVICE}    {key}:\n      - data:/data\nvolumes:\n  data:\n")

    assert not project.refusals[0].message.startswith("service")
    assert ["/data"] == [mount.target for mount in project.project.services["app"].volumes]


@pytest.mark.parametrize("key", ["volume", "volums", "Volumes"])
def test_misspelt_declarations_are_read(key: str) -> None:
    """A misspelt top-level key declares what it lists, so the mounts are not refused as well."""
    project = loaded(f"{SERVICE}    volumes:\n      - data:/data\n{key}:\n  data:\n")

    assert 1 == len(project.refusals)
    assert ["data"] == list(project.project.volumes)


@pytest.mark.parametrize("key", ["labels", "environ", "settings", "env", "x-environment", "vol"])
def test_another_key_is_not_taken_for_it(key: str) -> None:
    """Only what is one slip away counts."""
    project = loaded(f"{SERVICE}    {key}:\n      ALPHA: one\n")

    assert {} == project.project.services["app"].environment


def test_variables_that_are_not_indented_are_read() -> None:
    """Names in capitals beside an empty `environment` are its variables."""
    project = loaded(f"{SERVICE}    environment:\n    ALPHA: one\n    BETA: two\n")

    assert project.refusals
    assert {"ALPHA": "one", "BETA": "two"} == {
        name: variable.value for name, variable in project.project.services["app"].environment.items()
    }


@pytest.mark.parametrize("indent", ["", "  "])
def test_an_environment_one_level_too_high_belongs_to_the_service_before_it(indent: str) -> None:
    """`environment` at the top or between the services is the one of the service whose block it follows."""
    project = loaded(
        f"services:\n  other:\n    image: other\n  app:\n    image: app\n{indent}environment:\n{indent}  ALPHA: one\n"
    )

    assert project.refusals
    assert "one" == project.project.services["app"].value("ALPHA")
    assert {} == project.project.services["other"].environment


@pytest.mark.parametrize("above", ["services", "networks"])
def test_declarations_under_another_key_are_read(above: str) -> None:
    """A map of declarations under `services` or `networks` is the top-level `volumes`."""
    declared = "  volumes:\n    data:\n      driver: local\n"
    networks = "networks:\n  net:\n" if above == "networks" else ""
    project = loaded(f"{SERVICE}    volumes:\n      - data:/data\n{networks}{declared}")

    assert project.refusals
    assert ["data"] == list(project.project.volumes)
    assert "undefined_volume" not in [refusal.kind for refusal in project.refusals]


@pytest.mark.parametrize(
    ("part", "entry"),
    [
        ("environment", "environment: ALPHA=one"),
        ("volumes", "volumes: data:/data"),
        ("volumes", "volumes:\n      data: /data"),
        ("env_file", "env_file: missing.env"),
        ("env_file", "env_file: ../other.env"),
    ],
)
def test_a_part_that_cannot_be_read_is_named(part: str, entry: str) -> None:
    """Of such a part nothing is said to be missing."""
    project = loaded(f"{SERVICE}    {entry}\n")

    assert project.refusals
    assert {part} == project.project.services["app"].unread


def test_what_lies_outside_is_refused_in_our_words() -> None:
    """A file beside the submission's folder is not read."""
    project = loaded(f"{SERVICE}    env_file: ../other.env\n", {"../other.env": "ALPHA=one\n"})

    refusal = project.refusals[0]

    assert "outside" == refusal.kind
    assert "../other.env" in refusal.message
    assert {} == project.project.services["app"].environment


@pytest.mark.parametrize(
    ("items", "path"),
    [
        ("- ALPHA: one", ("services", "app", "environment", "ALPHA")),
        ("- ALPHA : one", ("services", "app", "environment", "ALPHA")),
        ("- ALPHA =one", ("services", "app", "environment", "ALPHA")),
    ],
)
def test_an_item_that_is_refused_names_its_variable(items: str, path: tuple[str, ...]) -> None:
    """The variable's name can be guessed, and its value counts."""
    project = loaded(f"{SERVICE}    environment:\n      {items}\n")

    assert path == project.refusals[0].path
    assert "one" == project.project.services["app"].value("ALPHA")


def test_every_refusal_is_told() -> None:
    """The loader goes on behind the first error, and keeps Compose's order."""
    project = loaded(f"{SERVICE}    enviroment:\n      A: 1\n    volumes:\n      - gone:/data\n    expose: x y\n")

    kinds = [refusal.kind for refusal in project.refusals]

    assert "undefined_volume" == kinds[-1]
    assert 3 == len(kinds)


def test_damaged_lines_are_passed_over() -> None:
    """Of a file that is no YAML the rest is judged, and the lines that were left out are named."""
    project = loaded(SERVICE + "    environment:\n      ALPHA: one\n      @@: {]\n  other:\n    image: other\n")

    assert project.refusals[0].message.startswith("failed to parse <f>: yaml: ")
    assert project.damaged
    assert "one" == project.project.services["app"].value("ALPHA")
    assert "other" in project.project.services
