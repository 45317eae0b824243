from django.db import migrations

# Deletes rows and, before them, the rows that point to them, and so on. A table whose rows are sealed and which does not
# allow disposal refuses, and with it the whole disposal. Called by the database's disposal function alone.
FORGET = """
CREATE FUNCTION ledger_forget(target regclass, key name, doomed text[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    link record;
    below text[];
    type text := (SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = target AND attname = key);
BEGIN
    FOR link IN
        SELECT c.conrelid::regclass AS child, a.attname AS points, p.attname AS child_key
        FROM pg_constraint c
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
        JOIN pg_index i ON i.indrelid = c.conrelid AND i.indisprimary
        JOIN pg_attribute p ON p.attrelid = c.conrelid AND p.attnum = i.indkey[0]
        WHERE c.contype = 'f' AND c.confrelid = target
    LOOP
        EXECUTE format('SELECT array_agg(%I::text) FROM %s WHERE %I = ANY ($1::%s[])',
                       link.child_key, link.child, link.points, type) INTO below USING doomed;
        IF below IS NOT NULL THEN
            PERFORM ledger_forget(link.child, link.child_key, below);
        END IF;
    END LOOP;
    EXECUTE format('DELETE FROM %s WHERE %I = ANY ($1::%s[])', target, key, type) USING doomed;
END $$;
REVOKE ALL ON FUNCTION ledger_forget FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0006_guard_the_log_and_let_disposal_delete")]
    operations = [migrations.RunSQL(FORGET, "DROP FUNCTION ledger_forget")]
