"""Closed sets of the zones' room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clientarium.decisions.journal import name_verbs


class ZoneTarget(TextChoices):
    """What a zone may stand out in; the same codes as core's targets."""

    MARGIN_PER_HOUR = "margin_per_hour", _("Margin per hour")
    GROWTH = "growth", pgettext_lazy("zones", "Growth")
    RETENTION = "retention", pgettext_lazy("zones", "Retention")
    PRICE = "price", _("Price kept")


class SearchState(TextChoices):
    """The life of a search."""

    MAKING = "making", _("is being searched")
    READY = "ready", pgettext_lazy("search", "done")
    DROPPED = "dropped", pgettext_lazy("search", "stopped")
    FAILED = "failed", _("not searched")


@name_verbs
class ZonesVerb(TextChoices):
    """What the journal says about growth zones."""

    ZONES_SEARCHED = "zones_searched", _("Growth zones searched")
    ZONE_SAVED = "zone_saved", _("Growth zone made a segment")
