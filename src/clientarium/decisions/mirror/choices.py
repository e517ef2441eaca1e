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
    CHANCE = "chance", _("within chance")
    EARLY = "early", _("too early to tell")
    UNKNOWN = "unknown", _("nothing to count by")


class OutcomeCode(TextChoices):
    """The figures of resilience, predictability and strength."""

    EFFECTIVE = "effective", _("So many equal clients would carry the margin as evenly")
    ANCHORS = "anchors", _("Share of the margin from anchors")
    REGULAR = "regular", _("Share of the next 90 days that comes by rhythm")
    RHYTHMIC = "rhythmic", _("Buyers with a regular rhythm")
    RETENTION = "retention", _("Clients who stay from year to year")
    REPEAT = "repeat", _("Buyers who buy again within the year")
    HOUR = "hour", _("Margin after service for an hour of work")


class HealthCode(TextChoices):
    """The few figures of the base's health and of the work with it (1.5.18)."""

    UTILISATION = "utilisation", _("The base in use")
    SERVED = "served", _("Clients spoken with in the month")
    RETENTION = "retention", _("Clients who stay")
    COST_KNOWN = "cost_known", _("Revenue with a known cost")
    COMPLETE = "complete", _("Data complete")
    PROMISES = "promises", _("Agreed calls made on time")
    WINBACK = "winback", _("Win-back forms filled in")
    PLAN = "plan", _("Plan of the last month")


class Sign(TextChoices):
    """Signs of resistance, from the facts and from people's words."""

    LATE = "late", _("Pay late")
    DISCOUNT = "discount", _("Buy only at a discount")
    RETURNS = "returns", _("Bring goods back")
    REVIEW = "review", _("Left a bad review")
    SILENT = "silent", _("Asked us not to write or call")
