"""Closed sets of the plans' room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from clientarium.decisions.journal import name_verbs


class Spread(TextChoices):
    """How the leader's figure for the whole firm is spread over sellers."""

    EVEN = "even", _("Evenly")
    WEIGHT = "weight", _("By what their clients bring")
    POTENTIAL = "potential", _("By the room to grow")


class PlanBasis(TextChoices):
    """Where the expected figures of a plan come from."""

    FROZEN = "frozen", _("approved")
    BEFORE = "before", _("by the snapshot before the month")
    STATE = "state", _("by the latest figures")
    NONE = "none", _("nothing to plan by")


@name_verbs
class PlanVerb(TextChoices):
    """What the journal says about plans."""

    FIGURE_SET = "plan_figure_set", _("The firm’s figure of the month set")
    OVERRIDDEN = "plan_overridden", _("A seller’s plan set by the leader")
    OVERRIDE_REMOVED = "plan_override_removed", _("The leader’s figure taken off a seller’s plan")
    SPREAD_TAKEN = "plan_spread_taken", _("The spread figure made the plan of all sellers")
    STEP_ACCEPTED = "plan_step_accepted", _("A growth step answered")
    STEP_REMOVED = "plan_step_removed", _("An answer about growth taken back")
    APPROVED = "plan_approved", _("The month’s plan approved")
    REOPENED = "plan_reopened", _("The month’s plan opened again")
    EXPORTED = "plan_exported", _("Plan and fact taken for payroll")
