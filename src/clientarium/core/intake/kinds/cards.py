"""Client cards: who the clients are; phones, e-mails and ИНН are kept as written and checked where they are shown."""

import json

import pyarrow as pa

from clientarium.core.intake.blocks import Block
from clientarium.core.intake.kinds.converted import Context, Converted
from clientarium.core.intake.kinds.parties import card_columns, client_of, sellers_of


def convert_clients(block: Block, context: Context) -> Converted:
    keys, names = client_of(block, context)
    columns = card_columns(block, keys, names)
    seller_keys, seller_names = sellers_of(block)
    columns["seller"] = pa.nulls(len(block), pa.string()) if seller_keys is None else seller_keys
    columns["fields"] = _fields(block)
    accepted = block.accepted()
    return Converted(
        clients=pa.table(columns).filter(accepted),
        sellers=None
        if seller_keys is None
        else pa.table({"seller": seller_keys, "name": seller_names}).filter(accepted),
    )


def _fields(block: Block) -> pa.Array:
    """Return the columns kept as fields of the card, as JSON: header → text."""
    headers = block.headers_of("field")
    if not headers:
        return pa.nulls(len(block), pa.string())
    texts = [block.text_under(header).to_pylist() for header in headers]
    rows = (
        {header: text for header, text in zip(headers, row, strict=True) if text} for row in zip(*texts, strict=True)
    )
    return pa.array([json.dumps(row, ensure_ascii=False) if row else None for row in rows], pa.string())
