from decimal import Decimal
from pathlib import Path

import pytest

from clientarium.core.ground import UserError
from clientarium.core.metrics import KINDS, LATER_KINDS, load_norms, service_of

PACKAGED = Path(__file__).parents[3] / "definitions" / "norms.yaml"


def test_packaged_norms():
    norms = load_norms(PACKAGED)
    assert (norms.minutes("call", None), norms.minutes("call", "support"), norms.hourly("marketing")) == (8, 12, 900)
    # 10 minutes of sales at 1000, 8 of accounting at 800, 15 of the warehouse at 600 an hour.
    assert (norms.minutes_per_document(), norms.cost_per_document()) == (33, Decimal("423.3333"))
    assert norms.constants()["norm_recency_days_1"] == 30


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("default: 900", "others: 900", 23, "“hourly_cost” needs a line “default”."),
        ("letter: {default: 6}", "letter: {sales: 6}", 6, "“letter” needs a line “default”."),
        ("warehouse: 15", "warehouse: many", 36, "“many” is not an amount."),
        ("warehouse: 15", "warehouse: -1", 36, "“-1” is not an amount."),
        ("[30, 90, 180, 270]", "[30, 90]", 42, "“recency_days” needs four numbers."),
        ("[2, 4, 6, 12]", "[2, 4, 6, often]", 44, "“frequency_orders” needs four numbers."),
        ("few_buyers:", "few_clients:", 40, "“few_clients” is not known here. Perhaps: few_buyers."),
        ("letter: {default: 6}", "letter: 6", 8, "“letter” must list amounts by name."),
    ],
)
def test_a_wrong_norm_is_shown_with_its_place(tmp_path, old, new, line, message):
    text = PACKAGED.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "norms.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_norms(path)
    assert (caught.value.place, message in str(caught.value)) == (f"{path}:{line}", True)


def test_a_file_older_than_a_kind_takes_the_packaged_minutes_of_it(tmp_path):
    packaged = load_norms(PACKAGED)
    lines = PACKAGED.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "norms.yaml"
    path.write_text("\n".join(line for line in lines if not line.strip().startswith(tuple(LATER_KINDS))), "utf-8")
    older = load_norms(path)
    assert (packaged.packaged_kinds, older.packaged_kinds) == ((), ("delivery", "campaign"))
    assert [older.minutes(kind, None) for kind in KINDS] == [packaged.minutes(kind, None) for kind in KINDS]


@pytest.mark.parametrize(
    ("department", "service"),
    [
        ("Бухгалтерия", "accounting"),
        ("Отдел продаж", "sales"),
        ("Сервис", "support"),
        ("Отдел рекламаций", "support"),
        ("Реклама", "marketing"),
        ("Служба доставки", "logistics"),
        ("Склад №2", "warehouse"),
        ("Юристы", "Юристы"),
        (None, "sales"),
        ("", "sales"),
    ],
)
def test_a_department_is_a_service_by_the_beginning_of_its_name(department, service):
    assert service_of(department, default="sales") == service
