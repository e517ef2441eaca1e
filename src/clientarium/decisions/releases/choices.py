"""Closed sets of the room of releases."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clientarium.core.strategy import Rung
from clientarium.decisions.journal import name_verbs


class LadderStep(TextChoices):
    """From the mildest to the last."""

    REPRICE = Rung.REPRICE.value, _("Re-price")
    MINIMUM = Rung.MINIMUM.value, _("Minimum order")
    SELF_SERVICE = Rung.SELF_SERVICE.value, _("Self-service")
    FEWER_TOUCHES = Rung.FEWER_TOUCHES.value, _("Fewer touches")
    STOP = Rung.STOP.value, _("Stop working with them")


class ReleaseState(TextChoices):
    OPEN = "open", pgettext_lazy("release", "In force")
    CLOSED = "closed", pgettext_lazy("release", "Finished")
    DROPPED = "dropped", pgettext_lazy("release", "Taken back")


class Side(TextChoices):
    """Whose figures: of those the decision is about, or of who is like them."""

    GROUP = "group", _("The group")
    ALIKE = "alike", _("Clients like them")


@name_verbs
class ReleaseVerb(TextChoices):
    """What the journal says about releases."""

    DECIDED = "release_decided", _("Step of release decided")
    HANDED_ON = "release_handed_on", _("Step of release given to another owner")
    CLOSED = "release_closed", _("Step of release finished")
    DROPPED = "release_dropped", _("Step of release taken back")
    REOPENED = "release_reopened", _("Step of release taken up again")
