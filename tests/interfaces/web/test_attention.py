"""«Внимание»: what the page says, to whom, at what cost; norms as inputs with what each change does."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from tests.cast import make_client
from tests.interfaces.cli.test_attention import SALES, TOUCHES

__all__ = ["SALES", "TOUCHES"]

COUNTED_ON = (date(2026, 1, 30),)
FRAGMENTS = ("attention_load", "attention_whale", "attention_clients")
LOAD_QUERIES = 9
"""Session, person, snapshot (for the page, the counts, the norms), decisions since (two), merges, versions of norms."""
CLIENT_QUERIES = 9
"""Session, person, snapshot; for each list the publication, the norms' snapshot and versions: rows are remembered."""


def shown(browser: Any, name: str, **asked: str) -> str:
    answer = browser.get(reverse(name), asked)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_the_page_comes_at_once_and_asks_for_its_blocks(counted: Any, signed_in: Any) -> None:
    page = shown(signed_in(counted.owner), "attention", by="seller", basis="documents")
    for name in FRAGMENTS:
        assert f'hx-get="{reverse(name)}?' in page
    assert "basis=documents" in page


def test_the_pair_stands_side_by_side_with_its_clients(counted: Any, signed_in: Any) -> None:
    page = shown(signed_in(counted.owner), "attention_load", by="seller")
    assert "Клиенты, которых ведёт Борис: 59,1\xa0% нагрузки, 1,0\xa0% маржи" in page
    assert "seller+%3D+%27%D0%91%D0%BE%D1%80%D0%B8%D1%81%27" in page
    assert "Измерено 23\xa0% этого времени" in page
    assert "Логистика" in page


@pytest.mark.parametrize("name", FRAGMENTS)
@pytest.mark.parametrize("basis", ["all", "documents", "nonsense"])
def test_every_block_stands_on_either_basis(counted: Any, signed_in: Any, name: str, basis: str) -> None:
    assert "panel" in shown(signed_in(counted.head), name, basis=basis, by="grade")


def test_who_does_not_see_the_whole_base_or_its_money_is_kept_out(counted: Any, signed_in: Any) -> None:
    for user in (counted.anna, counted.support, counted.nobody):
        for name in ("attention", *FRAGMENTS, "norms"):
            answer = signed_in(user).get(reverse(name))
            assert (answer.status_code, "canary" in answer.content.decode()) == (403, False)


def test_whom_we_pay_to_serve_is_named(counted: Any, signed_in: Any) -> None:
    page = shown(signed_in(counted.owner), "attention_clients")
    assert "canary-cedar" in page
    assert "1 клиент приносит меньше" in page
    assert "× 59,7" in page


def test_the_whale_curve_tells_its_peak(counted: Any, signed_in: Any) -> None:
    page = shown(signed_in(counted.owner), "attention_whale")
    assert "1 клиент до вершины" in page
    assert "1 за ней" in page


def test_shares_cost_the_same_with_any_number_of_clients(
    counted: Any, signed_in: Any, django_assert_num_queries: Any
) -> None:
    for number in range(5):
        make_client(f"Клиент {number}")
    browser = signed_in(counted.owner)
    shown(browser, "attention_load")
    with django_assert_num_queries(LOAD_QUERIES):
        shown(browser, "attention_load")


@pytest.mark.parametrize("item_count", [5, 50])
def test_lists_cost_the_same_with_any_number_of_clients(
    counted: Any, signed_in: Any, django_assert_num_queries: Any, item_count: int
) -> None:
    publish(
        {make_client(f"Убыточный {number:02}", holder=counted.anna_sells): -number - 1 for number in range(item_count)}
    )
    browser = signed_in(counted.owner)
    shown(browser, "attention_clients")
    with django_assert_num_queries(CLIENT_QUERIES):
        page = shown(browser, "attention_clients")
    assert page.count("Убыточный") == min(item_count, 15)


def publish(after: dict[Any, int]) -> None:
    """A state where every client leaves so much after service."""
    from clientarium.decisions.clients import publish_state

    columns = {
        "minutes_12m": "number",
        "cost_to_serve_12m": "money",
        "sales_documents_12m": "integer",
        "revenue_12m": "money",
        "margin_12m": "money",
        "margin_after_service_12m": "money",
    }
    rows = [(client.pk, 60.0, 100 - left, 1, 1000, 100, left) for client, left in after.items()]
    publish_state(list(columns.items()), rows, as_of=COUNTED_ON[0])


