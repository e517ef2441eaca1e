"""«Точность»: from a stored check in sight to the sentences and warnings on the page."""

from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any

import pytest

from clientarium.decisions.runs import Run
from clientarium.decisions.runs.choices import RunKind, RunState
from clientarium.decisions.runs.models import Backtest
from clientarium.interfaces.web.accuracy_page import AccuracyPage, quarters_chart, reliability_chart

CHOSEN = {"counts": "last_window+bg_cnbd_k", "dates": "own-gaps", "status": "bg_cnbd_k", "origin": "backtest"}


def group(expected: float, came: int) -> dict[str, Any]:
    return {"clients": 100, "expected": expected, "came": came, "mean_miss": 0.5}


def quarter(since: str, until: str, *, expected: float, came: int, irregular: float = 20.0) -> dict[str, Any]:
    return {
        "since": since,
        "until": until,
        "clients": 200,
        "expected": expected,
        "came": came,
        "of_new": 7,
        "expected_revenue": 1000.0 * expected,
        "came_revenue": 1000.0 * came,
        "groups": {"regular": group(expected - irregular, came - 20), "irregular": group(irregular, 20)},
    }


def counted(method: str, mae: float) -> dict[str, Any]:
    return {
        "method": method,
        "horizon": 91,
        "population": "all",
        "counts": {"mae": mae, "bias_pct": -3.2},
        "ranking": {"top_hit": 0.71},
    }


def dated(covered: float, mean_error: float) -> dict[str, Any]:
    return {
        "mean_error": mean_error,
        "median_error": 3.2,
        "near": {"1": 0.3, "2": 0.41, "7": 0.8},
        "covered": {"0.8": covered, "0.95": 0.95},
        "window_days": {"0.8": 24.9, "0.95": 50.0},
    }


REPORT: dict[str, Any] = {
    "as_of": "2026-10-31",
    "counts": {
        "horizons": [28, 91],
        "counts": [counted("bg_cnbd_k", 0.91), counted("last_window", 0.83), counted("past_average", 1.2)],
        "statuses": [
            {
                "method": "bg_cnbd_k",
                "population": "all",
                "horizon": 91,
                "status": {"auc": 0.874, "reliability": [{"clients": 40, "told": 0.7, "ordered": 0.65}]},
            }
        ],
    },
    "dates": {
        "origins": 1234,
        "typical_gap_days": 14.0,
        "censored_share": 0.048,
        "scores": {"own-gaps": dated(0.82, 8.5), "last-gap": dated(0.7, 12.0)},
    },
    "choosing": {"reason": ""},
    "quarters": [
        quarter("2026-05-02", "2026-08-01", expected=104.0, came=100),
        quarter("2026-08-01", "2026-10-31", expected=98.0, came=100),
    ],
}


def keep(report: dict[str, Any], *, on: date = date(2026, 10, 31)) -> Backtest:
    made_at = datetime(2026, 11, 1, tzinfo=UTC)
    return Backtest.objects.create(
        as_of=on, ledger_version=1, sales_rows=1000, report=report, chosen=CHOSEN, made_at=made_at
    )


def text(response: Any) -> str:
    return " ".join(response.content.decode().replace("\u202f", " ").replace("\xa0", " ").split())


def test_before_the_first_check_the_page_says_when_it_comes(cast: Any, signed_in: Any) -> None:
    page = text(signed_in(cast.head).get("/accuracy/"))
    assert "Прогноз ещё не проверен" in page and 'action="/accuracy/check/"' in page


def test_a_running_check_is_told_and_not_started_twice(cast: Any, signed_in: Any) -> None:
    browser = signed_in(cast.owner)
    assert browser.post("/accuracy/check/").status_code == 302
    Run.objects.filter(kind=RunKind.ACCURACY).update(done=12, total=40)
    page = text(browser.get("/accuracy/"))
    assert "12 / 40" in page and 'action="/accuracy/check/"' not in page
    browser.post("/accuracy/check/")
    assert Run.objects.filter(kind=RunKind.ACCURACY).count() == 1


def test_a_failed_check_says_why(cast: Any, signed_in: Any) -> None:
    problem = {"msgid": "The disk is full.", "params": {}, "cure": None, "place": ""}
    Run.objects.create(kind=RunKind.ACCURACY, state=RunState.FAILED, message=problem)
    assert "The disk is full." in text(signed_in(cast.owner).get("/accuracy/"))


def test_a_good_check_reads_as_sentences(cast: Any, signed_in: Any) -> None:
    keep(REPORT)
    page = text(signed_in(cast.owner).get("/accuracy/"))
    assert "За эти кварталы ждали заказов: 202, пришло: 200: <strong>+1,0 %</strong>." in page
    assert "82 % заказов пришли внутри названного окна; обещаем 80 %." in page and "как обещано" in page
    assert "Половина дат ошиблась не больше чем на" in page and "3 дня" in page
    assert "программа ставила первого выше в 87 % случаев" in page
    assert "Сильнее всего промахнулись" not in page and "Не опирайтесь" not in page
    assert "nan" not in page.lower() and "None" not in page


