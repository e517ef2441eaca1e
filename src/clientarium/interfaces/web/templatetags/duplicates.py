"""Words of a comparison: what the search calls a field of the card, and how much two values agree."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clientarium.interfaces.web.compared_cards import TITLES

register = template.Library()

AGREEMENTS: dict[str, str | Promise] = {
    "same": _("the same"),
    "close": _("nearly the same"),
    "partly": _("partly the same"),
    "different": _("different"),
}


@register.filter
def card_word(field: str) -> str | Promise:
    """The title of a field of the card."""
    return TITLES.get(field, field)


@register.filter
def agreement_word(agreement: str) -> str | Promise:
    """How much two values agree."""
    return AGREEMENTS.get(agreement, agreement)
