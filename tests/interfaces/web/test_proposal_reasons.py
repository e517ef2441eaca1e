"""Why a category is proposed, said in the row."""

from types import SimpleNamespace
from typing import Any

import pytest

from clientarium.core.pipeline import load_definitions
from clientarium.interfaces.web.category_titles import Titles
from clientarium.interfaces.web.proposal_reasons import Reasoner
from tests.interfaces.web.small_scheme import small_definitions

BIRCH = {
    "margin_12m_share_ahead": 0.3,
    "return_on_cost_12m": 0.5,
    "median_return_on_cost": 0.182,
    "known_cost_clients": 3,
    "revenue_12m": "120000.0000",
    "active_months_12m": 3,
    "lifecycle": "active",
    "overdue_days_12m": None,
    "has_bad_review": False,
    "orders_12m": 3,
}


@pytest.fixture(scope="module")
def reasoner(tmp_path_factory: pytest.TempPathFactory) -> Reasoner:
    definitions = load_definitions(small_definitions(tmp_path_factory.mktemp("home") / "definitions"), ())
    return Reasoner(definitions, Titles({("lifecycle", "cold"): "Холодный"}), "ru")


def said(reasoner: Reasoner, before: str | None, after: str | None, **values: Any) -> tuple[str, list[str]]:
    """(kind, the conditions as they read with the client's own values)."""
    proposal: Any = SimpleNamespace(
        scheme="grade", from_category=before, to_category=after, why={"values": BIRCH | values}
    )
    reason = reasoner.reason(proposal)
    conditions = [*reason.shown, *reason.more]
    texts = [
        "".join(part.text for part in condition.parts)
        + ": "
        + ", ".join(plain(value) for _title, value in condition.values)
        for condition in conditions
    ]
    return reason.kind, texts


def plain(value: str) -> str:
    return value.split(">", 1)[1].split("<", 1)[0] if value.startswith("<") else value


def test_a_rise_is_what_the_new_rule_found(reasoner: Reasoner) -> None:
    assert said(reasoner, "B", "A") == (
        "meets",
        [
            "Доля маржи за 12 мес. у тех, кто выше меньше 50\u00a0%: 30,0\u00a0%",
            "Отдача на вложенное за 12 мес. не меньше «медиана отдачи»18,2\u00a0%: 50,0\u00a0%",
        ],
    )


def test_a_fall_is_what_the_old_rule_misses(reasoner: Reasoner) -> None:
    assert said(reasoner, "B", "D", lifecycle="cold") == (
        "misses",
        ["Месяцы с заказами за 12 мес. не меньше 4: 3", "Жизненный цикл — одно из: «Новый», «Активный»: Холодный"],
    )


def test_a_fall_leaves_out_what_nobody_could_fulfil(reasoner: Reasoner) -> None:
    assert said(reasoner, "A", "D", margin_12m_share_ahead=0.6) == (
        "misses",
        ["Доля маржи за 12 мес. у тех, кто выше меньше 50\u00a0%: 60,0\u00a0%"],
    )


def test_leaving_the_scheme_says_whom_it_is_for(reasoner: Reasoner) -> None:
    assert said(reasoner, "D", None) == ("outside", ["Заказы за всё время больше 0 или в стоп-листе: "])


def test_the_rest_has_no_rule_of_its_own(reasoner: Reasoner) -> None:
    assert said(reasoner, None, "D") == ("rest", [])


def test_a_number_that_was_not_kept_gives_no_reason(reasoner: Reasoner) -> None:
    proposal: Any = SimpleNamespace(
        scheme="grade", from_category="B", to_category="A", why={"values": {"revenue_12m": "1"}}
    )
    assert reasoner.reason(proposal).kind == "unknown"
