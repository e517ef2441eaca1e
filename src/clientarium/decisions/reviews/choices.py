"""Closed sets of the reviews' room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clientarium.decisions.journal import name_verbs


class Kind(TextChoices):
    """The quarter's session about categories, and the half-year's review of the whole base."""

    GRADES = "grades", _("Session on categories")
    BASE = "base", _("Review of the base")


class Question(TextChoices):
    """The five questions of a review, in their order (1.5.2-1.5.6)."""

    STRONGER = "stronger", _("Who grew stronger?")
    WEAKER = "weaker", _("Who grew weaker?")
    GONE = "gone", _("Who left but could return?")
    NEGLECTED = "neglected", _("Where do we under-work?")
    OUTGROWN = "outgrown", _("Where have we outgrown the format?")


class DecisionState(TextChoices):
    """What became of a decision."""

    OPEN = "open", pgettext_lazy("decision", "In work")
    DONE = "done", pgettext_lazy("decision", "Done")
    DROPPED = "dropped", pgettext_lazy("decision", "Dropped")


@name_verbs
class ReviewVerb(TextChoices):
    """What the journal says about reviews and what they decided."""

    OPENED = "review_opened", _("Review opened")
    CLOSED = "review_closed", _("Review closed")
    REOPENED = "review_reopened", _("Review opened again")
    NOTED = "review_noted", _("Note of a review written")
    DECIDED = "review_decided", _("Decision of a review written down")
    DECISION_CHANGED = "review_decision_changed", _("Decision of a review changed")
    DECISION_DONE = "review_decision_done", _("Decision of a review carried out")
    DECISION_DROPPED = "review_decision_dropped", _("Decision of a review dropped")
    DECISION_RESUMED = "review_decision_resumed", _("Decision of a review taken up again")
