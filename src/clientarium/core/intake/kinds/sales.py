"""Lines of sale: revenue and cost are taken or derived, returns told, clients and products gathered."""

from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from clientarium.core.facts import SALES
from clientarium.core.ground import N_
from clientarium.core.intake.blocks import Block
from clientarium.core.intake.kinds.amounts import difference, discount_behind, product_of, without_rate
from clientarium.core.intake.kinds.converted import Context, Converted, fact_rows, first_filled, kept_rows
from clientarium.core.intake.kinds.currencies import currency_codes
from clientarium.core.intake.kinds.parties import card_columns, client_of, sellers_of
from clientarium.core.intake.values import MONEY, Problem, as_text

NO_DATE = Problem(N_("The date is empty"), N_("Put a date like 31.01.2026 into this cell."))
_NO_AMOUNT = Problem(N_("The amount is empty"), N_("Put the amount of the line into this cell."))
_RETURN_WORDS = r"(?i)^(true|1|да|yes|y|возврат.*|return.*|refund.*|сторно.*|cancel.*)$"


def convert_sales(block: Block, context: Context) -> Converted:
    days = block.date("date")
    block.require(days, "date", NO_DATE)
    keys, names = client_of(block, context)
    quantity, revenue, cost, discount = _money(block)
    product = block.text("product")
    product_name = block.text("product_name")
    doc = block.text("doc")
    seller_keys, seller_names = sellers_of(block)
    card = card_columns(block, keys, names)
    columns = {
        "doc_id": doc,
        "line_no": _line_numbers(block),
        "sold_on": days,
        "client_key": keys,
        "product": first_filled(product, product_name),
        "quantity": quantity,
        "revenue": revenue,
        "cost": cost,
        "discount": discount,
        "currency": currency_codes(block, context),
        "seller": seller_keys,
        "channel": block.text("channel"),
        "is_return": _is_return(block, revenue=revenue, quantity=quantity),
        "row_no": block.lines,
    }
    group = block.text("product_group")
    accepted = block.accepted()
    return Converted(
        facts={"sales": fact_rows(SALES, columns, accepted=accepted)},
        clients=kept_rows(pa.table(card), accepted),
        products=_products(columns["product"], product_name, group, accepted=accepted),
        sellers=None
        if seller_keys is None
        else kept_rows(pa.table({"seller": seller_keys, "name": seller_names}), accepted),
    )


def _money(block: Block) -> tuple[pa.Array | None, pa.Array, pa.Array | None, pa.Array | None]:
    """Return (quantity, revenue, cost, discount) of the lines; a file with no amounts at all has revenue 0."""
    quantity, price = block.number("quantity"), block.number("price")
    discount, rate = block.number("discount"), block.number("discount_rate")
    gross = product_of(quantity, price)
    net = without_rate(gross, rate) if discount is None else difference(gross, discount)
    revenue = first_filled(block.number("revenue"), net)
    if revenue is None:
        revenue = pa.repeat(pa.scalar(Decimal(0), MONEY), len(block))
    else:
        block.require(revenue, "revenue" if block.has("revenue") else "price", _NO_AMOUNT)
    block.amounts.setdefault("revenue", revenue)
    if discount is None and rate is not None:
        # Without a price, revenue is what was paid: the discount is behind it.
        discount = discount_behind(revenue, rate) if gross is None else difference(gross, revenue)
    unit_cost, margin = block.number("unit_cost"), block.number("margin")
    cost = first_filled(block.number("cost"), difference(revenue, margin), product_of(quantity, unit_cost))
    return quantity, revenue, cost, discount


def _line_numbers(block: Block) -> pa.Array:
    """Return the number of the line in its document where the file tells it, the line of the file otherwise."""
    numbers = block.number("line")
    if numbers is None:
        return block.lines
    return pc.coalesce(pc.floor(numbers).cast(pa.int64(), safe=False), block.lines)


def _is_return(block: Block, *, revenue: pa.Array, quantity: pa.Array | None) -> pa.Array:
    """True for a line that takes back: negative, or said to be a return (a cancellation C536379 is negative itself)."""
    zero = pa.scalar(Decimal(0), MONEY)
    negative = pc.less(revenue, zero)
    if quantity is not None:
        negative = pc.or_(negative, pc.fill_null(pc.less(quantity, zero), False))
    headers = block.headers_of("return")
    if headers:
        said = pc.match_substring_regex(as_text(block.text_under(headers[0])), _RETURN_WORDS)
        negative = pc.or_(negative, pc.fill_null(said, False))
    return pc.fill_null(negative, False)


def _products(
    product: pa.Array | None, name: pa.Array | None, group: pa.Array | None, *, accepted: pa.Array
) -> pa.Table | None:
    if product is None or (name is None and group is None):
        return None
    nothing = pa.nulls(len(product), pa.string())
    columns = {
        "product": product,
        "name": nothing if name is None else name,
        "product_group": nothing if group is None else group,
    }
    table = kept_rows(pa.table(columns | {"unit": nothing}), accepted)
    return table.filter(pc.is_valid(table["product"]))
