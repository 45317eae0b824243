"""SQL for migrations: triggers that refuse UPDATE, DELETE and TRUNCATE on a table, even to its owner.

ENABLE ALWAYS keeps them firing under session_replication_role = replica. Words of the refusal are shown to nobody but
whoever tried it in SQL.
"""

from django.db.migrations.operations import RunSQL

REFUSE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are sealed: they can be added to, never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""


def refusal_function() -> RunSQL:
    return RunSQL(REFUSE, "DROP FUNCTION refuse_change()")


def protect(table: str) -> RunSQL:
    """The two triggers on one table. `refusal_function` must have run before."""
    forward = f"""
    CREATE TRIGGER sealed_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER sealed_table BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    ALTER TABLE {table} ENABLE ALWAYS TRIGGER sealed_rows;
    ALTER TABLE {table} ENABLE ALWAYS TRIGGER sealed_table;
    """
    backward = f"DROP TRIGGER sealed_rows ON {table}; DROP TRIGGER sealed_table ON {table};"
    return RunSQL(forward, backward)
