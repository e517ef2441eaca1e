"""Publishing a tiny snapshot of one scheme, as a pulse does."""

from decimal import Decimal

import pyarrow as pa

from clientarium.core.ground.expressions import Name, ValueType
from clientarium.decisions.clients import publish_state, state_model
from clientarium.decisions.grades import follow_categories, follow_proposals

COLUMNS = [
    Name("margin_12m", ValueType.MONEY, "Маржа", "Margin"),
    Name("grade", ValueType.TEXT, "Категория", "Grade"),
    Name("grade_computed", ValueType.TEXT, "Категория: предложение", "Grade: proposed"),
]


def publish(as_of, rows, *, run_id=1, is_tracked=True):
    """`rows`: (client, in force, computed, margin). Returns (changed intervals, ProposalChanges)."""
    money = [None if margin is None else Decimal(margin) for _client, _in_force, _computed, margin in rows]
    table = pa.table(
        {
            "client_id": pa.array([client.pk for client, *_rest in rows], pa.int64()),
            "in_force": pa.array([in_force for _client, in_force, *_rest in rows], pa.string()),
            "computed": pa.array([computed for _client, _in_force, computed, _margin in rows], pa.string()),
            "money": pa.array(money, pa.decimal128(18, 4)),
            "orders_12m": pa.array([3] * len(rows), pa.int64()),
        }
    )
    state = table.select(["client_id", "money", "in_force", "computed"]).rename_columns(
        ["client_id", *(column.name for column in COLUMNS)]
    )
    publish_state(COLUMNS, state.to_batches(), as_of=as_of)
    moved = follow_categories("grade", rows=table, as_of=as_of, run_id=run_id, is_tracked=is_tracked)
    return moved, follow_proposals("grade", rows=table, values=["orders_12m"], as_of=as_of, run_id=run_id)


def grades_in_lists():
    return dict(state_model().objects.values_list("name", "grade"))


def intervals(client):
    """(category, first day, last day, by a person) in order."""
    from clientarium.decisions.grades import CategoryInterval

    rows = CategoryInterval.objects.filter(client=client, scheme="grade").order_by("first_day", "pk")
    return list(rows.values_list("category", "first_day", "last_day", "is_decision"))


def proposals():
    from clientarium.decisions.grades import Proposal

    rows = Proposal.objects.order_by("pk").values_list("client__name", "from_category", "to_category", "state")
    return list(rows)
