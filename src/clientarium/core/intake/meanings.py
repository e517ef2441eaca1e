"""What a column of a received file can mean, for each kind of file."""

from dataclasses import dataclass
from typing import Literal

from clientarium.core.ground import N_

KINDS = ("sales", "clients", "products", "sellers", "touches", "payments")

ValueType = Literal["date", "number", "text", "boolean", "inn", "kpp", "phone", "email"]


@dataclass(frozen=True)
class Meaning:
    """A name for the layout, its type and the label people choose it by."""

    name: str
    type: ValueType
    title: str
    required: bool = False
    repeatable: bool = False


IGNORE = Meaning("ignore", "text", N_("Do not load"), repeatable=True)
FIELD = Meaning("field", "text", N_("Keep as a field of the card"), repeatable=True)

_WHO = (
    Meaning("client_code", "text", N_("Client: code")),
    Meaning("client", "text", N_("Client: name")),
)
_CARD = (
    Meaning("inn", "inn", N_("ИНН")),
    Meaning("kpp", "kpp", N_("КПП")),
    Meaning("phones", "phone", N_("Phones"), repeatable=True),
    Meaning("emails", "email", N_("E-mails"), repeatable=True),
    Meaning("city", "text", N_("City")),
    Meaning("segment", "text", N_("Segment")),
)

MEANINGS: dict[str, tuple[Meaning, ...]] = {
    "sales": (
        Meaning("date", "date", N_("Date of the sale"), required=True),
        Meaning("doc", "text", N_("Document")),
        Meaning("line", "number", N_("Line number in the document")),
        *_WHO,
        Meaning("product", "text", N_("Product: code")),
        Meaning("product_name", "text", N_("Product: name")),
        Meaning("product_group", "text", N_("Product: group")),
        Meaning("quantity", "number", N_("Quantity")),
        Meaning("price", "number", N_("Price")),
        Meaning("revenue", "number", N_("Amount of the line (revenue)")),
        Meaning("cost", "number", N_("Cost of the line")),
        Meaning("margin", "number", N_("Profit of the line")),
        Meaning("unit_cost", "number", N_("Cost of a unit")),
        Meaning("discount", "number", N_("Discount, amount")),
        Meaning("discount_rate", "number", N_("Discount, share or per cent")),
        Meaning("currency", "text", N_("Currency")),
        Meaning("seller", "text", N_("Seller")),
        Meaning("channel", "text", N_("Channel, department")),
        Meaning("return", "boolean", N_("Sign of a return")),
        *_CARD,
        IGNORE,
    ),
    "clients": (
        *_WHO,
        *_CARD,
        Meaning("seller", "text", N_("Seller")),
        FIELD,
        IGNORE,
    ),
    "products": (
        Meaning("product", "text", N_("Product: code")),
        Meaning("product_name", "text", N_("Product: name")),
        Meaning("product_group", "text", N_("Product: group")),
        Meaning("unit", "text", N_("Unit of measure")),
        IGNORE,
    ),
    "sellers": (
        Meaning("seller", "text", N_("Seller"), required=True),
        Meaning("department", "text", N_("Department")),
        Meaning("started_on", "date", N_("Works since")),
        Meaning("left_on", "date", N_("Left on")),
        IGNORE,
    ),
    "touches": (
        Meaning("date", "date", N_("Date of the touch"), required=True),
        Meaning("touch_id", "text", N_("Number of the touch")),
        *_WHO,
        Meaning("touch_kind", "text", N_("Kind of touch")),
        Meaning("department", "text", N_("Department")),
        Meaning("seller", "text", N_("Seller")),
        Meaning("minutes", "number", N_("Minutes")),
        Meaning("direction", "text", N_("Direction")),
        Meaning("result", "text", N_("Result")),
        IGNORE,
    ),
    "payments": (
        Meaning("doc", "text", N_("Document")),
        Meaning("due_on", "date", N_("To be paid by")),
        Meaning("paid_on", "date", N_("Paid on")),
        *_WHO,
        Meaning("amount", "number", N_("Amount"), required=True),
        Meaning("currency", "text", N_("Currency")),
        IGNORE,
    ),
}


def meaning_names(kind: str) -> tuple[str, ...]:
    return tuple(meaning.name for meaning in MEANINGS[kind])


def meaning_of_name(kind: str, name: str) -> Meaning:
    return next(meaning for meaning in MEANINGS[kind] if meaning.name == name)


def repeatable_meanings(kind: str) -> frozenset[str]:
    """Return the meanings several columns may share."""
    return frozenset(meaning.name for meaning in MEANINGS[kind] if meaning.repeatable)
