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