def test_a_state_counted_before_these_metrics_says_so(counted: Any, signed_in: Any) -> None:
    from clientarium.decisions.clients import publish_state

    publish_state([("revenue_12m", "money")], [(counted.birch.pk, 5)], as_of=COUNTED_ON[0])
    assert "База посчитана без показателей внимания" in shown(signed_in(counted.owner), "attention_clients")


@pytest.fixture
def norms_file(counted: Any, tmp_path: Any, settings: Any) -> Any:
    """A copy of the definitions that this test may write into."""
    import shutil

    shutil.copytree(settings.CLIENTARIUM_DEFINITIONS, tmp_path / "definitions")
    settings.CLIENTARIUM_DEFINITIONS = tmp_path / "definitions"
    return tmp_path / "definitions" / "norms.yaml"


def test_norms_are_inputs_for_whoever_decides(norms_file: Any, counted: Any, signed_in: Any) -> None:
    page = shown(signed_in(counted.owner), "norms")
    assert 'name="touch_minutes|call|default"' in page
    assert "«Продажи»" in page
    read_only = shown(signed_in(counted.marketer), "norms")
    assert ("disabled" in read_only, "hx-post" in read_only) == (True, False)


def test_a_typed_norm_shows_what_it_would_do(norms_file: Any, counted: Any, signed_in: Any) -> None:
    """Documents of sales from 10 minutes to 100: three documents, 270 minutes more."""
    before = norms_file.read_text("utf-8")
    page = signed_in(counted.owner).post(reverse("norms_preview"), {"document_minutes|sales": "100"}).content.decode()
    assert "3 → 7" in page
    assert norms_file.read_text("utf-8") == before


@pytest.mark.parametrize("typed", ["-1", "много", "1e99", "nan"])
def test_what_is_no_norm_is_said(norms_file: Any, counted: Any, signed_in: Any, typed: str) -> None:
    browser = signed_in(counted.owner)
    page = browser.post(reverse("norms_preview"), {"hourly_cost|sales": typed}).content.decode()
    assert "Напишите число от 0" in page
    empty = browser.post(reverse("norms_preview"), {"hourly_cost|default": ""}).content.decode()
    assert "нельзя оставить пустым" in empty
    falling = browser.post(reverse("norms_preview"), {"rfm|recency_days|0": "500"}).content.decode()
    assert "растут от первого к последнему" in falling


def test_saved_norms_stand_in_the_file_and_come_back(norms_file: Any, counted: Any, signed_in: Any) -> None:
    from clientarium.decisions.attention import current_norms, norms_history
    from clientarium.decisions.runs import live_runs

    browser = signed_in(counted.owner)
    typed = {
        "hourly_cost|sales": "1 250,5",
        "touch_minutes|call|support": "",
        "new_service": "Юристы",
        "new_hourly": "2000",
        "new_kind": "visit",
        "new_department": "Продажи",
        "new_minutes": "90",
        "rfm|recency_days|0": "20",
        "note": "оклады",
    }
    assert browser.post(reverse("norms_save"), typed).status_code == 302
    norms = current_norms()
    assert (float(norms.hourly("sales")), norms.minutes("call", "support"), norms.hourly("Юристы")) == (1250.5, 8, 2000)
    assert (norms.minutes("visit", "Продажи"), norms.recency_days[0]) == (90, 20)
    assert live_runs().filter(kind="pulse").exists()
    assert "оклады" in shown(browser, "norms")
    browser.post(reverse("norms_restore", args=[norms_history()[-1].pk]))
    assert current_norms().hourly("sales") == 1000


def test_departments_take_the_norms_of_their_services(norms_file: Any, counted: Any, signed_in: Any) -> None:
    from clientarium.decisions.attention import current_norms

    signed_in(counted.head).post(reverse("norms_departments"))
    assert current_norms().hourly("Продажи") == 1000
    assert "названы не так" not in shown(signed_in(counted.head), "norms")


def test_who_only_reads_changes_nothing(norms_file: Any, counted: Any, signed_in: Any) -> None:
    for name, arguments in (
        ("norms_save", []),
        ("norms_preview", []),
        ("norms_departments", []),
        ("norms_restore", [1]),
    ):
        assert signed_in(counted.marketer).post(reverse(name, args=arguments)).status_code == 403
