"""Runs that draft a redistribution."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("runs", "0003_more_kinds_of_runs")]

    operations = [
        migrations.AlterField(
            model_name="run",
            name="kind",
            field=models.CharField(
                choices=[
                    ("import", "Import"),
                    ("undo_import", "Undo of an import"),
                    ("pulse", "Pulse"),
                    ("accuracy", "Check of the forecast"),
                    ("identity", "Search for duplicates"),
                    ("status_check", "Check of legal statuses"),
                    ("watch", "Look for new files"),
                    ("balance", "Draft of a redistribution"),
                ],
                max_length=32,
            ),
        ),
    ]
