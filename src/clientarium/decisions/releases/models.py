"""What was decided about a group of clients, with everything it was decided by; later counts do not change it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .choices import LadderStep, ReleaseState, Side

FORCE = Q(state=ReleaseState.OPEN)


class Release(models.Model):
    """One step of the ladder for one group. `figures`: the group and the step's outcome as they stood that day.

    `by_lot`: the group is a half drawn by lot, the other half stays as it was. `sampled` of the `clients` were looked
    at for somebody like them, `measured_of` have one.
    """

    step = models.CharField(max_length=20, choices=LadderStep.choices)
    title = models.CharField(_("name"), max_length=200)
    condition = models.TextField()
    as_of = models.DateField()
    starts_on = models.DateField(_("from"))
    reason = models.TextField(_("reason"))
    assumptions = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    figures = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    by_lot = models.BooleanField(default=False)
    clients = models.PositiveIntegerField()
    sampled = models.PositiveIntegerField(default=0)
    measured_of = models.PositiveIntegerField(default=0)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    decided_on = models.DateField()
    state = models.CharField(max_length=10, choices=ReleaseState.choices, default=ReleaseState.OPEN)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    outcome = models.TextField(default="", blank=True)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(step__in=LadderStep.values), name="release_step_is_known"),
            models.CheckConstraint(condition=Q(state__in=ReleaseState.values), name="release_state_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="release_has_reason"),
            models.CheckConstraint(
                condition=(FORCE & Q(ended_by__isnull=True, ended_at__isnull=True))
                | (~FORCE & Q(ended_by__isnull=False, ended_at__isnull=False)),
                name="release_ended_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["state", "decided_on"], name="release_by_day")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == ReleaseState.OPEN


class ReleaseClient(models.Model):
    """A client of the group, or one like him; `pair` is the number both of a pair bear. `is_same`: of one category."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="members", db_index=False)
    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=10, choices=Side.choices, default=Side.GROUP)
    pair = models.PositiveIntegerField(null=True)
    is_same = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "client"], name="release_client_once"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="release_side_is_known"),
            models.CheckConstraint(condition=Q(side=Side.GROUP) | Q(pair__isnull=False), name="release_alike_has_pair"),
        ]
        indexes = [models.Index(fields=["release", "side", "pair"], name="release_pairs")]

    def __str__(self) -> str:
        return f"{self.release_id} {self.client_id}"
