"""The web API offers what the platform promises."""

from typing import Any

import pytest

from tests.apps.modules import BACKEND, load

LIBRARIES = ("fastapi", "uvicorn", "beanie", "confluent_kafka")


@pytest.fixture(scope="module")
def paths() -> Any:
    """Return the paths of the API's own description."""
    application = load("api.application", *LIBRARIES, app=BACKEND)
    return application.create_app(None, None, None, None).openapi()["paths"]


@pytest.mark.parametrize("kind", ["users", "products", "orders", "posts"])
def test_every_kind_can_be_created_read_listed_changed_and_deleted(paths: Any, kind: str) -> None:
    """Five operations on two paths."""
    assert {"get", "post"} == paths[f"/{kind}"].keys()
    assert {"get", "patch", "delete"} == paths[f"/{kind}/{{identity}}"].keys()


def test_the_health_is_part_of_the_api(paths: Any) -> None:
    """It is described like everything else."""
    assert {"get"} == paths["/health"].keys()


def test_every_operation_says_what_it_does(paths: Any) -> None:
    """The page /docs is the first thing a student sees of the app."""
    silent = [
        (method, path) for path, of in paths.items() for method, does in of.items() if not does.get("description")
    ]

    assert [] == silent


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("mongodb://mongodb:27017", "mongodb"),
        ("mongodb://mongodb", "mongodb"),
        ("mongodb://me:p%40ss@mongodb:27017/?authSource=admin", "mongodb"),
        ("mongodb://one:1,two:2/shop", "one"),
    ],
)
def test_the_host_of_an_address(url: str, host: str) -> None:
    """It is looked up to tell an unknown name from a closed port."""
    mongo_db = load("db.mongo_db", *LIBRARIES, app=BACKEND)

    assert host == mongo_db._first_host(url)
