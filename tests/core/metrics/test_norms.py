from decimal import Decimal
from pathlib import Path

import pytest

from clientarium.core.ground import UserError
from clientarium.core.metrics import load_norms

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
        ("default: 900", "others: 900", 19, "“hourly_cost” needs a line “default”."),
        ("letter: {default: 6}", "letter: {sales: 6}", 6, "“letter” needs a line “default”."),
        ("warehouse: 15", "warehouse: many", 32, "“many” is not an amount."),
        ("warehouse: 15", "warehouse: -1", 32, "“-1” is not an amount."),
        ("[30, 90, 180, 270]", "[30, 90]", 38, "“recency_days” needs four numbers."),
        ("[2, 4, 6, 12]", "[2, 4, 6, often]", 40, "“frequency_orders” needs four numbers."),
        ("few_buyers:", "few_clients:", 36, "“few_clients” is not known here. Perhaps: few_buyers."),
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
