"""Putting the question “what does he value us for” on every card: an own field like any other the firm makes."""

from django.core.exceptions import PermissionDenied

from clientarium.decisions.clients import CustomField, FieldType, define_field, restore_field
from clientarium.decisions.people import User

from ..queries.cuts import VALUED_FOR
from ..rules import can_ask_values

TITLE_RU, TITLE_EN = "За что нас ценит", "What he values us for"
ANSWERS = (
    "Цена",
    "Наличие на складе",
    "Сроки и доставка",
    "Качество товара",
    "Люди и сервис",
    "Всё в одном месте",
    "Отсрочка платежа",
    "Близко и привычно",
)
"""What buyers of a trading firm name; the firm words its own list under «Own fields»."""


def ask_values(*, by: User) -> CustomField:
    """The field on the cards, made or brought back; asked twice it is the same one. Raises PermissionDenied."""
    if not can_ask_values(by):
        raise PermissionDenied
    field = CustomField.objects.filter(slug=VALUED_FOR).first()
    if field is None:
        return define_field(TITLE_RU, type=FieldType.CHOICE, by=by, title_en=TITLE_EN, slug=VALUED_FOR, choices=ANSWERS)
    if field.is_removed:
        restore_field(field, by=by)
    return field
