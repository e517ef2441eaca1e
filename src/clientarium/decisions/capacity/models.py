"""Lists of who asks for capacity, and scenarios: how much there is, whom to take then, what was decided."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .choices import Source


class Shortlist(models.Model):
    """One list to choose from.

    `hours`: names of the hours its rows ask for. `set_aside`: [{line, column, text, params, cure}] of the table's rows
    not taken, `notes`: [{text, params}] of what does not count. `measure`: margin, or revenue where no cost is known.
    """

    title = models.CharField(_("name"), max_length=200)
    source = models.CharField(max_length=10, choices=Source.choices)
    condition = models.TextField(default="", blank=True)
    as_of = models.DateField(null=True)
    measure = models.CharField(max_length=10, default="margin")
    hours = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    set_aside = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    notes = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    dropped_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(source__in=Source.values), name="capacity_source_is_known"),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_by__isnull=True)
                | Q(dropped_at__isnull=False, dropped_by__isnull=False),
                name="capacity_dropped_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Row(models.Model):
    """Who asks: a client of the base, or a name of a table. `needs`: {hours by name: amount} for the whole job."""

    shortlist = models.ForeignKey(Shortlist, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    client = models.ForeignKey("clients.Client", null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=300)
    margin = models.DecimalField(max_digits=20, decimal_places=2)
    penalty = models.DecimalField(max_digits=20, decimal_places=2, default=0)
    probability = models.FloatField(default=0)
    layer = models.CharField(max_length=40, default="", blank=True)
    grade = models.CharField(max_length=40, default="", blank=True)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    return_on_cost = models.FloatField(null=True)
    needs = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["shortlist", "position"], name="capacity_position_once"),
            models.CheckConstraint(condition=Q(penalty__gte=0), name="capacity_penalty_not_below_zero"),
            models.CheckConstraint(
                condition=Q(probability__gte=0) & Q(probability__lte=1), name="capacity_probability_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Scenario(models.Model):
    """How much there is, and the answer to it.

    `capacity`: {"places": n or null, "hours": {name: amount}, "is_monthly": bool}. `weights`: {"layers": {…},
    "grades": {…}}. `fixed`: {row position: {"is_taken", "reason", "by", "at"}}. `answer`: what the solver said.
    """

    shortlist = models.ForeignKey(Shortlist, on_delete=models.CASCADE, related_name="scenarios")
    title = models.CharField(_("name"), max_length=100, default="", blank=True)
    capacity = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    weights = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    fixed = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    answer = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(default="", blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="capacity_decided_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["shortlist"], condition=Q(decided_at__isnull=False), name="capacity_one_decision_a_list"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"№ {self.pk}"
