"""The month's plan: what was decided by hand while it is a draft, and everything as it stood when it was approved."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .choices import Spread

MONEY: dict[str, Any] = {"max_digits": 24, "decimal_places": 4}


class MonthPlan(models.Model):
    """The firm's month, made by the first decision about it. `as_of`: of the forecast it was approved by."""

    month = models.DateField(unique=True)
    top_down = models.DecimalField(_("the firm’s figure"), null=True, blank=True, **MONEY)
    spread = models.CharField(max_length=10, choices=Spread.choices, default=Spread.WEIGHT)
    as_of = models.DateField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(condition=Q(spread__in=Spread.values), name="plan_spread_is_known"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True, as_of__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False, as_of__isnull=False),
                name="plan_approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%m.%Y}"

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None


class SellerOverride(models.Model):
    """The leader's own figure for a seller; what was computed when he set it is kept beside it."""

    plan = models.ForeignKey(MonthPlan, on_delete=models.CASCADE, related_name="overrides")
    seller = models.ForeignKey("people.Seller", on_delete=models.PROTECT, related_name="+")
    margin = models.DecimalField(**MONEY)
    computed = models.DecimalField(**MONEY)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "seller"], name="plan_override_once_per_seller"),
            models.CheckConstraint(condition=~Q(reason=""), name="plan_override_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.seller_id}"


class GrowthStep(models.Model):
    """What a seller takes on with a client this month beyond the expected. No row: not asked yet; 0: asked, nothing.

    It binds him alone: with a client who has gone to another seller the question is open again.
    """

    plan = models.ForeignKey(MonthPlan, on_delete=models.CASCADE, related_name="steps")
    seller = models.ForeignKey("people.Seller", on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")
    margin = models.DecimalField(_("margin more"), **MONEY)
    step = models.CharField(_("step"), max_length=300, default="", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "client", "seller"], name="plan_step_once"),
            models.CheckConstraint(condition=Q(margin__gte=0), name="plan_step_is_no_loss"),
        ]
        indexes = [models.Index(fields=["plan", "seller"], name="plan_step_by_seller")]

    def __str__(self) -> str:
        return f"{self.client_id} {self.margin}"


class SellerPlan(models.Model):
    """A seller's approved month. `margin`…`high` from the bottom up; `target` is what he answers for."""

    plan = models.ForeignKey(MonthPlan, on_delete=models.CASCADE, related_name="sellers")
    seller = models.ForeignKey("people.Seller", on_delete=models.PROTECT, related_name="+")
    clients = models.PositiveIntegerField()
    buyers = models.PositiveIntegerField()
    assumed = models.PositiveIntegerField()
    orders = models.FloatField()
    margin = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    variance = models.FloatField(default=0.0)
    growth = models.FloatField()
    winback = models.FloatField()
    winback_clients = models.PositiveIntegerField()
    newcomer = models.FloatField()
    share = models.FloatField(null=True)
    target = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "seller"], name="plan_once_per_seller"),
            models.CheckConstraint(condition=Q(buyers__lte=F("clients")), name="plan_buyers_are_clients"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.seller_id}"


class PlanLine(models.Model):
    """One client of an approved plan, as he was expected then and to whom he belonged."""

    plan = models.ForeignKey(MonthPlan, on_delete=models.CASCADE, related_name="lines", db_index=False)
    seller = models.ForeignKey("people.Seller", on_delete=models.PROTECT, related_name="+", db_index=False)
    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")
    orders = models.FloatField()
    margin = models.FloatField()
    variance = models.FloatField()
    is_assumed = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "client"], name="plan_line_once_per_client")]
        indexes = [models.Index(fields=["plan", "seller", "-margin"], name="plan_line_by_seller")]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.client_id}"
