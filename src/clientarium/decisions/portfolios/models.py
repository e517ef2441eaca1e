"""What each seller is expected to serve and when he is away."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clientarium.decisions.people.models import Seller

from .choices import Strategy


class Terms(models.Model):
    """A seller's terms from a day until his next ones; kept for ever. A null number is that of his strategy's policy.

    Empty lists mean «any». `is_undone` versions count for nothing and stay to be read.
    """

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="terms")
    from_day = models.DateField(_("from"))
    strategy = models.CharField(_("strategy"), max_length=10, choices=Strategy.choices, default=Strategy.KEEPER)
    norm_low = models.PositiveIntegerField(_("norm from"), null=True, blank=True)
    norm_high = models.PositiveIntegerField(_("norm to"), null=True, blank=True)
    ceiling = models.PositiveIntegerField(_("ceiling"), null=True, blank=True)
    hours_month = models.FloatField(_("hours for clients a month"), null=True, blank=True)
    cities = models.JSONField(_("cities"), default=list, blank=True)
    segments = models.JSONField(_("segments"), default=list, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    product_groups = models.JSONField(_("product groups"), default=list, blank=True)
    reason = models.TextField(_("reason"), default="", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_undone = models.BooleanField(default=False)

    class Meta:
        ordering = ["-from_day", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(strategy__in=Strategy.values), name="terms_strategy_is_known"),
            models.CheckConstraint(
                condition=Q(norm_low__isnull=True) | Q(norm_high__isnull=True) | Q(norm_high__gte=F("norm_low")),
                name="terms_norm_is_a_range",
            ),
            models.CheckConstraint(
                condition=Q(ceiling__isnull=True) | Q(norm_high__isnull=True) | Q(ceiling__gte=F("norm_high")),
                name="terms_ceiling_above_norm",
            ),
            models.CheckConstraint(
                condition=Q(hours_month__isnull=True) | Q(hours_month__gte=0), name="terms_hours_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["seller", "-from_day", "-id"], name="terms_of_seller")]

    def __str__(self) -> str:
        return f"{self.seller_id} {self.from_day}"


class Absence(models.Model):
    """`seller` is away from first_day to last_day, both included; until further notice while last_day is null."""

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="absences")
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"), null=True, blank=True)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-first_day", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")), name="absence_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="absence_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.seller_id} {self.first_day}…{self.last_day or ''}"
