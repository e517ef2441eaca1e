"""Closed sets of the win-back's room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clientarium.decisions.journal import name_verbs


class Alive(TextChoices):
    """Whether the firm still exists (1.10.3). Not asked yet is the empty text, which is none of these."""

    YES = "yes", _("Alive, works")
    NO = "no", _("Closed")
    UNKNOWN = "unknown", _("Could not find out")


class Closing(TextChoices):
    """How a case ended."""

    WON = "won", _("Won back: bought twice")
    NOT_ALIVE = "not_alive", _("The firm is closed")
    NO_WAY = "no_way", _("Will not return")
    NOT_NOW = "not_now", _("Not now, ask again later")


BY_PERSON = (Closing.NOT_ALIVE, Closing.NO_WAY, Closing.NOT_NOW)
"""What a person may say; the won one is told by the purchases alone."""


class Progress(TextChoices):
    """Where a case stands, told by what is filled in and by the purchases."""

    ASKED = "asked", _("Waits for answers")
    WORKED = "worked", pgettext_lazy("win-back", "In work")
    FIRST = "first", _("Bought once")
    WON = "won", pgettext_lazy("win-back", "Won back")
    CLOSED = "closed", pgettext_lazy("win-back", "Closed")


@name_verbs
class WinbackVerb(TextChoices):
    """What the journal says about win-back."""

    WINBACK_OPENED = "winback_opened", _("Taken into win-back")
    WINBACK_FILLED = "winback_filled", _("Win-back form filled in")
    WINBACK_CLOSED = "winback_closed", _("Win-back closed")
    WINBACK_REOPENED = "winback_reopened", _("Win-back taken up again")
    LOSS_REASON_ADDED = "loss_reason_added", _("Reason of leaving added")
    LOSS_REASON_EDITED = "loss_reason_edited", _("Reason of leaving changed")
    LOSS_REASON_REMOVED = "loss_reason_removed", _("Reason of leaving removed")
    LOSS_REASON_RESTORED = "loss_reason_restored", _("Reason of leaving brought back")
