"""A template cannot use a variable that its view forgot: pyproject.toml's FAIL_INVALID_TEMPLATE_VARS is at work."""

import pytest
from django.template import engines


def test_a_variable_that_is_not_there_fails_the_test() -> None:
    template = engines["django"].from_string("Dear {{ person.name }}")
    with pytest.raises(pytest.fail.Exception, match=r"person\.name"):
        template.render({})
