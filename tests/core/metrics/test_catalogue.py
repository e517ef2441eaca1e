"""A firm's own metrics are equal citizens, and a wrong card is shown with its file, line, word and nearest names."""

from datetime import date
from decimal import Decimal
from textwrap import dedent

import pytest

from clientarium.core.ground import UserError
from clientarium.core.ground.expressions import Name, evaluate, parse_condition
from clientarium.core.metrics import compute, load_catalogue
from clientarium.core.metrics.steps import MONEY_COLUMNS, STEPS
from tests.spec.tables import NORMS, Facts, MemoryEngine, clients_table

CARD = """
    pallets:
      title: {ru: Паллеты, en: Pallets}
      unit: count
      over: sales
      windows: [12m, prev 12m]
      sql: sum(quantity) filter (where product = 'pallet')
      when_none: 0
      reason: {ru: Тара возвратная., en: They come back.}
      formula: {ru: 'Сумма {window}.', en: 'Sum {window}.'}
"""

ROW_CARD = """
    margin_per_touch:
      title: {ru: Маржа на касание, en: Margin per touch}
      unit: money
      over: clients
      sql: margin_12m / touches_12m
      reason: {ru: Отдача., en: Return.}
      formula: {ru: Маржа на касание., en: Margin per touch.}
"""


def own(folder, *cards):
    folder.mkdir(exist_ok=True)
    (folder / "own.yaml").write_text("".join(dedent(card) for card in cards), encoding="utf-8")
    return folder


def test_own_metrics_are_computed_titled_and_filtered_by(tmp_path):
    catalogue = load_catalogue(own(tmp_path, CARD, ROW_CARD))
    facts = Facts()
    facts.add(
        "sales",
        "client | sold_on | doc | product | quantity | revenue | cost\nbirch | 2026-03-01 | 1 | pallet | 3 | 90 | 30",
    )
    facts.add("touches", "client | touched_on | kind\nbirch | 2026-03-01 | call\nbirch | 2026-03-02 | call")
    engine = MemoryEngine(facts)
    relation = compute(engine, catalogue, as_of=date(2026, 3, 31), norms=NORMS, clients=clients_table([7]))
    names = "client_id, pallets_12m, pallets_prev_12m, margin_per_touch"
    assert engine.rows(f"SELECT {names} FROM {relation} ORDER BY client_id") == [
        {"client_id": 1, "pallets_12m": 3, "pallets_prev_12m": 0, "margin_per_touch": Decimal("30.0000")},
        {"client_id": 7, "pallets_12m": 0, "pallets_prev_12m": 0, "margin_per_touch": None},
    ]
    pallets = catalogue.metrics["pallets_prev_12m"]
    assert (pallets.title_ru, pallets.title_en) == (
        "Паллеты за предыдущие 12 мес.",
        "Pallets over the previous 12 months",
    )
    assert (pallets.formula_ru, pallets.is_own) == ("Сумма за предыдущие 12 мес.", True)
    condition = parse_condition("pallets_12m > 2", catalogue.vocabulary())
    assert evaluate(condition, {"pallets_12m": 3}) is True


def test_only_asks_for_no_more_than_it_needs():
    engine = MemoryEngine(Facts())
    compute(
        engine,
        load_catalogue(),
        as_of=date(2026, 3, 31),
        norms=NORMS,
        clients=clients_table([1]),
        only=["margin_pct_12m"],
    )
    (row,) = engine.rows("SELECT * FROM metrics")
    assert list(row)[:4] == ["client_id", "margin_12m", "revenue_with_cost_12m", "margin_pct_12m"]


def test_fields_of_the_card_and_of_the_firm_pass_through_and_are_words():
    engine = MemoryEngine(Facts())
    clients = clients_table([1], city=["Казань"], f_partners=[4])
    compute(engine, load_catalogue(), as_of=date(2026, 3, 31), norms=NORMS, clients=clients, only=["orders_12m"])
    assert engine.rows("SELECT * FROM metrics") == [
        {"client_id": 1, "orders_12m": 0, "city": "Казань", "f_partners": 4, "seller": None, "segment": None,
         "created_on": None, "is_stopped": None, "has_bad_review": None},
    ]  # fmt: skip
    words = load_catalogue().vocabulary([Name("f_partners", "integer", "Партнёров", "Partners")])
    assert {"f_partners", "city", "orders_12m"} <= set(words)


def test_money_by_money_of_large_amounts_does_not_overflow():
    facts = Facts()
    facts.add("sales", "client | sold_on | doc | revenue\nbirch | 2026-03-01 | 1 | 90000000000")
    engine = MemoryEngine(facts)
    compute(engine, load_catalogue(), as_of=date(2026, 3, 31), norms=NORMS, clients=clients_table([]))
    (row,) = engine.rows("SELECT revenue_12m, revenue_12m_cv_of_months FROM metrics")
    assert row == {"revenue_12m": Decimal("90000000000.0000"), "revenue_12m_cv_of_months": pytest.approx(11**0.5)}


def test_hash_follows_the_definitions(tmp_path):
    assert load_catalogue().hash == load_catalogue().hash
    assert load_catalogue(own(tmp_path, CARD)).hash != load_catalogue().hash


def changed(card, old, new):
    assert old in card
    return card.replace(old, new)


