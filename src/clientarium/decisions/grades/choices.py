"""Closed sets of the grades app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from clientarium.decisions.journal import name_verbs


class ProposalState(TextChoices):
    """What became of a proposed category."""

    WAITING = "waiting", _("Waiting for a decision")
    CONFIRMED = "confirmed", _("Confirmed")
    OVERRIDDEN = "overridden", _("Decided otherwise")
    DISMISSED = "dismissed", _("Dismissed")
    SUPERSEDED = "superseded", _("Overtaken by new data")


@name_verbs
class GradeVerb(TextChoices):
    """What the journal says about decisions on categories."""

    PROPOSALS_CONFIRMED = "proposals_confirmed", _("Proposed categories confirmed")
    PROPOSALS_DISMISSED = "proposals_dismissed", _("Proposed categories dismissed")
    CATEGORY_OVERRIDDEN = "category_overridden", _("Category set by hand")


@name_verbs
class SchemeVerb(TextChoices):
    """What the journal says about the rules themselves, and about undoing."""

    SCHEME_SAVED = "scheme_saved", _("Scheme changed")
    SCHEME_RESTORED = "scheme_restored", _("Earlier text of a scheme restored")
    NORMS_SAVED = "norms_saved", _("Norms of time changed")
    NORMS_RESTORED = "norms_restored", _("Earlier norms of time restored")
    DECISION_UNDONE = "decision_undone", _("Decision undone")
