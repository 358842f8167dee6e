"""Tests that run the platform are asked for by name, and need an engine."""

import pytest

from tests.live.running import missing_engine

ASK = "runs the platform for minutes: make live-ci, or pytest -m live"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what runs the platform unless its marker was asked for; without an engine say why it cannot."""
    asked = "live" in str(config.getoption("markexpr"))
    marked = [item for item in items if item.get_closest_marker("live") is not None]
    if not marked:
        return
    reason = missing_engine() if asked else ASK
    if reason is None:
        return
    for item in marked:
        item.add_marker(pytest.mark.skip(reason=reason))
