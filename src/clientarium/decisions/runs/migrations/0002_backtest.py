"""What the backtests of the forecast found."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("runs", "0001_queue_files_imports")]

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
                ],
                max_length=32,
            ),
        ),
        migrations.CreateModel(
            name="Backtest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_of", models.DateField()),
                ("ledger_version", models.BigIntegerField()),
                ("sales_rows", models.BigIntegerField()),
                ("report", models.JSONField()),
                ("chosen", models.JSONField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="backtests",
                        to="runs.run",
                    ),
                ),
            ],
            options={"ordering": ["-made_at", "-pk"]},
        ),
    ]
