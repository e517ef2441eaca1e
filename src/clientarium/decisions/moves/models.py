"""Redistributions: drafts with what the solver said, their moves, and what it takes to take them back."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .choices import DraftState


class Draft(models.Model):
    """One redistribution of clients between sellers.

    `asked`: {"ceiling", "counts_hours", "locks"} as the leader wanted it. `figures`: what the solver says of it
    (objective, bound, gap, greedy_value, …). `holdings`: who held how many, and whom, when it was made; another
    answer when it is applied means that somebody was quicker.
    """

    title = models.CharField(_("name"), max_length=200, default="", blank=True)
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.MAKING)
    asked = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    figures = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    holdings = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    as_of = models.DateField(null=True)
    run = models.ForeignKey("runs.Run", null=True, on_delete=models.SET_NULL, related_name="+")
    remade_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="remade_as")
    reason = models.TextField(default="", blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True)
    applied_on = models.DateField(null=True)  # the first day of the new holdings
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    tasks = models.JSONField(default=dict, encoder=DjangoJSONEncoder)  # open tasks handed over, to be put back

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DraftState.values), name="moves_state_is_known"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="moves_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["applied", "undone"])
                | Q(applied_at__isnull=False, applied_by__isnull=False, applied_on__isnull=False),
                name="moves_applied_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="undone") | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="moves_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.pk)


class Portfolio(models.Model):
    """One seller (null: the pool) in a draft, before it: what he holds, what he can carry, the price of his place.

    `price`: what one more place with him would add, money a year.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="portfolios")
    seller = models.ForeignKey("people.Seller", null=True, on_delete=models.PROTECT, related_name="+")
    clients = models.PositiveIntegerField(default=0)
    margin = models.FloatField(default=0)
    hours = models.FloatField(default=0)
    plan = models.FloatField(null=True)  # of the month of the draft
    ceiling = models.PositiveIntegerField(null=True)
    hours_month = models.FloatField(null=True)
    price = models.FloatField(default=0)

    class Meta:
        ordering = ["seller__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "seller"], name="moves_seller_once_per_draft"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.seller_id}"


class Move(models.Model):
    """One client whose seller changes: from whom, to whom the solver proposes, to whom people chose (null: the pool).

    `gain`: value with the new seller less value with the present one, money a year. `cost`: what the choice of a
    person takes from the value of the whole; null where the solver's word stands. `kept`: how the holding stood
    before and after it was applied.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="moves")
    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")
    before = models.ForeignKey("people.Seller", null=True, on_delete=models.PROTECT, related_name="+")
    proposed = models.ForeignKey("people.Seller", null=True, on_delete=models.PROTECT, related_name="+")
    chosen = models.ForeignKey("people.Seller", null=True, on_delete=models.PROTECT, related_name="+")
    is_edited = models.BooleanField(default=False)
    margin = models.FloatField(default=0)
    hours = models.FloatField(default=0)
    plan = models.FloatField(null=True)
    gain = models.FloatField(default=0)
    cost = models.FloatField(null=True)
    reasons = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    edit_reason = models.TextField(default="", blank=True)
    kept = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["-margin", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "client"], name="moves_client_once_per_draft"),
            models.CheckConstraint(
                condition=Q(is_edited=False) | Q(edited_by__isnull=False), name="moves_edited_by_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["draft", "-margin", "id"], name="moves_by_margin"),
            models.Index(fields=["draft", "chosen"], name="moves_by_seller"),
        ]

    def __str__(self) -> str:
        return f"{self.client_id}: {self.before_id} → {self.chosen_id}"

    @property
    def is_kept(self) -> bool:
        """A person left him where he was."""
        return self.chosen_id == self.before_id
