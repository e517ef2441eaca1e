"""A small vocabulary for the tests of expressions, and one client's values."""

from datetime import date
from decimal import Decimal

from clientarium.core.ground.expressions import Name

VOCABULARY = {
    name.name: name
    for name in (
        Name("margin_12m", "money", "Маржа за 12 мес.", "Margin"),
        Name("revenue_12m", "money", "Выручка за 12 мес.", "Revenue"),
        Name("margin_pct_12m", "number", "Рентабельность", "Margin per cent", unit="share"),
        Name("orders_12m", "integer", "Заказы", "Orders"),
        Name("last_purchase_on", "date", "Последняя покупка", "Last purchase"),
        Name("grade", "text", "Категория", "Grade", choices=("A", "B", "C")),
        Name("city", "text", "Город", "City"),
        Name("is_stopped", "boolean", "В стоп-листе", "On the stop list"),
    )
}

BIRCH = {
    "margin_12m": Decimal("120000.0000"),
    "revenue_12m": Decimal("400000.0000"),
    "margin_pct_12m": 0.3,
    "orders_12m": 7,
    "last_purchase_on": date(2026, 3, 1),
    "grade": "B",
    "city": "Казань",
    "is_stopped": False,
}
NOBODY = dict.fromkeys(BIRCH)
