"""Closed sets of the statuses' room. The statuses themselves are `LegalStatus` of the clients' room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from clientarium.decisions.clients.choices import LegalStatus
from clientarium.decisions.journal import name_verbs

TROUBLED = (LegalStatus.BANKRUPT, LegalStatus.LIQUIDATING, LegalStatus.LIQUIDATED, LegalStatus.REORGANISING)
"""Statuses after which one does not go on as before: money, contracts and papers have to be looked at."""

BY_PERSON = "person"
"""`LegalEntity.status_source` of a status somebody set by hand."""


@name_verbs
class StatusVerb(TextChoices):
    """What the journal says about checks of statuses; single changes are the clients' `legal_status_set`."""

    STATUSES_CHECKED = "statuses_checked", _("Statuses of legal entities checked")
    STATUSES_READ = "statuses_read", _("Statuses read from a register file")
    STATUS_HANDLED = "status_handled", _("Change of status looked at")
