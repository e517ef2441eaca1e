"""A small random group of regular clients left without calls for a while, to learn what calls give."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class HoldOut(models.Model):
    """One round: drawn from `seed`, from first_day to last_day. No round, no group: the measurement is off."""

    seed = models.BigIntegerField()
    share = models.FloatField()
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.TextField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-first_day", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(share__gt=0) & Q(share__lte=0.2), name="hold_out_is_small"),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="hold_out_ends_after_start"),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, stopped_by__isnull=True)
                | Q(stopped_at__isnull=False, stopped_by__isnull=False),
                name="hold_out_stopped_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day}…{self.last_day} {self.share:.0%}"


class HoldOutClient(models.Model):
    """A client of the group."""

    hold_out = models.ForeignKey(HoldOut, on_delete=models.CASCADE, related_name="clients")
    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hold_out", "client"], name="hold_out_client_once")]

    def __str__(self) -> str:
        return f"{self.hold_out_id}: {self.client_id}"
