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


# A row may go if a certificate that names it was written in the same transaction: by the database's disposal function.
# Its arguments: the row's column, the certificate's list that must hold its value, and whether a key may be rewrapped.
UNLESS_DISPOSED = """
CREATE FUNCTION refuse_unless_disposed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE named text := to_jsonb(OLD) ->> TG_ARGV[0];
BEGIN
    IF TG_OP = 'UPDATE' AND TG_ARGV[2] = 'rewrap' AND to_jsonb(NEW) ->> TG_ARGV[0] = named THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT FROM ledger_certificate
        WHERE txid = pg_current_xact_id() AND words::jsonb -> TG_ARGV[1] ? named
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'rows of % are sealed: never changed, and deleted only by disposal', TG_TABLE_NAME
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


def disposable(table: str, column: str, listed: str, *, rewrap: bool = False) -> RunSQL:
    """Let disposal, and nothing else, delete rows of a protected table whose `column` the certificate lists."""
    arguments = f"'{column}', '{listed}', '{'rewrap' if rewrap else ''}'"
    forward = f"""
    DROP TRIGGER sealed_rows ON {table};
    CREATE TRIGGER sealed_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW
        EXECUTE FUNCTION refuse_unless_disposed({arguments});
    ALTER TABLE {table} ENABLE ALWAYS TRIGGER sealed_rows;
    """
    backward = f"""
    DROP TRIGGER sealed_rows ON {table};
    CREATE TRIGGER sealed_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change();
    ALTER TABLE {table} ENABLE ALWAYS TRIGGER sealed_rows;
    """
    return RunSQL(forward, backward)
