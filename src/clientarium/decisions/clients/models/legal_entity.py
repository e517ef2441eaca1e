"""The firms a client consists of: who signs, pays and may go bankrupt."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..choices import LegalStatus
from .client import Client


class LegalEntity(models.Model):
    """A legal entity of a client. INN with KPP is a branch: two branches of one INN are no duplicates.

    One INN may stand on two cards: such cards are found as duplicates, so nothing forbids it here.
    """

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="legal_entities")
    name = models.CharField(_("name"), max_length=300)
    inn = models.CharField(_("INN"), max_length=20, null=True, blank=True, db_index=True)
    kpp = models.CharField(_("KPP"), max_length=20, null=True, blank=True)
    ogrn = models.CharField(_("OGRN"), max_length=20, null=True, blank=True, db_index=True)
    address = models.TextField(_("address"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=LegalStatus.choices, null=True, blank=True)
    status_on = models.DateField(_("status as of"), null=True, blank=True)
    status_source = models.CharField(_("where the status is from"), max_length=100, default="", blank=True)
    import_id = models.CharField(max_length=64, null=True, db_index=True)

    class Meta:
        ordering = ["client", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "inn", "kpp"],
                condition=Q(inn__isnull=False, kpp__isnull=False),
                name="legal_branch_once_per_client",
            ),
            models.UniqueConstraint(
                fields=["client", "inn"],
                condition=Q(inn__isnull=False, kpp__isnull=True),
                name="legal_entity_once_per_client",
            ),
            models.CheckConstraint(
                condition=~(Q(name="") | Q(inn="") | Q(kpp="") | Q(ogrn="") | Q(address="")),
                name="legal_unknown_is_null",
            ),
            models.CheckConstraint(
                condition=Q(status__isnull=True) | Q(status__in=LegalStatus.values), name="legal_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__isnull=True) | Q(status_on__isnull=False), name="legal_status_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.inn or ''}".strip()
