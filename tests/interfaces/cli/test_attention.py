"""`clientarium attention` as one document, over files loaded and counted."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clientarium.core.ground import UserError
from tests.decisions.runs.company import HEAD
from tests.interfaces.web.counted import counted, counted_home

__all__ = ["counted", "counted_home"]

SALES = HEAD + (
    "09.01.2026;Д-1;Берёза;10000,00;6000,00;Анна\n"
    "15.01.2026;Д-2;Кедр-canary-cedar;500,00;450,00;Борис\n"
    "30.01.2026;Д-3;Берёза;2000,00;1000,00;Анна\n"
)
TOUCHES = (
    "Дата касания;Клиент;Вид касания;Отдел;Минуты\n"
    "10.01.2026;Кедр-canary-cedar;звонок;Продажи;40\n"
    "11.01.2026;Кедр-canary-cedar;доставка;Логистика;\n"
    "12.01.2026;Кедр-canary-cedar;рассылка;;\n"
    "13.01.2026;Берёза;письмо;;\n"
)
COUNTED_ON = (date(2026, 1, 30),)


def test_sellers_stand_with_load_and_money(counted: Any) -> None:
    """Birch: 2 documents at 33 and a letter at 6; Cedar: 40 measured, a delivery 30, a mailing 1, a document 33."""
    from clientarium.interfaces.cli.attention_load import attention_document

    found = attention_document("seller", documents=False, limit=10)
    parts = {one["key"]: (one["minutes_measured"], one["minutes_estimated"], one["money"]) for one in found["parts"]}
    assert parts == {"Анна": (0.0, 72.0, Decimal(5000)), "Борис": (40.0, 64.0, Decimal(50))}
    shares = {one["key"]: one["load_share"] for one in found["parts"]}
    assert shares == pytest.approx({"Анна": 72 / 176, "Борис": 104 / 176})
    works = {one["service"]: [kind["kind"] for kind in one["kinds"]] for one in found["services"]}
    assert works == {
        "sales": ["call", "sale", "letter", "campaign"],
        "warehouse": ["sale"],
        "logistics": ["delivery"],
        "accounting": ["sale"],
    }
    whale = found["whale"]
    assert (whale["earners"], whale["losers"], found["as_of"]) == (1, 1, COUNTED_ON[0])


def test_clients_whom_the_firm_pays_to_serve(counted: Any) -> None:
    from clientarium.interfaces.cli.attention_load import attention_document

    found = attention_document("client", documents=False, limit=10)
    assert [(one["name"], one["after"]) for one in found["rows"]] == [("Кедр-canary-cedar", Decimal("-1440.00"))]
    assert found["rows"][0]["services"] == pytest.approx(
        {"sales": (40 + 1 + 10) / 60, "logistics": 0.5, "accounting": 8 / 60, "warehouse": 0.25}
    )
    assert found["where"] == "margin_after_service_12m < 0 and minutes_12m > 0"


def test_documents_alone_tell_without_a_log_of_calls(counted: Any) -> None:
    from clientarium.interfaces.cli.attention_load import attention_document

    found = attention_document("seller", documents=True, limit=10)
    assert {one["key"]: one["load_share"] for one in found["parts"]} == pytest.approx({"Анна": 2 / 3, "Борис": 1 / 3})
    assert (found["measured_share"], found["hours"]) == (0.0, pytest.approx(99 / 60))


def test_an_unknown_way_to_tell_is_refused(counted: Any) -> None:
    from clientarium.interfaces.cli.attention_load import attention_document

    with pytest.raises(UserError, match="shoe size"):
        attention_document("shoe size", documents=False, limit=1)


def test_hours_of_clients_keep_to_what_one_sees(counted: Any) -> None:
    from clientarium.decisions.attention import hours_of
    from clientarium.decisions.clients import Client

    both = list(Client.objects.filter(created_import__gt="").values_list("pk", flat=True))
    seen_by_anna = {"sales": 26 / 60, "warehouse": 30 / 60, "accounting": 16 / 60}
    assert hours_of(both, by=counted.anna) == pytest.approx(seen_by_anna)
    assert sum(hours_of(both, by=counted.owner).values()) == pytest.approx(176 / 60)
    assert hours_of(both, by=counted.nobody) == {}
