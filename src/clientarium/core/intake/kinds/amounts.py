"""Arithmetic of money columns that never overflows: what does not fit is null."""

from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from clientarium.core.intake.values import MONEY

_MOST = Decimal(10) ** 13
ONE = pa.scalar(Decimal(1), MONEY)


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
    return product_of(gross, pc.subtract(ONE, pc.fill_null(_share_of(rate), Decimal(0))).cast(MONEY))


def discount_behind(net: pa.Array, rate: pa.Array | None) -> pa.Array | None:
    """Return what was taken off to leave `net`: net · r / (1 - r). Null where r is no share of a price."""
    if rate is None:
        return None
    share = _share_of(rate)
    is_discount = pc.and_(pc.greater_equal(share, pa.scalar(Decimal(0), MONEY)), pc.less(share, ONE))
    left = pc.if_else(pc.fill_null(is_discount, False), pc.cast(pc.subtract(ONE, share), pa.float64()), None)
    # Money by a ratio: doubles carry fifteen figures, the ledger four decimals.
    taken = pc.multiply(pc.cast(net, pa.float64()), pc.divide(pc.cast(share, pa.float64()), left))
    fits = pc.less(pc.abs(taken), float(_MOST))
    return pc.round(pc.if_else(pc.fill_null(fits, False), taken, None), 4).cast(MONEY, safe=False)


def _share_of(rate: pa.Array) -> pa.Array:
    """Rates above 1 are per cent."""
    per_cent = _money(pc.multiply(rate, pa.scalar(Decimal("0.01"), MONEY)))
    return pc.if_else(pc.greater(pc.abs(rate), ONE), per_cent, rate)


def _money(values: pa.Array) -> pa.Array:
    small = pc.less(pc.abs(values), pa.scalar(_MOST, values.type))
    return pc.round(pc.if_else(pc.fill_null(small, False), values, None), 4).cast(MONEY)
