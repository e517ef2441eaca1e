"""What is expected of every client of a table, beyond the columns metrics take: any horizons, the typical count."""

from collections.abc import Sequence
from datetime import date

import pyarrow as pa

from clientarium.core.forecast.backtest.dates import choose_dates
from clientarium.core.forecast.choice import Choice
from clientarium.core.forecast.choosing import choose_counts
from clientarium.core.forecast.expectations import ORDER_HORIZONS, forecast
from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.naming import methods_of


def chosen_for(histories: Histories) -> Choice:
    """The methods the past of `histories` itself prefers."""
    found = choose_counts(histories)
    return Choice(counts=found.counts, dates=choose_dates(histories), status=found.status, origin=found.origin)


def prediction(histories: Histories, *, as_of: date, choice: Choice, horizons: Sequence[int] = ()) -> pa.Table:
    """The forecast of every client, and for each of `horizons`, days, the orders expected and typical.

    expected_orders adds up to totals; typical_orders misses least for a single client.
    """
    found = forecast(histories, as_of=as_of, choice=choice)
    asked = sorted({*ORDER_HORIZONS, *horizons})
    counts = methods_of(choice)[0].forecast(histories, asked)
    for horizon in asked:
        if f"expected_orders_{horizon}d" not in found.column_names:
            found = found.append_column(f"expected_orders_{horizon}d", pa.array(counts.expected[horizon]))
        found = found.append_column(f"typical_orders_{horizon}d", pa.array(counts.per_client(horizon)))
    return found
