from django.db import migrations

from infoshare.ledger.append_only import protect

# PostgreSQL turns 29 February into 28 February where it is missing; a record may never fall due early, so add the day.
COUNT = """
CREATE FUNCTION add_whole_years(day date, years integer) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (day + make_interval(years => years))::date
        + CASE WHEN extract(day FROM day) <> extract(day FROM day + make_interval(years => years)) THEN 1 ELSE 0 END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0001_rules_schedules_reviews_and_sweeps"),
        ("ledger", "0002_refuse_changes_to_sealed_documents"),
    ]
    operations = [
        migrations.RunSQL(COUNT, "DROP FUNCTION add_whole_years(date, integer)"),
        protect("retention_ruleversion"),
    ]
