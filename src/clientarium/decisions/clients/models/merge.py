"""Which cards are one client, which are not whatever they look like, and which still have to be looked at.

A merge is an overlay: no row of either card moves. Merges in force make a forest of cards; Client.merged_into of every
card in a tree is its root.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import MergeCause
from .client import Client


class Merge(models.Model):
    """`alias` is the same client as `into`; in force while undone_at is null."""

    alias = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="merges_of_alias")
    into = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="merges_into")
    cause = models.CharField(max_length=10, choices=MergeCause.choices)
    probability = models.FloatField(null=True)
    reasons = models.JSONField(default=list)
    merged_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_reason = models.TextField(default="", blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["alias"], condition=Q(undone_at__isnull=True), name="one_merge_in_force_per_alias"
            ),
            models.CheckConstraint(condition=~Q(alias=F("into")), name="merge_of_two_cards"),
            models.CheckConstraint(condition=Q(cause__in=MergeCause.values), name="merge_cause_is_known"),
        ]
        indexes = [models.Index(fields=["into"], condition=Q(undone_at__isnull=True), name="merge_in_force")]

    def __str__(self) -> str:
        return f"{self.alias} → {self.into}"


class NotDuplicate(models.Model):
    """Somebody has said that `a` and `b` (a < b) are two clients; nobody is asked again."""

    a = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    b = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(default="", blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["a", "b"], name="not_duplicate_once"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="not_duplicate_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.a} ≠ {self.b}"


class DuplicatePair(models.Model):
    """`a` and `b` (a < b) look like one client. `reasons`: [{field, left, right, agreement, weight}]."""

    a = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    b = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    probability = models.FloatField()
    weight = models.FloatField(default=0.0)
    is_sure = models.BooleanField(default=False)
    reasons = models.JSONField(default=list)
    found_at = models.DateTimeField(default=timezone.now)
    run_id = models.BigIntegerField(null=True)  # of the runs app, which stands above this one

    class Meta:
        ordering = ["-probability", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["a", "b"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="duplicate_pair_in_order"),
            models.CheckConstraint(
                condition=Q(probability__gte=0) & Q(probability__lte=1), name="duplicate_probability_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.a} ~ {self.b}"


class MergeRule(models.Model):
    """What the administrator has decided about merging; one row at most, and without it nobody is merged by itself."""

    merges_sure = models.BooleanField(_("merge sure duplicates without asking"), default=False)
    sure_from = models.FloatField(_("sure from this probability on"), default=0.999)
    asks_from = models.FloatField(_("ask from this probability on"), default=0.5)
    looks_after_imports = models.BooleanField(_("look for duplicates after every import"), default=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(asks_from__gte=0) & Q(asks_from__lte=F("sure_from")) & Q(sure_from__lte=1),
                name="merge_rule_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.sure_from} / {self.asks_from}"

    @property
    def sure_percent(self) -> str:
        return f"{self.sure_from:.6%}".removesuffix("%").rstrip("0").rstrip(".")

    @property
    def asks_percent(self) -> str:
        return f"{self.asks_from:.6%}".removesuffix("%").rstrip("0").rstrip(".")
