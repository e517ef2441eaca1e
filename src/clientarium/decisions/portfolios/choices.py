"""Closed sets of the portfolios' room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clientarium.decisions.journal import name_verbs


class Strategy(TextChoices):
    """How a seller works; his norms, if he has none of his own, are those of his strategy."""

    KEEPER = "keeper", pgettext_lazy("strategy", "Keeper")
    HUNTER = "hunter", pgettext_lazy("strategy", "Hunter")
    DEEP = "deep", pgettext_lazy("strategy", "Deep work")
    REMOTE = "remote", pgettext_lazy("strategy", "Remote")


class Fill(TextChoices):
    """How full a portfolio is against its norm, its ceiling and the seller's hours."""

    OVER_CEILING = "over_ceiling", _("above the ceiling")
    OVER_HOURS = "over_hours", _("more work than hours")
    OVER_NORM = "over_norm", _("above the norm")
    WITHIN = "within", _("within the norm")
    UNDER = "under", _("below the norm")
    EMPTY = "empty", _("no clients yet")


OVERFULL = frozenset({Fill.OVER_CEILING, Fill.OVER_HOURS})


@name_verbs
class PortfolioVerb(TextChoices):
    """What the journal says about sellers and their portfolios."""

    TERMS_SET = "terms_set", _("Terms of a seller set")
    TERMS_UNDONE = "terms_undone", _("Terms of a seller taken back")
    ABSENCE_SET = "absence_set", _("Absence of a seller noted")
    ABSENCE_REMOVED = "absence_removed", _("Absence of a seller taken back")
    SELLER_ADDED = "seller_added", _("Seller added")
    SELLER_DISMISSED = "seller_dismissed", _("Seller dismissed")
    SELLER_RETURNED = "seller_returned", _("Dismissal of a seller taken back")
