"""Payments: what was due and what was paid."""

import pyarrow as pa

from clientarium.core.facts import PAYMENTS
from clientarium.core.ground import N_
from clientarium.core.intake.blocks import Block
from clientarium.core.intake.kinds.converted import Context, Converted, fact_rows, first_filled
from clientarium.core.intake.kinds.currencies import currency_codes
from clientarium.core.intake.kinds.parties import card_columns, client_of
from clientarium.core.intake.values import Problem

_NO_AMOUNT = Problem(N_("The amount is empty"), N_("Put the amount of the payment into this cell."))
_NO_DAY = Problem(N_("There is neither a term nor a day of payment"), N_("Fill in one of the two dates."))


def convert_payments(block: Block, context: Context) -> Converted:
    keys, names = client_of(block, context)
    amount = block.number("amount")
    block.require(amount, "amount", _NO_AMOUNT)
    due, paid = block.date("due_on"), block.date("paid_on")
    block.require(first_filled(due, paid), "paid_on" if block.has("paid_on") else "due_on", _NO_DAY)
    columns = {
        "doc_id": block.text("doc"),
        "due_on": due,
        "paid_on": paid,
        "client_key": keys,
        "amount": amount,
        "currency": currency_codes(block, context),
        "row_no": block.lines,
    }
    card = card_columns(block, keys, names)
    accepted = block.accepted()
    return Converted(
        facts={"payments": fact_rows(PAYMENTS, columns, accepted=accepted)}, clients=pa.table(card).filter(accepted)
    )
