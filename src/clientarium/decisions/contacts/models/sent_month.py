"""What of the touches recorded here the ledger has got."""

from django.db import models


class SentMonth(models.Model):
    """The touches of one month as they were last loaded: by this hash and this load it is seen whether they changed."""

    month = models.DateField(unique=True)
    content_hash = models.CharField(max_length=64)
    import_id = models.CharField(max_length=64)
    number = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.import_id}"
