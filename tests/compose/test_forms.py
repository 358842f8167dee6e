"""Single forms of a service, with what Docker Compose v2.40.3 says about them."""

import pytest

from tests.compose.projects import loaded

_DECODING = "decoding failed due to the following error(s):\n\n"


@pytest.mark.parametrize(
    "form",
    [
        "{image: x, networks: [], network_mode: host}",
        "{image: x, networks: {}, network_mode: host}",
        "{image: x, storage_opt: {size: 1G}}",
        "{image: x, storage_opt: {size: 120}}",
        "{image: x, storage_opt: {size: }}",
        "{image: x, storage_opt: {size: !!binary aGk=}}",
        '{image: x, profiles: ["", b]}',
        '{image: x, ports: [":443:443"]}',
    ],
)
def test_a_form_is_accepted(form: str) -> None:
    """What Compose takes is taken."""
    assert [] == loaded(f"services:\n  app: {form}\n").refusals


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("2024-01-01", "time.Time"),
        ("true", "bool"),
        ("1.5", "float64"),
        ("[1]", "[]interface {}"),
        ("{a: 1}", "map[string]interface {}"),
    ],
)
def test_an_option_that_is_no_text_is_refused(value: str, kind: str) -> None:
    """The message is that of Compose's decoder, which names Go's types."""
    project = loaded(f"services:\n  app:\n    image: x\n    storage_opt: {{size: {value}}}\n")

    told = f"'services[app].storage_opt[size]' expected type 'string', got unconvertible type '{kind}'"
    assert [_DECODING + told] == [refusal.message for refusal in project.refusals]
