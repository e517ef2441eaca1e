"""What was read from a snapshot for the mirror, kept: a snapshot never changes, so neither does what it adds up to."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone


class KeptSums(models.Model):
    """The sums that answer `question` on one date. `key` says what they were read from: another key, another answer."""

    question = models.CharField(max_length=120)
    as_of = models.DateField()
    key = models.CharField(max_length=160)
    measure = models.CharField(max_length=10)  # margin, or revenue where no cost is known
    rows = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["question", "-as_of"]
        constraints = [models.UniqueConstraint(fields=["question", "as_of"], name="mirror_sums_once")]

    def __str__(self) -> str:
        return f"{self.question} {self.as_of}"
