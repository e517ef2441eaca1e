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
    ]

    operations = [
        migrations.CreateModel(
            name="MonthPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(unique=True)),
                (
                    "top_down",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=24, null=True, verbose_name="the firm’s figure"
                    ),
                ),
                (
                    "spread",
                    models.CharField(
                        choices=[
                            ("even", "Evenly"),
                            ("weight", "By what their clients bring"),
                            ("potential", "By the room to grow"),
                        ],
                        default="weight",
                        max_length=10,
                    ),
                ),
                ("as_of", models.DateField(null=True)),
                ("approved_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-month"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("spread__in", ["even", "weight", "potential"])), name="plan_spread_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", True), ("approved_by__isnull", True), ("as_of__isnull", True)
                            ),
                            models.Q(
                                ("approved_at__isnull", False), ("approved_by__isnull", False), ("as_of__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="plan_approved_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GrowthStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("margin", models.DecimalField(decimal_places=4, max_digits=24, verbose_name="margin more")),
                ("step", models.CharField(blank=True, default="", max_length=300, verbose_name="step")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seller"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="plans.monthplan"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["plan", "seller"], name="plan_step_by_seller")],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "client", "seller"), name="plan_step_once"),
                    models.CheckConstraint(condition=models.Q(("margin__gte", 0)), name="plan_step_is_no_loss"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("orders", models.FloatField()),
                ("margin", models.FloatField()),
                ("variance", models.FloatField()),
                ("is_assumed", models.BooleanField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="plans.monthplan",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.seller",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["plan", "seller", "-margin"], name="plan_line_by_seller")],
                "constraints": [models.UniqueConstraint(fields=("plan", "client"), name="plan_line_once_per_client")],
            },
        ),
        migrations.CreateModel(
            name="SellerOverride",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("margin", models.DecimalField(decimal_places=4, max_digits=24)),
                ("computed", models.DecimalField(decimal_places=4, max_digits=24)),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="overrides", to="plans.monthplan"
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seller"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "seller"), name="plan_override_once_per_seller"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="plan_override_has_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SellerPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clients", models.PositiveIntegerField()),
                ("buyers", models.PositiveIntegerField()),
                ("assumed", models.PositiveIntegerField()),
                ("orders", models.FloatField()),
                ("margin", models.FloatField()),
                ("low", models.FloatField()),
                ("high", models.FloatField()),
                ("growth", models.FloatField()),
                ("winback", models.FloatField()),
                ("winback_clients", models.PositiveIntegerField()),
                ("newcomer", models.FloatField()),
                ("share", models.FloatField(null=True)),
                ("target", models.FloatField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sellers", to="plans.monthplan"
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seller"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "seller"), name="plan_once_per_seller"),
                    models.CheckConstraint(
                        condition=models.Q(("buyers__lte", models.F("clients"))), name="plan_buyers_are_clients"
                    ),
                ],
            },
        ),
    ]
