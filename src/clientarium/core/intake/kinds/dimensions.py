"""Products and sellers: tables that describe things; the last row of a key counts."""

import pyarrow as pa

from clientarium.core.facts import PRODUCTS, SELLERS
from clientarium.core.ground import N_
from clientarium.core.intake.blocks import Block
from clientarium.core.intake.kinds.converted import Context, Converted, fact_rows, first_filled
from clientarium.core.intake.kinds.parties import sellers_of
from clientarium.core.intake.values import Problem

_NO_PRODUCT = Problem(N_("There is neither code nor name of the product"), N_("Fill in the code or the name."))
_NO_SELLER = Problem(N_("There is no seller in the row"), N_("Fill in the seller."))


def convert_products(block: Block, _context: Context) -> Converted:
    name = block.text("product_name")
    key = first_filled(block.text("product"), name)
    block.require(key, "product" if block.has("product") else "product_name", _NO_PRODUCT)
    columns = {
        "product": key,
        "name": name,
        "product_group": block.text("product_group"),
        "unit": block.text("unit"),
        "row_no": block.lines,
    }
    return Converted(facts={"products": fact_rows(PRODUCTS, columns, accepted=block.accepted())})


def convert_sellers(block: Block, _context: Context) -> Converted:
    keys, names = sellers_of(block)
    block.require(keys, "seller", _NO_SELLER)
    columns = {
        "seller": keys,
        "department": block.text("department"),
        "started_on": block.date("started_on"),
        "left_on": block.date("left_on"),
        "row_no": block.lines,
    }
    accepted = block.accepted()
    sellers = pa.table({"seller": keys, "name": names}).filter(accepted) if keys is not None else None
    return Converted(facts={"sellers": fact_rows(SELLERS, columns, accepted=accepted)}, sellers=sellers)
