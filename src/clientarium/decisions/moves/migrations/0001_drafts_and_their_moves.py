import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0003_client_city_index"),
        ("people", "0001_people"),
        ("people", "__first__"),
        ("runs", "0004_balance_runs"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(blank=True, default="", max_length=200, verbose_name="name")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("making", "is being computed"),
                            ("ready", "to be looked at"),
                            ("approved", "approved"),
                            ("applied", "applied"),
                            ("undone", "taken back"),
                            ("dropped", "thrown away"),
                            ("failed", "not computed"),
                        ],
                        default="making",
                        max_length=10,
                    ),
                ),
                ("asked", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("figures", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("holdings", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("as_of", models.DateField(null=True)),
                ("reason", models.TextField(blank=True, default="")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("approved_at", models.DateTimeField(null=True)),
                ("applied_at", models.DateTimeField(null=True)),
                ("applied_on", models.DateField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("tasks", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                (
                    "applied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "remade_from",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="remade_as",
                        to="moves.draft",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="runs.run"
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
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["making", "ready", "approved", "applied", "undone", "dropped", "failed"])
                        ),
                        name="moves_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="moves_approved_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["applied", "undone"]), _negated=True),
                            models.Q(
                                ("applied_at__isnull", False),
                                ("applied_by__isnull", False),
                                ("applied_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="moves_applied_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "undone"), _negated=True),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="moves_undone_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_edited", models.BooleanField(default=False)),
                ("margin", models.FloatField(default=0)),
                ("hours", models.FloatField(default=0)),
                ("plan", models.FloatField(null=True)),
                ("gain", models.FloatField(default=0)),
                ("cost", models.FloatField(null=True)),
                ("reasons", models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("edit_reason", models.TextField(blank=True, default="")),
                ("kept", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                (
                    "before",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seller"
                    ),
                ),
                (
                    "chosen",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seller"
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="moves.draft"
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seller"
                    ),
                ),
            ],
            options={
                "ordering": ["-margin", "pk"],
                "indexes": [
                    models.Index(fields=["draft", "-margin", "id"], name="moves_by_margin"),
                    models.Index(fields=["draft", "chosen"], name="moves_by_seller"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "client"), name="moves_client_once_per_draft"),
                    models.CheckConstraint(
                        condition=models.Q(("is_edited", False), ("edited_by__isnull", False), _connector="OR"),
                        name="moves_edited_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Portfolio",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clients", models.PositiveIntegerField(default=0)),
                ("margin", models.FloatField(default=0)),
                ("hours", models.FloatField(default=0)),
                ("plan", models.FloatField(null=True)),
                ("ceiling", models.PositiveIntegerField(null=True)),
                ("hours_month", models.FloatField(null=True)),
                ("price", models.FloatField(default=0)),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="portfolios", to="moves.draft"
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seller"
                    ),
                ),
            ],
            options={
                "ordering": ["seller__name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "seller"), name="moves_seller_once_per_draft")
                ],
            },
        ),
    ]
