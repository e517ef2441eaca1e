"""The door: what is expected of every client of a base as of a day, one row each.

Numbers come from three methods named by a `Choice`: how many orders, when the next one, whether he is still a client.
Two promises are kept here, whoever answers: nothing is NaN (unknown is null), and the answers fit together: more days
never bring fewer orders, a date expected lies after `as_of`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol, runtime_checkable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from clientarium.core.forecast.choice import DEFAULT_CHOICE, Choice
from clientarium.core.forecast.histories import Histories, day_number
from clientarium.core.forecast.methods import CountMethod, DateForecast, DateMethod, Numbers, StatusMethod, expected_of
from clientarium.core.forecast.naming import methods_of, rhythm_of
from clientarium.core.forecast.next_order import NextOrders
from clientarium.core.forecast.spend import spend_per_order
from clientarium.core.forecast.spend_season import season_factors
from clientarium.core.metrics import FORECAST_SCHEMA

ORDER_HORIZONS = (30, 90, 365)
DATE_HORIZONS = (7, 30)

SILENT_DAYS = 7
"""p_alive_7d: what a call put off by a week would find."""

LEAST_OWN_PURCHASES = 2
"""Under two purchase days there is no gap of his own: the answer is the base's, and is marked so."""

FARTHEST_DAYS = 731
"""A date more than two years ahead is no date to act on: none is given."""

LEAST_ALIVE = 0.05
"""Of such clients fewer than one in twenty orders again: a date for the others would be believed of all."""

MOST_MONEY = 1e13
"""DECIMAL(18, 4) holds a little more."""


@runtime_checkable
class Foreseeing(Protocol):
    """A method of status that tells what another silent week would mean without learning the base anew."""

    def p_alive_if_silent(self, histories: Histories, days: int) -> Numbers:
        """P(alive) of each client if nobody orders for `days` more days, float64[n]."""


def forecast(histories: Histories, *, as_of: date, choice: Choice = DEFAULT_CHOICE) -> pa.Table:
    """One row per client with a purchase on or before `as_of`, with the columns of FORECAST_SCHEMA, by client_id."""
    known = _known_on(histories, day_number(as_of))
    if not known.size:
        return FORECAST_SCHEMA.empty_table()
    counts, dates, status = methods_of(choice)
    alive = _share(status.p_alive(known))
    columns = {
        "client_id": pa.array(known.client_ids),
        "p_alive": pa.array(alive),
        "p_alive_7d": pa.array(_alive_if_silent(status, known, alive)),
        **_count_columns(counts, known),
        **_date_columns(dates, known, is_here=alive >= LEAST_ALIVE),
        "rhythm": pa.array(rhythm_of(known), pa.string()),
        "forecast_basis": pa.array(np.where(known.counts < LEAST_OWN_PURCHASES, "base", "own"), pa.string()),
    }
    return pa.table([columns[field.name] for field in FORECAST_SCHEMA], schema=FORECAST_SCHEMA)


def _known_on(histories: Histories, until: int) -> Histories:
    """`histories` as known at the end of the day `until`, also where nobody bought on it."""
    return replace(histories if until >= histories.until else histories.cut(until), until=until)


def _alive_if_silent(method: StatusMethod, known: Histories, now: Numbers) -> Numbers:
    if isinstance(method, Foreseeing):
        later = method.p_alive_if_silent(known, SILENT_DAYS)
    else:
        later = method.p_alive(replace(known, until=known.until + SILENT_DAYS))
    # Silence is no good news, whatever a method learnt anew from the longer one may say.
    return np.minimum(_share(later), now)


def _count_columns(method: CountMethod, known: Histories) -> Mapping[str, pa.Array]:
    expected = expected_of(method, known, ORDER_HORIZONS).expected
    orders: dict[int, Numbers] = {}
    least = np.zeros(known.size)
    for horizon in ORDER_HORIZONS:
        least = orders[horizon] = np.maximum(expected[horizon], least)
    spend, season = spend_per_order(known), season_factors(known, ORDER_HORIZONS)
    return {
        **{f"expected_orders_{h}d": pa.array(orders[h]) for h in ORDER_HORIZONS},
        **{f"expected_margin_{h}d": _money(orders[h] * spend.margin * season[h]) for h in ORDER_HORIZONS},
        **{f"expected_revenue_{h}d": _money(orders[h] * spend.revenue * season[h]) for h in ORDER_HORIZONS[1:]},
    }


def _date_columns(method: DateMethod, known: Histories, *, is_here: NDArray[np.bool_]) -> Mapping[str, pa.Array]:
    found = method.forecast(known, DATE_HORIZONS)
    early, late = _window_days(found, method, known)
    is_known = found.is_known if isinstance(found, NextOrders) else np.ones(known.size, np.bool_)
    # Rounded outwards: the last day of a window belongs to it.
    bought = known.last.astype(float)
    first = bought + np.maximum(np.floor(early), 1.0)
    last = bought + np.maximum(np.ceil(late), 1.0)
    ahead = np.maximum(np.ceil(found.median), 1)
    overdue = np.where(is_known, np.maximum(known.until - last, 0), 0)
    is_near = is_known & (late <= FARTHEST_DAYS)
    return {
        **_within_columns(found.within, known.size),
        "next_order_on": _days(known.until + ahead, is_known=is_known & is_here & (ahead <= FARTHEST_DAYS)),
        "next_order_early": _days(first, is_known=is_near),
        "next_order_late": _days(last, is_known=is_near),
        "order_overdue_days": pa.array(overdue.astype(np.int32)),
    }


def _within_columns(within: Mapping[int, Numbers], size: int) -> Mapping[str, pa.Array]:
    least = np.zeros(size)
    columns = {}
    for horizon in DATE_HORIZONS:
        least = np.maximum(_share(within[horizon]), least)
        columns[f"p_order_{horizon}d"] = pa.array(least)
    return columns


def _window_days(found: DateForecast, method: DateMethod, known: Histories) -> tuple[Numbers, Numbers]:
    """10 % and 90 % of the gap after the last purchase, days since it, as they stood on its evening."""
    if isinstance(found, NextOrders):
        return found.promised_early, found.promised_late
    # Each client's days are moved by whole weeks until he bought within the last one: silence is then no part of it.
    weeks = (known.until - known.last) // SILENT_DAYS * SILENT_DAYS
    moved = replace(known, days=(known.days + np.repeat(weeks, known.counts)).astype(np.int32))
    answer, silence = method.forecast(moved, ()), known.until - moved.last
    return answer.early + silence, answer.late + silence


def _share(values: Numbers) -> Numbers:
    assert np.isfinite(values).all(), "a probability is a number"
    return np.clip(values, 0.0, 1.0)


def _money(amounts: Numbers) -> pa.Array:
    is_known = np.isfinite(amounts) & (np.abs(amounts) < MOST_MONEY)
    rounded = pa.array(np.where(is_known, amounts, 0.0), mask=~is_known)
    return pc.cast(pc.round(rounded, ndigits=4), pa.decimal128(18, 4), safe=False)


def _days(numbers: Numbers, *, is_known: NDArray[np.bool_]) -> pa.Array:
    days = np.where(is_known, numbers, 0).astype(np.int32)
    return pa.array(days, pa.int32(), mask=~is_known).cast(pa.date32())
