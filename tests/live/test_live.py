"""What `grade` predicts is what happens on a real engine, and `grade live` gives the same reason."""

import pytest

from tests.live.running import complaints, run_solution, run_variant
from tests.live.variants import Variant, variants

# one of each kind: an image's script, Kafka's clients, the data, an app's address, a log-in
SHORT = frozenset(
    {
        "app.mongodb-url/unknown-host",
        "kafka.advertised-listeners/localhost",
        "kafka.data-volume/parent-folder",
        "mysql-service.mysql-password/another-password",
        "mysql.root-password/not-there",
    }
)
ALL = [
    pytest.param(one, id=one.id, marks=(pytest.mark.live, *((pytest.mark.live_ci,) if one.id in SHORT else ())))
    for one in variants()
]


def test_the_short_selection_is_there() -> None:
    """Every name of the selection is a variant."""
    assert SHORT <= {one.id for one in variants()}


@pytest.mark.live
@pytest.mark.live_ci
def test_the_solution_is_proven() -> None:
    """An order reaches MySQL and survives `down` and `up`."""
    run = run_solution()

    assert [] == complaints(None, run)
    assert "proven" == run.live["status"]


@pytest.mark.parametrize("variant", ALL)
def test_a_fault_is_seen_where_it_was_predicted(variant: Variant) -> None:
    """The step that fails, the check that owns it and the sentence are those of the report about the file."""
    assert [] == complaints(variant, run_variant(variant))
