from django.db import migrations


def forget_the_old_schedule(apps, schema_editor):
    """Beat keeps its entries in the database: without this it would go on asking for a task that is no more."""
    task = apps.get_model("django_celery_beat", "PeriodicTask")
    task.objects.using(schema_editor.connection.alias).filter(task="infoshare.outbox.tasks.tidy").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0009_let_old_notes_of_reads_and_exports_go"),
        ("django_celery_beat", "0019_alter_periodictasks_options"),
    ]
    operations = [migrations.RunPython(forget_the_old_schedule, migrations.RunPython.noop)]
