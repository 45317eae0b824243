from django.db import migrations

# After a restore, what was disposed of meanwhile is back, and its certificate is of another transaction. Only the tables'
# owner has the right to delete, and even for the owner only what some certificate names may go.
GUARD = """
CREATE OR REPLACE FUNCTION refuse_unless_disposed() RETURNS trigger LANGUAGE plpgsql AS $$
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
    /*replay*/
    RAISE EXCEPTION 'rows of % are sealed: never changed, and deleted only by disposal', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""
REPLAY = """
    IF TG_OP = 'DELETE' AND current_setting('infoshare.replays', true) = 'on' AND EXISTS (
        SELECT FROM ledger_certificate WHERE words::jsonb -> TG_ARGV[1] ? named
    ) THEN
        RETURN OLD;
    END IF;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_forget_rows_at_disposal")]
    operations = [migrations.RunSQL(GUARD.replace("/*replay*/", REPLAY), GUARD.replace("/*replay*/", ""))]
