"""Why he is where he is, what is missing for more, and why he is held."""

from decimal import Decimal

from clientarium.core.categories import explain
from tests.core.categories.words import scheme_text, schemes_of

RULES = {
    "big": "margin >= 100000 and share >= 0.5",
    "middle": "(margin >= 50000 and orders >= 4) or city = 'Tver'",
    "small": None,
}
SCHEME = schemes_of(scheme_text(RULES, band="0.1", stay=90))["size"]
BUYER = {"margin": Decimal(80_000), "share": 0.45, "orders": 3, "city": None, "is_stopped": False}


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_rule_that_fired_shows_each_condition_with_its_value():
    explanation = explain(SCHEME, BUYER | {"orders": 5}, language="ru")
    assert explanation.category == "middle"
    assert [(part.sentence, part.truth, part.values[0][2:]) for part in explanation.fired.parts] == [
        ("маржа не меньше 50 000".replace(" 000", "\u00a0000"), True, (Decimal(80_000), "money")),
        ("заказы не меньше 4", True, (5, "count")),
    ], "of alternatives only the one that holds is told"


def test_what_is_missing_for_one_category_more():
    explanation = explain(SCHEME, BUYER | {"orders": 5}, language="ru")
    assert explanation.upwards.category == "big"
    assert [(plain(gap.text), gap.amount) for gap in explanation.upwards.gaps] == [
        ("маржа не меньше 100 000: сейчас 80 000, не хватает 20 000", Decimal(20_000)),
        ("доля не меньше 50 %: сейчас 45 %, не хватает 5 п. п.", Decimal("0.05")),
    ]


def test_of_alternatives_the_shortest_way_is_told_and_in_english():
    explanation = explain(SCHEME, BUYER, language="en")
    assert (explanation.category, explanation.upwards.category) == ("small", "middle")
    assert [plain(gap.text) for gap in explanation.upwards.gaps] == ["orders is at least 4: now 3, short by 1"]
    assert [rule.category for rule in explanation.failed_above] == ["big", "middle"]


def test_top_category_has_nothing_above():
    explanation = explain(SCHEME, BUYER | {"margin": Decimal(200_000), "share": 0.9}, language="ru", current="big")
    assert (explanation.category, explanation.upwards, explanation.kept) == ("big", None, None)


def test_outside_the_base_tells_whom_the_scheme_is_about():
    explanation = explain(SCHEME, BUYER | {"orders": 0}, language="ru")
    assert (explanation.category, explanation.fired.title) == (None, "Кого касается схема")
    assert [plain(gap.text) for gap in explanation.fired.gaps] == ["заказы больше 0: сейчас 0, не хватает 0"]


def test_dead_band_is_named_as_the_reason_to_stay():
    near = BUYER | {"margin": Decimal(95_000), "share": 0.6, "orders": 5}
    kept = explain(SCHEME, near, language="ru", current="big").kept
    assert kept.params == {"category": "big", "band": "10"}


def test_stay_or_a_person_is_named_as_the_reason_to_stay():
    kept = explain(SCHEME, BUYER, language="ru", current="big").kept
    assert kept.params == {"category": "small", "days": 90}


def test_unknown_value_is_said_to_be_unknown():
    explanation = explain(SCHEME, BUYER | {"margin": None, "orders": 5}, language="ru")
    assert "значение неизвестно" in explanation.failed_above[0].gaps[0].text


def test_dates_and_truths_are_told_as_sentences():
    scheme = schemes_of(scheme_text({"stop": "is_stopped", "free": "not is_stopped and margin > 1e6", "rest": None}))
    gaps = explain(scheme["size"], BUYER, language="ru").failed_above[0].gaps
    assert [(gap.text, gap.amount) for gap in gaps] == [("в стоп-листе", None)]