@pytest.mark.parametrize(
    ("card", "line", "message"),
    [
        (changed(CARD, "sum(quantity)", "sum(quantiti)"), 7, "There is no “quantiti” here. Perhaps: quantity."),
        (changed(CARD, "sum(quantity)", "summ(quantity)"), 7, "There is no function “summ” here. Perhaps: sum"),
        (changed(CARD, "sum(quantity)", "max(orders_12m)"), 7, "There is no “orders_12m” here."),
        (changed(CARD, "sum(quantity) filter (where product = 'pallet')", "quantity"), 7, "one value per row"),
        (changed(CARD, "sum(quantity) filter (where product = 'pallet')", "1 + 1"), 7, "does not aggregate"),
        (changed(CARD, "sum(quantity)", "sum(max(quantity))"), 7, "may not stand in a metric"),
        (changed(CARD, "sum(quantity) filter (where product = 'pallet')", "(select 1)"), 7, "may not stand in a metric"),
        (changed(CARD, "sum(quantity) filter (where product = 'pallet')", "sum(quantity) over ()"), 7, "may not stand"),
        (changed(CARD, "sum(quantity) filter (where product = 'pallet')", "sum(quantity"), 7, "cannot be read"),
        (changed(CARD, "'pallet'", "current_date"), 7, "There is no function “current_date” here"),
        (changed(CARD, "sum(quantity)", "sum(quantity + interval 1 day)"), 7, "may not stand in a metric"),
        (changed(CARD, "sum(quantity)", "sum(quantity::blob)"), 7, "may not stand in a metric"),
        (changed(CARD, "product = 'pallet'", "product in (select 'a')"), 7, "may not stand in a metric"),
        (changed(CARD, "sum(quantity)", "sum(*)"), 7, "may not stand in a metric"),
        (changed(CARD, "over: sales", "over: sale"), 5, "“sale” is not known here. Perhaps: sales"),
        (changed(CARD, "unit: count", "unit: pieces"), 4, "“pieces” is not known here."),
        (changed(CARD, "prev 12m", "last year"), 6, "“last year” is not a window of time."),
        (changed(CARD, "when_none", "whennone"), 8, "“whennone” is not known here. Perhaps: when_none."),
        (changed(CARD, "{ru: Паллеты, en: Pallets}", "{ru: Паллеты}"), 3, "“en” is missing."),
        (changed(CARD, "pallets:", "Pallets:"), 2, "“Pallets_12m” is not a name"),
        (changed(CARD, "pallets:", "orders:"), 7, "There already is a metric “orders_12m”"),
        (changed(CARD, "over: sales", "over: client_products"), 6, "This step knows no previous window."),
        (changed(ROW_CARD, "margin_per_touch:", "city:"), 6, "The name “city” is taken."),
        (changed(ROW_CARD, "margin_per_touch:", "margin_{window}_per_touch:"), 2, "“windows” is missing."),
        (changed(ROW_CARD, "margin_12m", "marjin_12m"), 6, "There is no “marjin_12m” here. Perhaps: margin_12m"),
        (changed(ROW_CARD, "touches_12m", "margin_per_touch"), 6, "margin_per_touch → margin_per_touch"),
        (changed(ROW_CARD, "touches_12m", "sum(touches_12m) over ()"), 6, "may not stand in a metric"),
        (changed(ROW_CARD, "over: clients\n      sql: margin_12m", "over: base\n      sql: sum(margin_12m)"), 6, "needs “over (…)” here"),
        (CARD + CARD, 12, "“pallets” is written twice."),
        ("- a list", 1, "A file of definitions holds named lines."),
        ("a: {b", 1, "This is not readable YAML"),
        ("pallets: 5", 1, "“pallets” must hold named lines."),
    ],
)  # fmt: skip
def test_a_wrong_card_is_shown_with_its_place(tmp_path, card, line, message):
    with pytest.raises(UserError) as caught:
        load_catalogue(own(tmp_path, card))
    assert caught.value.place == f"{tmp_path}/own.yaml:{line}"
    assert message in str(caught.value)


def test_an_empty_folder_and_an_empty_file_add_nothing(tmp_path):
    (tmp_path / "empty.yaml").write_text("# nothing yet\n")
    assert load_catalogue(tmp_path).metrics == load_catalogue().metrics


FAR_CARD = """
    dear_touches:
      title: {ru: Дорогие касания, en: Dear touches}
      unit: flag
      over: clients
      sql: margin_per_touch > 100
      reason: {ru: Отдача., en: Return.}
      formula: {ru: Больше ста., en: Over a hundred.}
"""


def test_word_made_of_money_tells_money_however_far_away(tmp_path):
    words = load_catalogue(own(tmp_path / "own", CARD, ROW_CARD, FAR_CARD)).vocabulary()
    told = {
        "pallets_12m": False,
        "margin_per_touch": True,
        "dear_touches": True,
        "orders_12m": False,  # which documents are orders is seen in their sums, but a number of them is no money
        "touches_12m": False,
        "seller": False,
        "p_alive": False,
        "expected_orders_90d": False,
        "expected_margin_90d": True,
        "expected_revenue_365d": True,
        "margin_12m_rank": True,
        "attention_12m_to_margin": True,
        "rfm_monetary": True,
        "rfm_recency": False,
        "overdue_days_12m": True,  # weighed by sums
        "late_payments_12m": False,
    }
    assert {name: words[name].tells_money for name in told} == told


def test_every_column_of_money_is_known_as_such():
    columns = {name: meaning for step in STEPS.values() for name, meaning in step.columns.items()}
    said = {name for name, meaning in columns.items() if "money" in meaning}
    assert (said - MONEY_COLUMNS, MONEY_COLUMNS - set(columns)) == (set(), set())
