"""What can be done, in words: each room names its own verbs, the journal shows them."""

from typing import TypeVar

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TITLES: dict[str, str | Promise] = {}

Verbs = TypeVar("Verbs", bound=type[TextChoices])


def name_verbs(verbs: Verbs) -> Verbs:
    """Class decorator for a room's verbs: the journal learns their titles. A verb belongs to one room."""
    for verb in verbs:
        assert verb.value not in TITLES, verb
        TITLES[verb.value] = verb.label
    return verbs


def title_of(verb: str) -> str | Promise:
    """The title of `verb`; an old verb nobody names any more is shown as it was written."""
    return TITLES.get(verb, verb)


@name_verbs
class UserVerb(TextChoices):
    """What the journal says about users."""

    USER_CREATED = "user_created", _("User created")
    USER_ROLE_CHANGED = "user_role_changed", _("Role changed")
    USER_LINKED = "user_linked", _("User linked to a seller")
    USER_DEACTIVATED = "user_deactivated", _("User dismissed")
    USER_REACTIVATED = "user_reactivated", _("User taken back")
    USER_RENAMED = "user_renamed", _("User’s name or e-mail changed")
    PASSWORD_RESET = "password_reset", _("Password reset")
