"""What sellers say a client could take: every word kept, the newest one in force."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Declared(models.Model):
    """`volume_month`: revenue a month in the money of the base; null is not asked, 0 is nothing to be had."""

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="declared_potentials")
    seller = models.ForeignKey("people.Seller", null=True, on_delete=models.PROTECT, related_name="+")
    volume_month = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    assortment = models.TextField(default="", blank=True)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(volume_month__isnull=True) | Q(volume_month__gte=0), name="declared_volume_not_below_zero"
            ),
            models.CheckConstraint(
                condition=Q(volume_month__isnull=False) | ~Q(assortment=""), name="declared_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client_id}: {self.volume_month} {self.assortment[:40]}"
