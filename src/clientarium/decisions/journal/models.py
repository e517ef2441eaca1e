"""The journal of decisions: who decided what, when and why. Entries are only ever added."""

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise

from .choices import title_of


class Entry(models.Model):
    """One decision. `by` is null when the program itself acted; `undoes` is the entry it takes back."""

    verb = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    target_kind = models.CharField(max_length=60)
    target_id = models.CharField(max_length=64)
    target_name = models.CharField(max_length=300, default="")
    reason = models.TextField(default="")
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["target_kind", "target_id", "-at"], name="journal_of_target")]
        constraints = [
            models.CheckConstraint(condition=~models.Q(verb=""), name="entry_has_verb"),
            models.CheckConstraint(
                condition=models.Q(undoes__isnull=True) | ~models.Q(undoes=models.F("id")),
                name="entry_undoes_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_kind} {self.target_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        assert self._state.adding, "a journal entry is never changed"
        super().save(*args, **kwargs)

    @property
    def title(self) -> str | Promise:
        """The verb in the reader's language."""
        return title_of(self.verb)

    @property
    def is_undone(self) -> bool:
        return hasattr(self, "undone_by")
