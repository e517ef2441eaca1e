import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clients", "0001_clients"),
        ("people", "0001_people"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("as_of", models.DateField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("opened_at", models.DateTimeField(null=True)),
                ("waiting", models.PositiveIntegerField(default=0)),
                ("held_back", models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="days", to="people.seller"
                    ),
                ),
            ],
            options={
                "ordering": ["-on", "seller"],
                "constraints": [models.UniqueConstraint(fields=("seller", "on"), name="day_once_per_seller")],
            },
        ),
        migrations.CreateModel(
            name="HoldOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seed", models.BigIntegerField()),
                ("share", models.FloatField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("reason", models.TextField()),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("stopped_at", models.DateTimeField(null=True)),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "stopped_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-first_day", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("share__gt", 0), ("share__lte", 0.2)), name="hold_out_is_small"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))), name="hold_out_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stopped_at__isnull", True), ("stopped_by__isnull", True)),
                            models.Q(("stopped_at__isnull", False), ("stopped_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="hold_out_stopped_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HoldOutClient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clients.client"
                    ),
                ),
                (
                    "hold_out",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clients", to="contacts.holdout"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("hold_out", "client"), name="hold_out_client_once")],
            },
        ),
        migrations.CreateModel(
            name="Touch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="day")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("call", "Call"),
                            ("letter", "Letter"),
                            ("meeting", "Meeting"),
                            ("message", "Message"),
                            ("visit", "Visit"),
                        ],
                        default="call",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("out", "We to the client"), ("in", "The client to us")],
                        default="out",
                        max_length=3,
                        verbose_name="direction",
                    ),
                ),
                (
                    "minutes",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=6, null=True, verbose_name="minutes"),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("reached", "Spoke, no order yet"),
                            ("ordered", "Ordered"),
                            ("quote_sent", "Quote sent"),
                            ("call_later", "Asked to call later"),
                            ("refused", "He refused"),
                            ("no_answer", "No answer"),
                            ("wrong_number", "Wrong number"),
                        ],
                        max_length=12,
                        verbose_name="result",
                    ),
                ),
                (
                    "refusal_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("just_bought", "Bought only just now"),
                            ("no_need", "No need at the moment"),
                            ("price", "The price"),
                            ("terms", "Delivery or payment terms"),
                            ("stock", "We did not have the goods"),
                            ("quality", "Quality or service"),
                            ("competitor", "Buys from another supplier"),
                            ("no_money", "No money"),
                            ("closed", "Closed or changed business"),
                            ("other", "Something else (see the comment)"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("comment", models.TextField(blank=True, default="", verbose_name="comment")),
                ("next_on", models.DateField(blank=True, null=True, verbose_name="next contact on")),
                (
                    "no_next_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("by_rhythm", "Call when his rhythm says so"),
                            ("client_comes", "He will come himself"),
                            ("asked_not_to", "Asked not to be called"),
                            ("not_ours", "Not our client"),
                            ("closed", "Closed or changed business"),
                            ("passed_on", "Passed to a colleague"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("forecast", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="touches", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="touches", to="clients.client"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="touches",
                        to="clients.contact",
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="contacts.touch",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="touches",
                        to="people.seller",
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
                "ordering": ["-on", "-id"],
                "indexes": [
                    models.Index(fields=["client", "-on"], name="touch_of_client"),
                    models.Index(fields=["seller", "on"], name="touch_of_seller_day"),
                    models.Index(fields=["next_on"], name="touch_agreed_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["call", "letter", "meeting", "message", "visit"])),
                        name="touch_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("direction__in", ["out", "in"])), name="touch_direction_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "result__in",
                                [
                                    "reached",
                                    "ordered",
                                    "quote_sent",
                                    "call_later",
                                    "refused",
                                    "no_answer",
                                    "wrong_number",
                                ],
                            )
                        ),
                        name="touch_result_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "no_next_reason__in",
                                ["", "by_rhythm", "client_comes", "asked_not_to", "not_ours", "closed", "passed_on"],
                            )
                        ),
                        name="touch_no_next_reason_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("result__in", ("reached", "ordered", "quote_sent", "call_later", "refused")),
                                _negated=True,
                            ),
                            ("next_on__isnull", False),
                            models.Q(("no_next_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="touch_agrees_next_date_or_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("next_on__isnull", True), ("no_next_reason", ""), _connector="OR"),
                        name="touch_has_date_or_reason_not_both",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result__in", ("call_later",)), _negated=True),
                            ("next_on__isnull", False),
                            _connector="OR",
                        ),
                        name="touch_later_means_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "refusal_reason__in",
                                    [
                                        "just_bought",
                                        "no_need",
                                        "price",
                                        "terms",
                                        "stock",
                                        "quality",
                                        "competitor",
                                        "no_money",
                                        "closed",
                                        "other",
                                    ],
                                ),
                                ("result", "refused"),
                            ),
                            models.Q(models.Q(("result", "refused"), _negated=True), ("refusal_reason", "")),
                            _connector="OR",
                        ),
                        name="touch_refusal_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_on__isnull", True), ("next_on__gte", models.F("on")), _connector="OR"
                        ),
                        name="touch_next_is_not_past",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__isnull", True), ("minutes__gte", 0), _connector="OR"),
                        name="touch_minutes_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="touch_undone_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("rank", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("agreed", "Agreed with the client"),
                            ("quote", "Quote waits for an answer"),
                            ("due", "Usually orders about now"),
                            ("overdue", "The order is late"),
                            ("second_purchase", "Bought once: lead to the second purchase"),
                            ("anchor_silent", "An anchor keeps silent"),
                            ("thrown_away", "Thrown away after mistimed calls"),
                        ],
                        max_length=16,
                    ),
                ),
                ("value", models.FloatField(null=True)),
                ("reason", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("forecast", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("is_held_out", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField(null=True)),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="planned_calls", to="clients.client"
                    ),
                ),
                (
                    "day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calls", to="contacts.dayplan"
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.seller"
                    ),
                ),
                (
                    "agreed_in",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="promised_calls",
                        to="contacts.touch",
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="planned_calls",
                        to="contacts.touch",
                    ),
                ),
            ],
            options={
                "ordering": ["rank", "id"],
                "indexes": [
                    models.Index(fields=["seller", "on", "rank"], name="call_of_seller_day"),
                    models.Index(fields=["client", "-on"], name="call_of_client"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("day", "client"), name="call_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "agreed",
                                    "quote",
                                    "due",
                                    "overdue",
                                    "second_purchase",
                                    "anchor_silent",
                                    "thrown_away",
                                ],
                            )
                        ),
                        name="call_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_held_out", False), ("outcome__isnull", True), _connector="OR"),
                        name="call_held_out_has_no_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[("phone", "Phone"), ("email", "E-mail"), ("person", "Contact person")], max_length=8
                    ),
                ),
                (
                    "finding",
                    models.CharField(
                        choices=[("confirmed", "Confirmed"), ("changed", "Changed"), ("wrong", "Wrong")], max_length=10
                    ),
                ),
                ("value", models.CharField(blank=True, default="", max_length=200)),
                ("on", models.DateField()),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="verifications", to="clients.client"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="verifications",
                        to="clients.contact",
                    ),
                ),
                (
                    "touch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verifications",
                        to="contacts.touch",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "indexes": [models.Index(fields=["client", "what", "-at"], name="verification_of_client")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what__in", ["phone", "email", "person"])),
                        name="verification_of_known_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("finding__in", ["confirmed", "changed", "wrong"])),
                        name="verification_finding_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feeds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("user",),
                        name="calendar_one_open_per_user",
                    )
                ],
            },
        ),
    ]
