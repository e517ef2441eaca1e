"""A client, the names other systems know him by, and who has held him when."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clientarium.decisions.people.models import Seller

from ..choices import HoldingCause


class Client(models.Model):
    """Who buys: a group of legal entities or a person. Null means unknown; no text is ever empty."""

    name = models.CharField(_("name"), max_length=300)
    search_name = models.CharField(max_length=300, db_index=True, editable=False)
    code = models.CharField(_("code"), max_length=100, null=True, blank=True, db_index=True)
    inn = models.CharField(_("INN"), max_length=20, null=True, blank=True, db_index=True)
    kpp = models.CharField(_("KPP"), max_length=20, null=True, blank=True)
    city = models.CharField(_("city"), max_length=200, null=True, blank=True)
    segment = models.CharField(_("segment"), max_length=200, null=True, blank=True)
    holder = models.ForeignKey(Seller, null=True, blank=True, on_delete=models.PROTECT, related_name="clients")
    is_stopped = models.BooleanField(_("on the stop list"), default=False)
    has_bad_review = models.BooleanField(_("left a bad review"), default=False)
    fields = models.JSONField(default=dict, blank=True)
    created_import = models.CharField(max_length=64, null=True, blank=True, db_index=True)
    created_on = models.DateField(_("created on"), default=timezone.localdate)
    # The root of the family of merged cards this one belongs to; null: he is a client of his own.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="aliases", db_index=False
    )
    # word → the alias whose value stands here because the own one is unknown; null: a person emptied it for good.
    borrowed = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="client_has_name"),
            models.CheckConstraint(
                condition=~(Q(code="") | Q(inn="") | Q(kpp="") | Q(city="") | Q(segment="")),
                name="client_unknown_is_null",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="client_merged_into_another"
            ),
        ]
        # Of aliases only: SQLite would look up by a whole index the million clients who are merged into nobody.
        indexes = [
            models.Index(fields=["city"], name="client_by_city"),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="client_alias_of"),
        ]

    def __str__(self) -> str:
        return self.name


class SourceKey(models.Model):
    """(source, key) → client. `by_name` keys are names; `is_reused`: a later import met the key, too."""

    source = models.CharField(max_length=100)
    key = models.CharField(max_length=300)
    name_key = models.CharField(max_length=300)
    by_name = models.BooleanField(default=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="source_keys")
    import_id = models.CharField(max_length=64, null=True, db_index=True)
    is_reused = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="source_key_once")]
        indexes = [models.Index(fields=["source", "name_key"], name="source_key_by_name")]

    def __str__(self) -> str:
        return f"{self.source}: {self.key}"


class Holding(models.Model):
    """`seller` held `client` from first_day to last_day, both included; open while last_day is null."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="holdings")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="holdings")
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    cause = models.CharField(max_length=10, choices=HoldingCause.choices)
    reason = models.TextField(default="", blank=True)
    import_id = models.CharField(max_length=64, null=True, db_index=True)

    class Meta:
        ordering = ["-first_day", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(last_day__isnull=True), name="one_open_holding_per_client"
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")), name="holding_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(cause__in=HoldingCause.values), name="holding_cause_is_known"),
        ]
        # Whom people handed over lately, among the millions that came with the files.
        indexes = [
            models.Index(
                fields=["first_day"],
                condition=Q(last_day__isnull=True, cause=HoldingCause.PERSON),
                name="holding_handed_over",
            )
        ]

    def __str__(self) -> str:
        return f"{self.seller} {self.first_day}…{self.last_day or ''}"
