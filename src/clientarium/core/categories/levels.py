"""The numbers of the whole base that rules lean on, in one row: medians and sums."""

from collections.abc import Iterable

from clientarium.core.categories.scheme import Derived, Level, Scheme, Summary
from clientarium.core.ground.expressions import to_sql

SUMMARY_SQL = {
    Summary.MEDIAN: "median({value})",
    Summary.MEAN: "avg({value})",
    Summary.SUM: "sum({value})",
    Summary.MINIMUM: "min({value})",
    Summary.MAXIMUM: "max({value})",
    Summary.COUNT: "count({value})",
}

# Room for 10^26 in front; twelve places tell shares of attention apart in a base of a million.
EXACT = "decimal(38, 12)"


def levels_sql(schemes: Iterable[Scheme], *, over: str) -> str:
    """One row: every level of `schemes`, all doubles."""
    # The count keeps it an aggregate, one row, when no scheme has a level.
    columns = ["count(*) as clients_counted"]
    for scheme in schemes:
        columns += [f"{_level_sql(level)} as {level.name}" for level in scheme.levels]
    return f"select {', '.join(columns)} from {over}"


def _level_sql(level: Level) -> str:
    value = to_sql(level.of)
    if level.summary is Summary.MEDIAN:
        value = f"cast({value} as double)"
    if level.summary in (Summary.MEAN, Summary.SUM):
        # Added exactly: doubles added in another order differ in the last figure, and so would two pulses of one base.
        value = f"cast({value} as {EXACT})"
    if level.where is not None:
        value = f"case when {to_sql(level.where)} then {value} end"
    return f"cast({SUMMARY_SQL[level.summary].format(value=value)} as double)"


def derived_sql(word: Derived) -> str:
    return f"cast({to_sql(word.of)} as double)"
