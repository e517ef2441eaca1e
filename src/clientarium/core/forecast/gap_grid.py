"""The days a next order may fall on, as cells: single days at first, then weeks, then ever longer stretches.

A distribution over gaps is a float32[n, CELLS] of cumulative probabilities at the cells' last days. Days inside a week
cell follow the client's weekdays (`DayWeights`), inside longer cells they are even.
"""

import numpy as np
from numpy.typing import NDArray

SINGLE_DAYS = 56
"""Eight weeks day by day: here a seller plans calls, and weekly and two-weekly clients live here."""

LAST_WEEK_END = 56 + 7 * 44
"""Then weeks up to a year: a day more or less does not change a call planned so far ahead."""

LONGEST_DAYS = 7300
"""Twenty years: a gap is never told longer; past a year cells grow by a twelfth."""

GROWTH = 13 / 12


def _edges() -> NDArray[np.int64]:
    edges = [*range(SINGLE_DAYS + 1), *range(SINGLE_DAYS + 7, LAST_WEEK_END + 1, 7)]
    while edges[-1] < LONGEST_DAYS:
        edges.append(min(LONGEST_DAYS, int(np.ceil(edges[-1] * GROWTH))))
    return np.array(edges, np.int64)


EDGES = _edges()
"""int64[CELLS + 1]: cell j holds the gaps EDGES[j] < gap <= EDGES[j + 1], in whole days."""

CELLS = EDGES.size - 1
WIDTHS = np.diff(EDGES)

CELL_OF_DAY = np.searchsorted(EDGES, np.arange(LONGEST_DAYS + 1), side="left") - 1
"""int64[LONGEST_DAYS + 1]: the cell of a gap of that many days; -1 for 0."""

UPPER_LOGS = np.log(EDGES[1:] + 0.5)
"""A gap of d whole days stands for everything in (d - 1/2, d + 1/2]."""

LOWEST_LOG = float(np.log(0.5))
