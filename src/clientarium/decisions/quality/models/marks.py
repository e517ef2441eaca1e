"""What somebody has found out about a client, and about the domains of his mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..choices import MarkKind


class ClientMark(models.Model):
    """In force while cleared_at is null; a cleared one stays, with who took it off."""

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=12, choices=MarkKind.choices)
    reason = models.TextField(_("reason"), default="", blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "kind"], condition=Q(cleared_at__isnull=True), name="mark_once_in_force"
            ),
            models.CheckConstraint(condition=Q(kind__in=MarkKind.values), name="mark_kind_is_known"),
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True, cleared_by__isnull=True)
                | Q(cleared_at__isnull=False, cleared_by__isnull=False),
                name="mark_cleared_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.kind}"


class MailDomain(models.Model):
    """Whether a domain takes mail, as the DNS said on a day; asked only where the setting allows it."""

    name = models.CharField(max_length=255, unique=True)
    takes_mail = models.BooleanField()
    checked_on = models.DateField()

    def __str__(self) -> str:
        return self.name
