"""Searches for growth zones and what each of them found, kept as it stood on its day."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .choices import SearchState, ZoneTarget


class Search(models.Model):
    """One search for zones of one target.

    `rules`: what was worth naming (core's ZoneRules). `figures`: how it was looked for (method, clients, words, tried,
    bar, small, shuffles, seconds, value, measure, reason). `universe`: the condition of whom it speaks.
    """

    target = models.CharField(max_length=20, choices=ZoneTarget.choices)
    state = models.CharField(max_length=10, choices=SearchState.choices, default=SearchState.MAKING)
    as_of = models.DateField(null=True)
    universe = models.TextField(default="", blank=True)
    rules = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    figures = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    run = models.ForeignKey("runs.Run", null=True, on_delete=models.SET_NULL, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(target__in=ZoneTarget.values), name="zones_target_is_known"),
            models.CheckConstraint(condition=Q(state__in=SearchState.values), name="zones_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(as_of__isnull=False, made_at__isnull=False),
                name="zones_ready_has_its_day",
            ),
            models.UniqueConstraint(
                fields=["target"], condition=Q(state="making"), name="zones_one_search_at_once_per_target"
            ),
        ]
        indexes = [models.Index(fields=["target", "state", "-id"], name="zones_latest")]

    def __str__(self) -> str:
        return f"{self.target} {self.as_of or ''}".strip()


class Finding(models.Model):
    """One zone: see core's Zone. `place` orders them, the dearest first. `portrait`: what its clients are like."""

    search = models.ForeignKey(Search, on_delete=models.CASCADE, related_name="findings")
    place = models.PositiveIntegerField()
    expression = models.TextField()
    clients = models.PositiveIntegerField()
    value = models.FloatField()
    rest = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    money = models.DecimalField(max_digits=24, decimal_places=2)
    money_share = models.FloatField(null=True)
    weight_share = models.FloatField(null=True)
    worth = models.DecimalField(max_digits=24, decimal_places=2)
    z = models.FloatField()
    p_value = models.FloatField()
    similar = models.JSONField(default=list)
    portrait = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    segment = models.ForeignKey("clients.Segment", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["search", "place"]
        constraints = [
            models.UniqueConstraint(fields=["search", "place"], name="zones_place_once_per_search"),
            models.CheckConstraint(condition=~Q(expression=""), name="zones_finding_has_a_condition"),
        ]

    def __str__(self) -> str:
        return self.expression

    @property
    def is_above(self) -> bool:
        return self.value > self.rest
