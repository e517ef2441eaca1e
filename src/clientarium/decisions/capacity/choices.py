"""Closed sets of the capacity room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clientarium.decisions.journal import name_verbs


class Source(TextChoices):
    """Where the list came from."""

    EXAMPLE = "example", pgettext_lazy("capacity list", "the example")
    TABLE = "table", pgettext_lazy("capacity list", "a table")
    BASE = "base", pgettext_lazy("capacity list", "the base")


@name_verbs
class CapacityVerb(TextChoices):
    """What the journal says about choices under short capacity."""

    LIST_MADE = "capacity_list_made", _("List for a choice by capacity made")
    LIST_DROPPED = "capacity_list_dropped", _("List for a choice by capacity put away")
    LIST_RESTORED = "capacity_list_restored", _("List for a choice by capacity brought back")
    ROW_EDITED = "capacity_row_edited", _("Figures of a capacity list changed")
    SCENARIO_ADDED = "capacity_scenario_added", _("Capacity scenario computed")
    SCENARIO_REMOVED = "capacity_scenario_removed", _("Capacity scenario removed")
    FIXED = "capacity_fixed", _("Taken or refused by hand in a capacity scenario")
    DECIDED = "capacity_decided", _("Choice by capacity decided")
    REOPENED = "capacity_reopened", _("Decision on a choice by capacity taken back")
