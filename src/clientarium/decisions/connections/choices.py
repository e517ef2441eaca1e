"""Closed sets of the connections' room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from clientarium.decisions.journal import name_verbs


class Purpose(TextChoices):
    """What a connection is for."""

    STATUSES = "statuses", _("Statuses of legal entities")
    INTAKE = "intake", _("Files that come by themselves")


class SettingKind(TextChoices):
    """How a setting is asked for; a secret is never shown back."""

    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    CHOICE = "choice", _("One of a list")
    YES_NO = "yes_no", _("Yes or no")
    LAYOUT = "layout", _("Layout")
    SECRET = "secret", _("Secret")


class ArrivalState(TextChoices):
    """What became of a file that came."""

    LOADING = "loading", _("Being loaded")
    LOADED = "loaded", _("Loaded")
    SAME = "same", _("Already loaded before")
    DOUBTFUL = "doubtful", _("Waits for a person")
    REFUSED = "refused", _("Not loaded")


ENDED_STATES = (ArrivalState.LOADED, ArrivalState.SAME, ArrivalState.DOUBTFUL, ArrivalState.REFUSED)


@name_verbs
class ConnectionVerb(TextChoices):
    """What the journal says about connections."""

    CONNECTION_MADE = "connection_made", _("Connection set up")
    CONNECTION_CHANGED = "connection_changed", _("Connection changed")
    CONNECTION_REMOVED = "connection_removed", _("Connection removed")
    FILE_ARRIVED = "file_arrived", _("File came by itself")
