"""Arithmetic of money columns that never overflows: what does not fit is null."""

from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from clientarium.core.intake.values import MONEY

_MOST = Decimal(10) ** 13


def product_of(one: pa.Array | None, other: pa.Array | None) -> pa.Array | None:
    """Return one x other rounded to MONEY; None when either is missing as a column."""
    if one is None or other is None:
        return None
    return _money(pc.multiply(one, other))


def difference(one: pa.Array | None, other: pa.Array | None) -> pa.Array | None:
    if one is None or other is None:
        return None
    return _money(pc.subtract(one, other))


def without_rate(gross: pa.Array | None, rate: pa.Array | None) -> pa.Array | None:
    """Return gross less its discount; rates above 1 are per cent."""
    if gross is None or rate is None:
        return gross
    one = pa.scalar(Decimal(1), MONEY)
    share = pc.if_else(
        pc.greater(pc.abs(rate), one), _money(pc.multiply(rate, pa.scalar(Decimal("0.01"), MONEY))), rate
    )
    return product_of(gross, pc.subtract(one, pc.fill_null(share, Decimal(0))).cast(MONEY))


def _money(values: pa.Array) -> pa.Array:
    small = pc.less(pc.abs(values), pa.scalar(_MOST, values.type))
    return pc.round(pc.if_else(pc.fill_null(small, False), values, None), 4).cast(MONEY)
