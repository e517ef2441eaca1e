"""A change of many clients at once; each client's values before and after are in the entry of his journal."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..choices import BulkAction


class BulkChange(models.Model):
    """What was done, to how many, and whether it was taken back. `arguments`: word, value, mark, seller."""

    action = models.CharField(max_length=12, choices=BulkAction.choices)
    arguments = models.JSONField(default=dict)
    reason = models.TextField(default="", blank=True)
    count = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    restored = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(action__in=BulkAction.values), name="bulk_action_is_known"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="bulk_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} ({self.count})"


class BulkRow(models.Model):
    """One client of a change; `entry.data` holds {"from": …, "to": …}."""

    change = models.ForeignKey(BulkChange, on_delete=models.CASCADE, related_name="rows")
    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")
    entry = models.OneToOneField("journal.Entry", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "client"], name="bulk_row_once_per_client")]

    def __str__(self) -> str:
        return f"{self.change_id}: {self.client_id}"
