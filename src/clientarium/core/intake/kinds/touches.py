"""Touches: who of the firm spent how many minutes on whom."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from clientarium.core.facts import TOUCHES
from clientarium.core.ground import N_
from clientarium.core.intake.blocks import Block
from clientarium.core.intake.kinds.converted import Context, Converted, constant, fact_rows
from clientarium.core.intake.kinds.parties import card_columns, client_of, sellers_of
from clientarium.core.intake.kinds.sales import NO_DATE
from clientarium.core.intake.values import Problem

_KINDS = {
    "campaign": ("рассылк", "кампани", "campaign", "mailing", "newsletter", "поздравл"),
    "delivery": ("доставк", "рейс", "отгрузк", "deliver", "shipment"),
    "call": ("звон", "call", "телефон", "вызов"),
    "letter": ("письм", "почт", "letter", "mail"),
    "meeting": ("встреч", "meeting", "перегов"),
    "message": ("сообщ", "чат", "message", "chat", "whatsapp", "telegram", "мессендж", "sms", "смс"),
    "visit": ("визит", "выезд", "visit"),
    "ticket": ("обращ", "заявк", "тикет", "ticket", "жалоб", "рекламац", "support"),
    "document": ("документ", "счет", "счёт", "накладн", "document", "договор", "кп"),
}
_DIRECTIONS = {"in": ("вход", "in"), "out": ("исход", "out")}
_UNKNOWN_KIND = Problem(
    N_("The kind of touch is not known"),
    N_("Write call, letter, meeting, message, visit, ticket, document, delivery or campaign."),
)


def convert_touches(block: Block, context: Context) -> Converted:
    days = block.date("date")
    block.require(days, "date", NO_DATE)
    keys, names = client_of(block, context)
    minutes = block.number("minutes")
    seller_keys, seller_names = sellers_of(block)
    columns = {
        "touch_id": block.text("touch_id"),
        "touched_on": days,
        "client_key": keys,
        "kind": _kinds(block),
        "department": block.text("department"),
        "seller": seller_keys,
        "minutes": None if minutes is None else pc.round(minutes, 2),
        "direction": _directions(block),
        "result": block.text("result"),
        "row_no": block.lines,
    }
    card = card_columns(block, keys, names)
    accepted = block.accepted()
    return Converted(
        facts={"touches": fact_rows(TOUCHES, columns, accepted=accepted)},
        clients=pa.table(card).filter(accepted),
        sellers=None
        if seller_keys is None
        else pa.table({"seller": seller_keys, "name": seller_names}).filter(accepted),
    )


def _kinds(block: Block) -> pa.Array:
    """Return the kinds by the beginnings of their words; a file that names none is a log of calls."""
    texts = block.text("touch_kind")
    if texts is None:
        return constant("call", len(block))
    kinds = _by_stems(texts, _KINDS)
    block.refuse(
        pc.and_(pc.is_valid(texts), pc.is_null(kinds)), block.headers_of("touch_kind")[0], lambda _: _UNKNOWN_KIND
    )
    return pc.fill_null(kinds, "call")


def _directions(block: Block) -> pa.Array | None:
    texts = block.text("direction")
    return None if texts is None else _by_stems(texts, _DIRECTIONS)


def _by_stems(texts: pa.Array, stems: Mapping[str, tuple[str, ...]]) -> pa.Array:
    encoded = texts.dictionary_encode()

    def named(text: str) -> str | None:
        folded = text.casefold()
        return next((name for name, words in stems.items() if any(word in folded for word in words)), None)

    return pa.array([named(text) for text in encoded.dictionary.to_pylist()], pa.string()).take(encoded.indices)
