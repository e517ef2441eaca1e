"""Legal entities of clients, merged cards, and pairs that look like one client."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

ROWS_PER_INSERT = 5_000


def entities_of_cards(apps, _schema_editor):
    """Every card with an INN is a legal entity."""
    cards = apps.get_model("clients", "Client").objects.filter(inn__isnull=False).order_by("pk")
    entity = apps.get_model("clients", "LegalEntity")
    made = []
    for pk, name, inn, kpp, import_id in cards.values_list("pk", "name", "inn", "kpp", "created_import").iterator():
        made.append(entity(client_id=pk, name=name, inn=inn, kpp=kpp, import_id=import_id))
        if len(made) == ROWS_PER_INSERT:
            entity.objects.bulk_create(made)
            made = []
    entity.objects.bulk_create(made)


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0001_clients"),
        ("people", "0001_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DuplicatePair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("probability", models.FloatField()),
                ("weight", models.FloatField(default=0.0)),
                ("is_sure", models.BooleanField(default=False)),
                ("reasons", models.JSONField(default=list)),
                ("found_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("run_id", models.BigIntegerField(null=True)),
            ],
            options={
                "ordering": ["-probability", "pk"],
            },
        ),
        migrations.CreateModel(
            name="LegalEntity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("inn", models.CharField(blank=True, db_index=True, max_length=20, null=True, verbose_name="INN")),
                ("kpp", models.CharField(blank=True, max_length=20, null=True, verbose_name="KPP")),
                ("ogrn", models.CharField(blank=True, db_index=True, max_length=20, null=True, verbose_name="OGRN")),
                ("address", models.TextField(blank=True, null=True, verbose_name="address")),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("active", "Active"),
                            ("liquidating", "Being liquidated"),
                            ("liquidated", "Liquidated"),
                            ("bankrupt", "Bankrupt"),
                            ("reorganising", "Being reorganised"),
                        ],
                        max_length=16,
                        null=True,
                        verbose_name="status",
                    ),
                ),
                ("status_on", models.DateField(blank=True, null=True, verbose_name="status as of")),
                (
                    "status_source",
                    models.CharField(blank=True, default="", max_length=100, verbose_name="where the status is from"),
                ),
                ("import_id", models.CharField(db_index=True, max_length=64, null=True)),
            ],
            options={
                "ordering": ["client", "id"],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cause",
                    models.CharField(choices=[("rule", "by the rule"), ("person", "by a person")], max_length=10),
                ),
                ("probability", models.FloatField(null=True)),
                ("reasons", models.JSONField(default=list)),
                ("merged_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_reason", models.TextField(blank=True, default="")),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="MergeRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "merges_sure",
                    models.BooleanField(default=False, verbose_name="merge sure duplicates without asking"),
                ),
                ("sure_from", models.FloatField(default=0.999, verbose_name="sure from this probability on")),
                ("asks_from", models.FloatField(default=0.5, verbose_name="ask from this probability on")),
                (
                    "looks_after_imports",
                    models.BooleanField(default=True, verbose_name="look for duplicates after every import"),
                ),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="NotDuplicate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.TextField(blank=True, default="")),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="client",
            name="borrowed",
            field=models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="client",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="aliases",
                to="clients.client",
            ),
        ),
        migrations.AddIndex(
            model_name="client",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)), fields=["merged_into"], name="client_alias_of"
            ),
        ),
        migrations.AddConstraint(
            model_name="client",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="client_merged_into_another",
            ),
        ),
        migrations.AddField(
            model_name="duplicatepair",
            name="a",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"),
        ),
        migrations.AddField(
            model_name="duplicatepair",
            name="b",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"),
        ),
        migrations.AddField(
            model_name="legalentity",
            name="client",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="legal_entities", to="clients.client"
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="alias",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="merges_of_alias", to="clients.client"
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="into",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="merges_into", to="clients.client"
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="undone_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="mergerule",
            name="set_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="notduplicate",
            name="a",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"),
        ),
        migrations.AddField(
            model_name="notduplicate",
            name="b",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"),
        ),
        migrations.AddField(
            model_name="notduplicate",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicatepair",
            constraint=models.UniqueConstraint(fields=("a", "b"), name="duplicate_pair_once"),
        ),
        migrations.AddConstraint(
            model_name="duplicatepair",
            constraint=models.CheckConstraint(
                condition=models.Q(("a__lt", models.F("b"))), name="duplicate_pair_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicatepair",
            constraint=models.CheckConstraint(
                condition=models.Q(("probability__gte", 0), ("probability__lte", 1)),
                name="duplicate_probability_is_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalentity",
            constraint=models.UniqueConstraint(
                condition=models.Q(("inn__isnull", False), ("kpp__isnull", False)),
                fields=("client", "inn", "kpp"),
                name="legal_branch_once_per_client",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalentity",
            constraint=models.UniqueConstraint(
                condition=models.Q(("inn__isnull", False), ("kpp__isnull", True)),
                fields=("client", "inn"),
                name="legal_entity_once_per_client",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalentity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("name", ""),
                    ("inn", ""),
                    ("kpp", ""),
                    ("ogrn", ""),
                    ("address", ""),
                    _connector="OR",
                    _negated=True,
                ),
                name="legal_unknown_is_null",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalentity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__isnull", True),
                    ("status__in", ["active", "liquidating", "liquidated", "bankrupt", "reorganising"]),
                    _connector="OR",
                ),
                name="legal_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="legalentity",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__isnull", True), ("status_on__isnull", False), _connector="OR"),
                name="legal_status_has_a_day",
            ),
        ),
        migrations.AddIndex(
            model_name="merge",
            index=models.Index(condition=models.Q(("undone_at__isnull", True)), fields=["into"], name="merge_in_force"),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)), fields=("alias",), name="one_merge_in_force_per_alias"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("alias", models.F("into")), _negated=True), name="merge_of_two_cards"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("cause__in", ["rule", "person"])), name="merge_cause_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="mergerule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("asks_from__gte", 0), ("asks_from__lte", models.F("sure_from")), ("sure_from__lte", 1)
                ),
                name="merge_rule_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="notduplicate",
            constraint=models.UniqueConstraint(fields=("a", "b"), name="not_duplicate_once"),
        ),
        migrations.AddConstraint(
            model_name="notduplicate",
            constraint=models.CheckConstraint(
                condition=models.Q(("a__lt", models.F("b"))), name="not_duplicate_in_order"
            ),
        ),
        migrations.RunPython(entities_of_cards, migrations.RunPython.noop),
    ]
