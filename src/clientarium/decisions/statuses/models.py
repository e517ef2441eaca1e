"""What registers answered, and how the status of each legal entity changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clientarium.decisions.clients.choices import LegalStatus


class StatusAnswer(models.Model):
    """The latest answer of a register about an INN (and KPP, '' for the head firm): kept so as not to ask daily.

    `status` null: the register does not know the number.
    """

    inn = models.CharField(max_length=20)
    kpp = models.CharField(max_length=20, default="", blank=True)
    status = models.CharField(max_length=16, choices=LegalStatus.choices, null=True)
    status_on = models.DateField(null=True)
    name = models.CharField(max_length=500, default="", blank=True)
    ogrn = models.CharField(max_length=20, default="", blank=True)
    source = models.CharField(max_length=100)
    asked_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inn", "kpp"], name="status_answer_once"),
            models.CheckConstraint(
                condition=Q(status__isnull=True) | Q(status__in=LegalStatus.values), name="status_answer_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inn} {self.status or '?'}"


class StatusChange(models.Model):
    """One change of a legal entity's status, for ever. `is_alert`: somebody has to look; `handled_*`: somebody has."""

    entity = models.ForeignKey("clients.LegalEntity", on_delete=models.CASCADE, related_name="status_changes")
    before = models.CharField(max_length=16, choices=LegalStatus.choices, null=True)
    after = models.CharField(max_length=16, choices=LegalStatus.choices)
    status_on = models.DateField()  # since when, as the register says; else the day we learnt it
    noticed_at = models.DateTimeField(default=timezone.now)
    source = models.CharField(max_length=100)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(default="", blank=True)
    is_alert = models.BooleanField(default=False)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    handled_note = models.TextField(default="", blank=True)

    class Meta:
        ordering = ["-noticed_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(after__in=LegalStatus.values), name="status_change_is_known"),
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, handled_by__isnull=True) | Q(handled_at__isnull=False),
                name="status_change_handled_has_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-noticed_at"], condition=Q(is_alert=True, handled_at__isnull=True), name="status_open_alerts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entity_id}: {self.before or '?'} → {self.after}"
