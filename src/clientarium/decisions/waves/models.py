"""A keep-wave: from when to when sellers choose, what they marked, and what it came to for each client."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clientarium.decisions.clients.models import Client
from clientarium.decisions.people.models import Seller

from .choices import Fate, WaveState


class Wave(models.Model):
    """Marks are taken from opened_on to closes_on, both included; from `approved_on` nobody holds the unmarked."""

    opened_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"))
    rule = models.TextField(_("what is asked"), default="", blank=True)
    state = models.CharField(max_length=10, choices=WaveState.choices, default=WaveState.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_on = models.DateField(null=True)
    approved_on = models.DateField(null=True)

    class Meta:
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="open"), name="one_open_wave"),
            models.CheckConstraint(condition=Q(state__in=WaveState.values), name="wave_state_is_known"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opened_on")), name="wave_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.opened_on:%d.%m.%Y} — {self.closes_on:%d.%m.%Y}"


class Choice(models.Model):
    """A seller's mark on a client while the wave is open; it counts only while he holds the client."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="choices")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="+")
    keeps = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "seller", "client"], name="one_choice_per_client_and_seller")
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {'+' if self.keeps else '−'}"


class Outcome(models.Model):
    """What a closed wave says of a client. `before`, `after`: his holder around the approval, for undo."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="outcomes")
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="+")
    fate = models.CharField(max_length=10, choices=Fate.choices)
    reason = models.TextField(default="", blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "client"], name="one_outcome_per_client"),
            models.CheckConstraint(condition=Q(fate__in=Fate.values), name="outcome_fate_is_known"),
        ]
        indexes = [models.Index(fields=["wave", "seller", "fate"], name="outcome_by_seller")]

    def __str__(self) -> str:
        return f"{self.client_id} {self.fate}"


class SellerChoice(models.Model):
    """What a seller's choice came to on the day the wave closed: kept for ever, whatever the forecast says later."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="sellers")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="+")
    held = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()
    hours = models.FloatField()
    norm_low = models.PositiveIntegerField()
    norm_high = models.PositiveIntegerField()
    ceiling = models.PositiveIntegerField()
    hours_month = models.FloatField()
    plan_margin = models.FloatField()
    plan_low = models.FloatField()
    plan_high = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "seller"], name="one_seller_choice_per_wave")]

    def __str__(self) -> str:
        return f"{self.seller_id}: {self.kept} / {self.held}"
