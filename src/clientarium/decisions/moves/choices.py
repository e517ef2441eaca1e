"""Closed sets of the moves' room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clientarium.decisions.journal import name_verbs


class DraftState(TextChoices):
    """The life of a redistribution."""

    MAKING = "making", _("is being computed")
    READY = "ready", _("to be looked at")
    APPROVED = "approved", pgettext_lazy("redistribution", "approved")
    APPLIED = "applied", pgettext_lazy("redistribution", "applied")
    UNDONE = "undone", pgettext_lazy("redistribution", "taken back")
    DROPPED = "dropped", pgettext_lazy("redistribution", "thrown away")
    FAILED = "failed", _("not computed")


OPEN = (DraftState.READY, DraftState.APPROVED)
"""Drafts that can still be applied."""


@name_verbs
class MovesVerb(TextChoices):
    """What the journal says about redistributions."""

    DRAFT_MADE = "moves_draft_made", _("Redistribution drafted")
    MOVE_EDITED = "moves_move_edited", _("Move of a redistribution changed by hand")
    DRAFT_APPROVED = "moves_draft_approved", _("Redistribution approved")
    DRAFT_REOPENED = "moves_draft_reopened", _("Approval of a redistribution taken back")
    DRAFT_DROPPED = "moves_draft_dropped", _("Redistribution thrown away")
    DRAFT_APPLIED = "moves_draft_applied", _("Redistribution applied")
    DRAFT_UNDONE = "moves_draft_undone", _("Redistribution taken back")
    CLIENT_MOVED = "moves_client_moved", _("Client moved by a redistribution")
    MOVE_UNDONE = "moves_client_moved_back", _("Move of a client taken back")
