"""Categories in force, what the rules propose, and the text of the rules through time."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .choices import ProposalState


class CategoryInterval(models.Model):
    """`client` stood in `category` of `scheme` from first_day to last_day, both included; open while last_day is null.

    An interval whose last_day is the day before its first_day was overtaken on its very first day: it never was in
    force, and stays so that undoing the decision that overtook it is exact.
    """

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="category_intervals")
    scheme = models.CharField(max_length=64)
    category = models.CharField(max_length=64)
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    is_decision = models.BooleanField(default=False)  # a person's choice; a rule's otherwise
    is_override = models.BooleanField(default=False)  # the person chose another category than the rule
    rule_category = models.CharField(max_length=64, null=True)  # what the rule said when the person decided
    reason = models.TextField(default="", blank=True)
    expires_on = models.DateField(null=True)
    opened_by = models.ForeignKey("journal.Entry", null=True, on_delete=models.PROTECT, related_name="+")
    closed_by = models.ForeignKey("journal.Entry", null=True, on_delete=models.PROTECT, related_name="+")
    run_id = models.BigIntegerField(null=True)  # the pulse that opened it; the runs app lies above this one

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "scheme"], condition=Q(last_day__isnull=True), name="grades_one_open_interval"
            ),
            models.CheckConstraint(
                condition=Q(is_decision=True) | (Q(is_override=False) & Q(expires_on__isnull=True)),
                name="grades_only_decisions_expire",
            ),
            models.CheckConstraint(condition=Q(is_override=False) | ~Q(reason=""), name="grades_override_has_a_reason"),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("first_day")),
                name="grades_expiry_after_first_day",
            ),
        ]
        indexes = [models.Index(fields=["scheme", "first_day"], name="grades_interval_by_day")]

    def __str__(self) -> str:
        return f"{self.client_id} {self.scheme}={self.category} {self.first_day}…{self.last_day or ''}"


class Proposal(models.Model):
    """What the rule would change in a scheme of mode `confirm`; a person decides."""

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="proposals")
    scheme = models.CharField(max_length=64)
    from_category = models.CharField(max_length=64, null=True)  # null: not graded yet
    to_category = models.CharField(max_length=64, null=True)  # null: the rule grades him no longer
    as_of = models.DateField()
    why = models.JSONField(default=dict)  # {"values": {name of a number in the rule: its value}}
    money = models.DecimalField(max_digits=18, decimal_places=4, null=True)  # margin of 12 months, home currency
    state = models.CharField(max_length=16, choices=ProposalState.choices, default=ProposalState.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.ForeignKey("journal.Entry", null=True, on_delete=models.PROTECT, related_name="+")
    lapsed = models.BooleanField(default=False)  # a dismissal holds until the rule says something else
    run_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "scheme"],
                condition=Q(state=ProposalState.WAITING),
                name="grades_one_waiting_proposal",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ProposalState.WAITING, ProposalState.SUPERSEDED], decided_at__isnull=True)
                | (~Q(state__in=[ProposalState.WAITING, ProposalState.SUPERSEDED]) & Q(decided_at__isnull=False)),
                name="grades_decided_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "scheme", "-money"], name="grades_queue")]

    def __str__(self) -> str:
        return f"{self.client_id} {self.scheme}: {self.from_category} → {self.to_category} ({self.state})"


class SchemeVersion(models.Model):
    """The text of a scheme as somebody saved it; the newest one is the file in the home's definitions."""

    scheme = models.CharField(max_length=64)
    text = models.TextField()
    hash = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(default="", blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["scheme", "-at"], name="grades_scheme_versions")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.at:%Y-%m-%d %H:%M}"
