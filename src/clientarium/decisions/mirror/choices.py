"""Closed sets of the mirror's room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verdict(TextChoices):
    """What the figures of a group say against all others."""

    STRONG = "strong", _("strong")
    WEAK = "weak", _("weak")
    MIXED = "mixed", _("strong in one, weak in the other")
    ALIKE = "alike", _("as the others")
    FEW = "few", _("too few clients to judge")
    NONE = "none", _("not filled in")


class Direction(TextChoices):
    """Where an outcome went between two dates."""

    BETTER = "better", _("better")
    WORSE = "worse", _("worse")
    CHANCE = "chance", _("no change beyond chance")
    EARLY = "early", _("too early to tell")
    UNKNOWN = "unknown", _("nothing to count by")
