import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReceivedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(max_length=255)),
                ("size", models.BigIntegerField()),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("import", "Import"), ("undo_import", "Undo of an import"), ("pulse", "Pulse")],
                        max_length=32,
                    ),
                ),
                ("arguments", models.JSONField(default=dict)),
                ("lane", models.CharField(max_length=32, null=True)),
                ("unique_key", models.CharField(max_length=128, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=16,
                    ),
                ),
                ("phase", models.CharField(blank=True, default="", max_length=128)),
                ("done", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField(default=0)),
                ("steps", models.JSONField(default=list)),
                ("message", models.JSONField(null=True)),
                ("result", models.JSONField(null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("token", models.BigIntegerField(default=0)),
                ("worker", models.CharField(blank=True, default="", max_length=128)),
                ("lease_until", models.DateTimeField(null=True)),
                ("cancel_requested", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("started_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["state", "id"], name="runs_queue")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")), fields=("lane",), name="runs_one_per_lane"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "queued")), fields=("unique_key",), name="runs_one_waiting_per_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "running"), _negated=True),
                            ("lease_until__isnull", False),
                            _connector="OR",
                        ),
                        name="runs_running_has_a_lease",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("import_id", models.CharField(max_length=32, unique=True)),
                ("kind", models.CharField(max_length=32)),
                ("part", models.CharField(blank=True, default="", max_length=255)),
                ("source", models.CharField(max_length=64)),
                ("layout", models.JSONField()),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("append", "Add to what is there"),
                            ("replace", "Replace the period"),
                            ("upsert", "Replace documents that come again"),
                        ],
                        max_length=16,
                        null=True,
                    ),
                ),
                ("replace_first_on", models.DateField(null=True)),
                ("replace_last_on", models.DateField(null=True)),
                ("forced", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("loading", "Loading"),
                            ("loaded", "Loaded"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                            ("undone", "Undone"),
                        ],
                        default="waiting",
                        max_length=16,
                    ),
                ),
                ("rows_read", models.BigIntegerField(null=True)),
                ("accepted", models.BigIntegerField(null=True)),
                ("refused", models.BigIntegerField(null=True)),
                ("skipped", models.BigIntegerField(null=True)),
                ("skipped_reasons", models.JSONField(default=dict)),
                ("totals", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
                ("first_on", models.DateField(null=True)),
                ("last_on", models.DateField(null=True)),
                ("clients_created", models.BigIntegerField(null=True)),
                ("clients_matched", models.BigIntegerField(null=True)),
                ("refused_path", models.CharField(blank=True, default="", max_length=255)),
                ("ledger_version", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("loaded_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="imports", to="runs.receivedfile"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="imports", to="runs.run"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["source", "kind", "state"], name="runs_import_source")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("forced", False), ("state__in", ("waiting", "loading", "loaded"))),
                        fields=("file", "kind", "part"),
                        name="runs_file_loaded_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "loaded"), _negated=True), ("loaded_at__isnull", False), _connector="OR"
                        ),
                        name="runs_loaded_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "undone"), _negated=True), ("undone_at__isnull", False), _connector="OR"
                        ),
                        name="runs_undone_has_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedLayout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("fingerprint", models.CharField(db_index=True, max_length=64)),
                ("layout", models.JSONField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=32)),
                ("day", models.DateField()),
                (
                    "run",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="runs.run"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("name", "day"), name="runs_once_per_day")],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_of", models.DateField(unique=True)),
                ("ledger_version", models.BigIntegerField()),
                ("definitions_hash", models.CharField(max_length=64)),
                ("standing_hash", models.CharField(max_length=64)),
                ("program_version", models.CharField(max_length=64)),
                ("engine", models.CharField(max_length=16)),
                ("content_hash", models.CharField(max_length=64)),
                ("rows", models.BigIntegerField()),
                ("made_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                ("is_published", models.BooleanField(default=False)),
                ("is_backdated", models.BooleanField(default=False)),
                (
                    "run",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="snapshots", to="runs.run"
                    ),
                ),
            ],
            options={
                "ordering": ["-as_of"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_published", True)),
                        fields=("is_published",),
                        name="runs_one_published_snapshot",
                    )
                ],
            },
        ),
    ]
