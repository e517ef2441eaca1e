"""Closed sets of the waves' room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clientarium.decisions.journal import name_verbs


class WaveState(TextChoices):
    OPEN = "open", pgettext_lazy("wave", "sellers choose")
    CLOSED = "closed", pgettext_lazy("wave", "waits for approval")
    APPROVED = "approved", pgettext_lazy("wave", "approved")
    CANCELLED = "cancelled", pgettext_lazy("wave", "cancelled")


class Fate(TextChoices):
    """What the wave says about one client."""

    KEPT = "kept", pgettext_lazy("wave", "kept")
    POOL = "pool", pgettext_lazy("wave", "to the pool")
    SPARED = "spared", pgettext_lazy("wave", "left by the head")


@name_verbs
class WaveVerb(TextChoices):
    """What the journal says about waves. Single marks of sellers stand with the wave, by whom and when."""

    WAVE_OPENED = "wave_opened", _("Keep-wave opened")
    WAVE_PROLONGED = "wave_prolonged", _("Keep-wave: another last day")
    WAVE_CLOSED = "wave_closed", _("Keep-wave closed")
    WAVE_REOPENED = "wave_reopened", _("Keep-wave reopened")
    WAVE_CANCELLED = "wave_cancelled", _("Keep-wave cancelled")
    WAVE_SPARED = "wave_spared", _("Clients left with their seller by the head")
    WAVE_APPROVED = "wave_approved", _("Keep-wave approved")
    WAVE_UNDONE = "wave_undone", _("Approval of a keep-wave taken back")
