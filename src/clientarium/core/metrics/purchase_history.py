"""The purchase days of every client with their money, by the very steps the metrics stand on: what a forecast reads."""

from datetime import date

from clientarium.core.metrics.compose import NamedQuery
from clientarium.core.metrics.norms import Norms
from clientarium.core.metrics.steps import STEPS, Context

PURCHASE_HISTORY = "purchase_history"

LEAST_SHARE_WITH_COST = 0.5
"""The margin of a day is told by its lines of known cost; by fewer than half of the money it would be a guess."""

_DOCUMENT = frozenset({"source", "doc_id", "cost", "margin", "revenue_with_cost"})


def purchase_history_queries(*, as_of: date, norms: Norms) -> list[NamedQuery]:
    """Queries that end in `purchase_history`: client_id, day, revenue, margin, returned (money as doubles).

    A row per client and day with a document. `revenue`: of the day's orders, null on a day with returns only; `margin`:
    of the same orders, null where too little of their cost is known; `returned`: documents at or below zero, null
    where none.
    """
    queries = [
        NamedQuery(step.relation, step.build(Context(as_of, norms, _DOCUMENT)), step.is_table)
        for step in (STEPS["sales"], STEPS["documents"])
        if step.build is not None
    ]
    return [*queries, NamedQuery(PURCHASE_HISTORY, _days_sql(), True)]


def _days_sql() -> str:
    return f"""
SELECT client_id, day, CAST(revenue AS DOUBLE) AS revenue, CAST(returned AS DOUBLE) AS returned,
  CASE WHEN revenue_with_cost >= {LEAST_SHARE_WITH_COST} * revenue
    THEN CAST(margin AS DOUBLE) * CAST(revenue AS DOUBLE) / CAST(revenue_with_cost AS DOUBLE) END AS margin
FROM (
  SELECT client_id, sold_on AS day,
    sum(CASE WHEN revenue > 0 THEN revenue END) AS revenue,
    sum(CASE WHEN revenue > 0 THEN margin END) AS margin,
    sum(CASE WHEN revenue > 0 THEN revenue_with_cost END) AS revenue_with_cost,
    sum(CASE WHEN revenue <= 0 THEN revenue END) AS returned
  FROM step_documents
  GROUP BY client_id, sold_on
) AS days"""
