"""Runs that look for duplicates, check legal statuses and look for new files."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("runs", "0002_backtest")]

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
                ],
                max_length=32,
            ),
        ),
    ]
