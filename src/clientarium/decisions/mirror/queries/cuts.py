"""By what the base may be divided: words of the card, and what is sold and how."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from clientarium.core.readings import Cut
from clientarium.decisions.clients import FieldType, custom_fields, published_columns, state_as_of
from clientarium.decisions.runs import open_snapshots

CARD_WORDS = ("segment", "city")
FIELD_TYPES = (FieldType.CHOICE, FieldType.TEXT, FieldType.YES_NO)
VALUED_FOR = "valued_for"
"""The own field that keeps what a client values us for; as a word of the expression language it is f_valued_for."""


@dataclass(frozen=True)
class Division:
    """`key` stands in addresses; `column` is the word of the card, '' for what is sold and how."""

    key: str
    title: str
    cut: Cut
    column: str = ""
    is_yes_no: bool = False

    def condition(self, group: str | None) -> str:
        """The clients of a group in the expression language; '' where no word says it."""
        if not self.column:
            return ""
        if group is None:
            return f"{self.column} is null"
        if self.is_yes_no:
            return self.column if group == "true" else f"not {self.column}"
        return f"{self.column} = '{group.replace(chr(39), chr(39) * 2)}'"


def divisions() -> list[Division]:
    """Those the published snapshot has words for, in the order they are offered."""
    published = {name.name: name for name in published_columns()}
    titles = {"segment": _("Segment"), "city": _("City")}
    found = [Division(word, titles[word], Cut.CLIENT, word) for word in CARD_WORDS if word in published]
    own = [field for field in custom_fields() if field.type in FIELD_TYPES and field.slug != VALUED_FOR]
    counted = _in_snapshot() if own else set()
    found += [
        Division(field.word, str(field), Cut.CLIENT, field.word, field.type == FieldType.YES_NO)
        for field in own
        if field.word in counted
    ]
    goods = [
        Division("product_group", _("Product group"), Cut.PRODUCT_GROUP),
        Division("channel", _("Sales channel"), Cut.CHANNEL),
    ]
    return [*found, *goods]


def division_called(key: str) -> Division | None:
    """The one with this key, the first where there is none such; None before the first count."""
    offered = divisions()
    return next((one for one in offered if one.key == key), offered[0] if offered else None)


def _in_snapshot() -> set[str]:
    """The words of the newest count: an own field made since waits for the next one."""
    as_of, snapshots = state_as_of(), open_snapshots()
    return set(snapshots.columns(as_of)) if as_of is not None and as_of in snapshots.dates() else set()
