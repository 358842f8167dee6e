"""A MongoDB URL is read as its driver reads it."""

import pytest

from grader.containers.mongodb_address import Address, parse
from tests.containers.mongodb_urls import LOG_INS, REFUSED


@pytest.mark.parametrize("url", LOG_INS)
def test_who_logs_in_where(url: str) -> None:
    """User, password, and the database that is asked: that of `authSource`, of the path, or `admin`."""
    found = parse(url)
    assert isinstance(found, Address)
    asked = None if found.user is None else found.options.get("authsource", found.database or "admin")

    assert LOG_INS[url] == (found.user, found.password, asked)
    assert ("mongodb", True) == (found.host, found.port in (None, 27017))


@pytest.mark.parametrize("url", REFUSED)
def test_what_the_driver_refuses_is_refused_without_the_password(url: str) -> None:
    """The reason is a sentence behind the variable's name."""
    found = parse(url)

    assert isinstance(found, str)
    assert "50%" not in found
