import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_people"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Client",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("search_name", models.CharField(db_index=True, editable=False, max_length=300)),
                ("code", models.CharField(blank=True, db_index=True, max_length=100, null=True, verbose_name="code")),
                ("inn", models.CharField(blank=True, db_index=True, max_length=20, null=True, verbose_name="INN")),
                ("kpp", models.CharField(blank=True, max_length=20, null=True, verbose_name="KPP")),
                ("city", models.CharField(blank=True, max_length=200, null=True, verbose_name="city")),
                ("segment", models.CharField(blank=True, max_length=200, null=True, verbose_name="segment")),
                ("is_stopped", models.BooleanField(default=False, verbose_name="on the stop list")),
                ("has_bad_review", models.BooleanField(default=False, verbose_name="left a bad review")),
                ("fields", models.JSONField(blank=True, default=dict)),
                ("created_import", models.CharField(blank=True, db_index=True, max_length=64, null=True)),
                ("created_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="created on")),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clients",
                        to="people.seller",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="client_has_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code", ""),
                            ("inn", ""),
                            ("kpp", ""),
                            ("city", ""),
                            ("segment", ""),
                            _connector="OR",
                            _negated=True,
                        ),
                        name="client_unknown_is_null",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CardChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("import_id", models.CharField(max_length=64)),
                ("field", models.CharField(max_length=60)),
                ("before", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                ("after", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="card_changes", to="clients.client"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("import_id", "client", "field"), name="card_change_once_per_import")
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("phone", "Phone"), ("email", "E-mail")], max_length=10)),
                ("value", models.CharField(max_length=200, verbose_name="value")),
                ("normalised", models.CharField(db_index=True, max_length=200)),
                ("person", models.CharField(blank=True, default="", max_length=200, verbose_name="contact person")),
                ("import_id", models.CharField(db_index=True, max_length=64, null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="clients.client"
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("client", "kind", "normalised"), name="contact_once_per_client"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["phone", "email"])), name="contact_kind_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("normalised", ""), _negated=True), name="contact_is_not_empty"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomField",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.CharField(
                        max_length=40,
                        unique=True,
                        validators=[django.core.validators.RegexValidator("^[a-z][a-z0-9_]{0,39}$")],
                        verbose_name="name in expressions",
                    ),
                ),
                ("title_ru", models.CharField(max_length=200, verbose_name="title in Russian")),
                ("title_en", models.CharField(blank=True, default="", max_length=200, verbose_name="title in English")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("text", "Text"),
                            ("number", "Number"),
                            ("date", "Date"),
                            ("choice", "One of a list"),
                            ("yes_no", "Yes or no"),
                        ],
                        max_length=10,
                        verbose_name="type",
                    ),
                ),
                ("choices", models.JSONField(blank=True, default=list, verbose_name="choices")),
                ("is_removed", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["title_ru", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("type__in", ["text", "number", "date", "choice", "yes_no"])),
                        name="field_type_is_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("title_ru", ""), _negated=True), name="field_has_title"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("import", "from a clients file"),
                            ("sales", "from sales"),
                            ("person", "by a decision"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                ("import_id", models.CharField(db_index=True, max_length=64, null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="holdings", to="clients.client"
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holdings", to="people.seller"
                    ),
                ),
            ],
            options={
                "ordering": ["-first_day", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("last_day__isnull", True)),
                        fields=("client",),
                        name="one_open_holding_per_client",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True), ("last_day__gte", models.F("first_day")), _connector="OR"
                        ),
                        name="holding_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cause__in", ["import", "sales", "person"])), name="holding_cause_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="note")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("edited_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="clients.client"
                    ),
                ),
            ],
            options={
                "ordering": ["-written_at", "-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="note_is_not_empty")
                ],
            },
        ),
        migrations.CreateModel(
            name="Segment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("expression", models.TextField(verbose_name="condition")),
                ("is_shared", models.BooleanField(default=False, verbose_name="shared")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="segments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "name"), name="segment_name_once_per_owner"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="segment_has_name"),
                    models.CheckConstraint(
                        condition=models.Q(("expression", ""), _negated=True), name="segment_has_expression"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=100)),
                ("key", models.CharField(max_length=300)),
                ("name_key", models.CharField(max_length=300)),
                ("by_name", models.BooleanField(default=False)),
                ("import_id", models.CharField(db_index=True, max_length=64, null=True)),
                ("is_reused", models.BooleanField(default=False)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="source_keys", to="clients.client"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["source", "name_key"], name="source_key_by_name")],
                "constraints": [models.UniqueConstraint(fields=("source", "key"), name="source_key_once")],
            },
        ),
        migrations.CreateModel(
            name="StateTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=32, unique=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[("building", "building"), ("current", "current"), ("past", "past")],
                        default="building",
                        max_length=10,
                    ),
                ),
                ("columns", models.JSONField(default=list)),
                ("as_of", models.DateField(null=True)),
                ("info", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stage", "current")), fields=("stage",), name="one_current_state"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["building", "current", "past"])), name="state_stage_is_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BareState",
            fields=[
                (
                    "client",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="clients.client",
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                ("search_name", models.CharField(max_length=300)),
                (
                    "holder",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.seller",
                    ),
                ),
            ],
            options={
                "db_table": "clients_state_bare",
            },
        ),
    ]
