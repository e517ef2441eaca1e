"""A seller's day as it was planned."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..choices import LineKind


class DayPlan(models.Model):
    """The day of one seller, made once from the state of `as_of`; it does not change under his hands.

    `held_back`: [{"client": id, "reason": code, "until": date | null}], those the list would have named otherwise.
    """

    seller = models.ForeignKey("people.Seller", on_delete=models.PROTECT, related_name="days")
    on = models.DateField()
    as_of = models.DateField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True)  # the seller has seen it: from now on it is his
    waiting = models.PositiveIntegerField(default=0)  # clients with a reason for whom the day had no room
    held_back = models.JSONField(default=list, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["-on", "seller"]
        constraints = [models.UniqueConstraint(fields=["seller", "on"], name="day_once_per_seller")]

    def __str__(self) -> str:
        return f"{self.seller_id} {self.on}"


class PlannedCall(models.Model):
    """One line of the day. `reason` is machine-readable, `forecast` is what was known when it was planned.

    `is_held_out`: the client would have stood here, but belongs to the group left without calls; nobody is shown it.
    """

    day = models.ForeignKey(DayPlan, on_delete=models.CASCADE, related_name="calls")
    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="planned_calls")
    seller = models.ForeignKey("people.Seller", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    rank = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=LineKind.choices)
    value = models.FloatField(null=True)  # worth of calling today, in the money of the base; null: cannot be told
    reason = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    forecast = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    agreed_in = models.ForeignKey("contacts.Touch", null=True, on_delete=models.SET_NULL, related_name="promised_calls")
    outcome = models.ForeignKey("contacts.Touch", null=True, on_delete=models.SET_NULL, related_name="planned_calls")
    is_held_out = models.BooleanField(default=False)
    added_at = models.DateTimeField(null=True)  # agreed for this day after the plan was made

    class Meta:
        ordering = ["rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["day", "client"], name="call_once_a_day"),
            models.CheckConstraint(condition=Q(kind__in=LineKind.values), name="call_kind_is_known"),
            models.CheckConstraint(
                condition=Q(is_held_out=False) | Q(outcome__isnull=True), name="call_held_out_has_no_outcome"
            ),
        ]
        indexes = [
            models.Index(fields=["seller", "on", "rank"], name="call_of_seller_day"),
            models.Index(fields=["client", "-on"], name="call_of_client"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.rank} {self.kind} {self.client_id}"
