"""Publishing a tiny state with forecasts, as a pulse does."""

from datetime import date

from clientarium.core.ground.expressions import ValueType

AS_OF = date(2026, 3, 30)
MONDAY, TUESDAY = date(2026, 3, 30), date(2026, 3, 31)

TYPES = {
    "last_purchase_on": ValueType.DATE,
    "last_payment_on": ValueType.DATE,
    "next_order_on": ValueType.DATE,
    "next_order_early": ValueType.DATE,
    "next_order_late": ValueType.DATE,
    "purchase_days_all": ValueType.INTEGER,
    "orders_12m": ValueType.INTEGER,
    "expected_margin_365d": ValueType.MONEY,
    "margin_12m": ValueType.MONEY,
    "rhythm": ValueType.TEXT,
    "grade": ValueType.TEXT,
    "layer": ValueType.TEXT,
    "lifecycle": ValueType.TEXT,
}


def publish(as_of, rows):
    """`rows`: {client: {column: value}}; columns that no row has are not published."""
    from clientarium.decisions.clients import publish_state

    names = sorted({name for row in rows.values() for name in row})
    columns = [(name, TYPES.get(name, ValueType.NUMBER).value) for name in names]
    publish_state(
        columns, [(client.pk, *(row.get(name) for name in names)) for client, row in rows.items()], as_of=as_of
    )
