"""Closed sets of the quality's room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from clientarium.decisions.journal import name_verbs


class MarkKind(TextChoices):
    """What somebody has found out about a client; he stays in the base (1.3.5)."""

    UNREACHABLE = "unreachable", _("Cannot be reached")
    REFUSED = "refused", _("Has refused")


class BulkAction(TextChoices):
    """What can be done with many clients at once."""

    SET_FIELD = "set_field", _("Fill a field")
    CLEAR_FIELD = "clear_field", _("Empty a field")
    MARK = "mark", _("Mark")
    UNMARK = "unmark", _("Take the mark off")
    STOP = "stop", _("Put them on the stop list")
    HAND_OVER = "hand_over", _("Hand over to a seller")
    MARK_WRONG = "mark_wrong", _("Mark invalid contacts as wrong")


LEADERS_ONLY = (BulkAction.STOP, BulkAction.HAND_OVER)
"""The stop list and portfolios are decided by the owner and the head of sales, here as everywhere."""


@name_verbs
class QualityVerb(TextChoices):
    """What the journal says about the quality of cards."""

    CLIENT_MARKED = "client_marked", _("Client marked")
    CLIENT_UNMARKED = "client_unmarked", _("Mark taken off the client")
    BULK_CHANGED = "bulk_changed", _("Many clients changed at once")
    BULK_UNDONE = "bulk_undone", _("A change of many clients taken back")
    DOMAINS_CHECKED = "domains_checked", _("Mail domains checked")
