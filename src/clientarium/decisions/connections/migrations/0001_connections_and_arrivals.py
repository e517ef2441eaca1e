import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "__first__"),
        ("runs", "0003_more_kinds_of_runs"),
    ]

    operations = [
        migrations.CreateModel(
            name="Connection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=32)),
                ("title", models.CharField(max_length=200)),
                ("settings", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("secrets", models.TextField(blank=True, default="")),
                ("is_on", models.BooleanField(default=True)),
                ("place", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("looked_at", models.DateTimeField(null=True)),
                ("is_well", models.BooleanField(null=True)),
                ("message", models.JSONField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                "ordering": ["kind", "title"],
                "constraints": [
                    models.UniqueConstraint(fields=("title",), name="connection_title_once"),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="connection_has_title"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Arrival",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=300)),
                ("file_name", models.CharField(max_length=255)),
                ("sender", models.CharField(blank=True, default="", max_length=320)),
                ("subject", models.CharField(blank=True, default="", max_length=500)),
                ("reply", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("loading", "Being loaded"),
                            ("loaded", "Loaded"),
                            ("same", "Already loaded before"),
                            ("doubtful", "Waits for a person"),
                            ("refused", "Not loaded"),
                        ],
                        default="loading",
                        max_length=16,
                    ),
                ),
                ("message", models.JSONField(null=True)),
                ("arrived_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer_problem", models.JSONField(null=True)),
                (
                    "loading",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="arrivals",
                        to="runs.import",
                    ),
                ),
                (
                    "received",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="arrivals",
                        to="runs.receivedfile",
                    ),
                ),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="arrivals",
                        to="connections.connection",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("connection", "key"), name="arrival_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["loading", "loaded", "same", "doubtful", "refused"])),
                        name="arrival_state_is_known",
                    ),
                ],
            },
        ),
    ]