def test_a_bad_quarter_and_a_bad_kind_of_client_are_named(cast: Any, signed_in: Any) -> None:
    report = deepcopy(REPORT)
    report["quarters"][0] = quarter("2025-11-01", "2026-01-31", expected=150.0, came=100, irregular=60.0)
    told = AccuracyPage(report, CHOSEN)
    worst = told.worst_quarter
    assert worst is not None and (worst.since, worst.miss) == (date(2025, 11, 1), 0.5)
    assert [(row.expected, row.came, row.is_bad) for row in told.groups] == [(168.0, 160, False), (80.0, 40, True)]
    keep(report)
    page = text(signed_in(cast.head).get("/accuracy/"))
    assert "Сильнее всего промахнулись: 01.11.2025 — 31.01.2026, на 50 %." in page
    assert "Не опирайтесь на итоги в строках: заказывают как придётся." in page


def test_few_orders_condemn_nothing() -> None:
    report = deepcopy(REPORT)
    report["quarters"] = [quarter("2026-08-01", "2026-10-31", expected=39.0, came=19, irregular=30.0)]
    told = AccuracyPage(report, CHOSEN)
    assert (told.worst_quarter, [row.is_bad for row in told.groups]) == (None, [False, True])


@pytest.mark.parametrize(("covered", "said"), [(0.7, "слишком узкие"), (0.93, "шире, чем нужно")])
def test_windows_that_do_not_hold_are_a_warning(covered: float, said: str, cast: Any, signed_in: Any) -> None:
    report = deepcopy(REPORT)
    report["dates"]["scores"]["own-gaps"]["covered"]["0.8"] = covered
    keep(report)
    page = text(signed_in(cast.owner).get("/accuracy/"))
    assert said in page and "как обещано" not in page


def test_a_base_too_young_for_quarters_and_dates_says_so(cast: Any, signed_in: Any) -> None:
    report = deepcopy(REPORT)
    report["quarters"], report["dates"]["scores"] = [], {}
    report["counts"] = {"horizons": [28], "counts": [], "statuses": []}
    keep(report)
    page = text(signed_in(cast.owner).get("/accuracy/"))
    assert "История слишком короткая" in page and "Сравнивать пока нечего." in page


def test_revenue_nobody_knows_is_not_shown(cast: Any, signed_in: Any) -> None:
    report = deepcopy(REPORT)
    report["quarters"][1]["came_revenue"] = report["quarters"][1]["expected_revenue"] = None
    total = AccuracyPage(report, CHOSEN).total
    assert total is not None and (total.expected_revenue, total.came_revenue, total.came) == (None, None, 200)
    keep(report)
    assert "В деньгах" not in text(signed_in(cast.owner).get("/accuracy/"))


def test_methods_stand_from_the_best_and_the_chosen_are_marked() -> None:
    told = AccuracyPage(REPORT, CHOSEN)
    assert [(row.figures[0], row.is_chosen) for row in told.count_methods] == [(0.83, True), (0.91, True), (1.2, False)]
    assert [(row.figures, row.is_chosen) for row in told.date_methods] == [
        ((8.5, 0.8, 0.82, 24.9), True),
        ((12.0, 0.8, 0.7, 24.9), False),
    ]


def test_charts_as_dicts() -> None:
    told = AccuracyPage(REPORT, CHOSEN)
    bars = quarters_chart(told.quarters)
    assert bars.option["xAxis"]["data"] == ["08.2026", "10.2026"]
    assert [series["data"] for series in bars.option["series"]] == [[104, 98], [100, 100]]
    assert [[cell.value for cell in row] for row in bars.rows] == [
        ["02.05.2026 — 01.08.2026", 104, 100],
        ["01.08.2026 — 31.10.2026", 98, 100],
    ]
    dots = reliability_chart(told.reliability)
    assert dots.option["series"][1]["data"] == [[70.0, 65.0]]
    assert [[cell.value for cell in row] for row in dots.rows] == [[0.7, 0.65, 40]]


def test_only_who_sees_the_whole_base_with_money_opens_it(cast: Any, signed_in: Any) -> None:
    keep(REPORT)
    seen = {
        name: signed_in(getattr(cast, name)).get("/accuracy/").status_code
        for name in ("owner", "head", "marketer", "administrator", "anna", "support")
    }
    assert seen == {"owner": 200, "head": 200, "marketer": 200, "administrator": 200, "anna": 403, "support": 403}
    assert 'action="/accuracy/check/"' not in text(signed_in(cast.marketer).get("/accuracy/"))
