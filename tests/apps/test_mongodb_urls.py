"""What the grader says about MongoDB URLs is what the driver says."""

import warnings

import pytest

from tests.apps.modules import BACKEND, load
from tests.containers.mongodb_urls import LOG_INS, REFUSED

pymongo = pytest.importorskip("pymongo", reason=f"pymongo is not installed; see the requirements.txt of {BACKEND}")
mongo_db = load("db.mongo_db", "pymongo", "beanie", app=BACKEND)
settings = load("shared.settings")


@pytest.mark.parametrize("url", LOG_INS)
def test_the_driver_logs_in_as_the_grader_says(url: str) -> None:
    """An option that it does not know is passed over with a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        client = pymongo.MongoClient(url, connect=False)
    with client:
        found = client.options.pool_options._credentials

    assert LOG_INS[url] == ((None, None, None) if found is None else (found.username, found.password, found.source))


@pytest.mark.parametrize("url", REFUSED)
def test_the_app_refuses_the_address(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it waits for anybody."""
    monkeypatch.setenv("MONGODB_URL", url)
    monkeypatch.setenv("DATABASE_NAME", "shop")

    with pytest.raises(settings.SettingsError):
        mongo_db.wait_for_mongodb(mongo_db.MongoSettings.from_env())
