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
    ("url", "server"),
    [
        ("mongodb://mongodb:27018", ("mongodb", 27018)),
        ("mongodb://mongodb", ("mongodb", 27017)),
        ("mongodb://me:p%40ss@mongodb:27017/?authSource=admin", ("mongodb", 27017)),
        ("mongodb://one:1,two:2/shop", ("one", 1)),
    ],
)
def test_the_first_server_of_an_address(url: str, server: tuple[str, int]) -> None:
    """It is looked up to tell an unknown name from a closed port."""
    mongo_db = load("db.mongo_db", *LIBRARIES, app=BACKEND)

    assert server == mongo_db._first_server(url)


@pytest.mark.parametrize("name", ["NewUser", "UserChange", "NewProduct", "ProductChange", "NewPost", "NewOrder"])
def test_a_misspelt_field_is_refused(paths: Any, name: str) -> None:
    """It would otherwise be left out without a word."""
    application = load("api.application", *LIBRARIES, app=BACKEND)
    schemas = application.create_app(None, None, None, None).openapi()["components"]["schemas"]

    assert schemas[name]["additionalProperties"] is False
