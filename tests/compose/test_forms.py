"""Single forms of a service, with what Docker Compose v2.40.3 says about them."""

from typing import Any

import pytest

from tests.compose.forms import answer_to, read_forms

_CASES = [(form, said) for topic in read_forms().values() for form, said in topic.items()]


@pytest.mark.parametrize(("form", "said"), _CASES, ids=[form for form, _ in _CASES])
def test_a_form_is_read_as_compose_reads_it(form: str, said: dict[str, Any]) -> None:
    """Verdict, warnings and the error's text agree."""
    assert said == answer_to(form)
