import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0005_state_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("reprice", "Re-price"),
                            ("minimum", "Minimum order"),
                            ("self_service", "Self-service"),
                            ("fewer_touches", "Fewer touches"),
                            ("stop", "Stop working with them"),
                        ],
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="name")),
                ("condition", models.TextField()),
                ("as_of", models.DateField()),
                ("starts_on", models.DateField(verbose_name="from")),
                ("reason", models.TextField(verbose_name="reason")),
                ("assumptions", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("figures", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("by_lot", models.BooleanField(default=False)),
                ("clients", models.PositiveIntegerField()),
                ("sampled", models.PositiveIntegerField(default=0)),
                ("measured_of", models.PositiveIntegerField(default=0)),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "In force"), ("closed", "Finished"), ("dropped", "Taken back")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("outcome", models.TextField(blank=True, default="")),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-decided_at", "-pk"],
                "indexes": [models.Index(fields=["state", "decided_on"], name="release_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("step__in", ["reprice", "minimum", "self_service", "fewer_touches", "stop"])
                        ),
                        name="release_step_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "closed", "dropped"])), name="release_state_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="release_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "open"), ("ended_at__isnull", True), ("ended_by__isnull", True)),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="release_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleaseClient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[("group", "The group"), ("alike", "Clients like them")], default="group", max_length=10
                    ),
                ),
                ("pair", models.PositiveIntegerField(null=True)),
                ("is_same", models.BooleanField(null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="releases.release",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["release", "side", "pair"], name="release_pairs")],
                "constraints": [
                    models.UniqueConstraint(fields=("release", "client"), name="release_client_once"),
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["group", "alike"])), name="release_side_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("side", "group"), ("pair__isnull", False), _connector="OR"),
                        name="release_alike_has_pair",
                    ),
                ],
            },
        ),
    ]
