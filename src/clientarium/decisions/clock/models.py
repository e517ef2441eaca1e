"""The versions of the clock's rule, and exceptions from it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .choices import ExceptionState, PurchaseIs, RuleKind


class Rule(models.Model):
    """The rule from `valid_from` until the next version of the same portfolio; never changed, never in the past.

    Without `seller` it is the firm's, the same as definitions/policy.yaml says. A seller's row tells only his kind and
    its numbers; with `kind` empty his portfolio follows the firm's again. `applied_at` null: announced, not yet begun.
    """

    valid_from = models.DateField(_("valid from"))
    seller = models.ForeignKey("people.Seller", null=True, on_delete=models.PROTECT, related_name="clock_rules")
    kind = models.CharField(max_length=10, choices=RuleKind.choices, default="", blank=True)
    cold_days = models.FloatField(null=True)
    rhythm_factor = models.FloatField(null=True)
    purchase_is = models.CharField(max_length=10, choices=PurchaseIs.choices, default="", blank=True)
    takeover_days = models.PositiveIntegerField(null=True)
    warn_days = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(default="", blank=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["", *RuleKind.values]), name="clock_rule_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind="", seller__isnull=False) | Q(cold_days__gt=0, rhythm_factor__gte=0),
                name="clock_rule_has_numbers",
            ),
            models.CheckConstraint(
                condition=Q(seller__isnull=False, purchase_is="", takeover_days__isnull=True)
                | Q(seller__isnull=True, purchase_is__in=PurchaseIs.values, takeover_days__gt=0),
                name="clock_rule_of_the_firm_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["seller", "-valid_from"], name="clock_rule_in_force")]

    def __str__(self) -> str:
        return f"{self.valid_from} {self.kind} {self.cold_days}"


class ClockException(models.Model):
    """A client whose clock does not run out before `until` (inclusive): asked for, decided by a leader, dated.

    `until_number` is the same day as a plain number (date.toordinal), so that a database subtracts it like any other.
    """

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="clock_exceptions")
    until = models.DateField(_("until"))
    until_number = models.PositiveIntegerField()
    reason = models.TextField(_("reason"))
    state = models.CharField(max_length=10, choices=ExceptionState.choices, default=ExceptionState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    decision_reason = models.TextField(default="", blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["-asked_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ExceptionState.values), name="clock_exception_state_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="clock_exception_has_reason"),
            models.CheckConstraint(condition=Q(until__gte=F("asked_on")), name="clock_exception_ends_after_asked"),
            models.CheckConstraint(
                condition=Q(state=ExceptionState.ASKED, decided_by__isnull=True, decided_on__isnull=True)
                | (~Q(state=ExceptionState.ASKED) & Q(decided_by__isnull=False, decided_on__isnull=False)),
                name="clock_exception_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=ExceptionState.ENDED, ended_by__isnull=False, ended_on__isnull=False)
                | (~Q(state=ExceptionState.ENDED) & Q(ended_by__isnull=True, ended_on__isnull=True)),
                name="clock_exception_ended_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["client"], condition=Q(state=ExceptionState.ASKED), name="one_asked_exception_per_client"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client} … {self.until}"
