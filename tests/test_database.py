"""That tests run where and as whom they should: on a test database, as the role that may not change sealed rows."""

import pytest
from django.db import ProgrammingError, connection, transaction


def test_tests_use_a_test_database_as_the_runtime_role(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_database(), tableowner = current_user FROM pg_tables WHERE tablename = 'accounts_user'"
        )
        name, is_owner = cursor.fetchone()
    assert name.startswith("test_")
    assert not is_owner


def test_the_runtime_role_may_not_change_tables(db: None) -> None:
    with pytest.raises(ProgrammingError, match="must be owner"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_accessevent DISABLE TRIGGER ALL")


@pytest.mark.parametrize(("setting", "value"), [("log_min_error_statement", "panic"), ("log_error_verbosity", "terse")])
def test_the_server_logs_no_words_of_a_statement_that_failed(db: None, setting: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [setting])
        assert cursor.fetchone() == (value,)
