"""How the quality of the base has gone, a point per published snapshot and seller."""

from django.db import models
from django.db.models import Q


class QualityPoint(models.Model):
    """`seller` null: the whole base. Sums over the `clients` that have a score; `faults`: kind → clients."""

    as_of = models.DateField()
    seller = models.ForeignKey("people.Seller", null=True, on_delete=models.CASCADE, related_name="+")
    clients = models.PositiveIntegerField()
    score_sum = models.BigIntegerField()
    money = models.DecimalField(max_digits=24, decimal_places=4)
    score_money = models.DecimalField(max_digits=26, decimal_places=4)
    faults = models.JSONField(default=dict)

    class Meta:
        ordering = ["as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["as_of", "seller"], condition=Q(seller__isnull=False), name="quality_point_once_per_seller"
            ),
            models.UniqueConstraint(
                fields=["as_of"], condition=Q(seller__isnull=True), name="quality_point_once_of_base"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.as_of} {self.score}"

    @property
    def score(self) -> float | None:
        """The mean of the clients' scores; None of nobody."""
        return self.score_sum / self.clients if self.clients else None

    @property
    def score_by_money(self) -> float | None:
        """The mean weighted by each client's money of the year; None where nobody brought any."""
        return float(self.score_money / self.money) if self.money > 0 else None
