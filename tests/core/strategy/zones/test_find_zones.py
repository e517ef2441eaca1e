"""Zones planted in invented clients are found; where there are none, none are found but by the allowed accident."""

import numpy as np
import pyarrow as pa
import pytest

from clientarium.core.ground.expressions import Name, ValueType
from clientarium.core.strategy import ZONE_TARGETS, ZoneRules, ZonesCancelled, find_zones
from clientarium.core.strategy.zones.finding import WHOLE_UP_TO

NAMES = [
    Name("city", ValueType.TEXT, "Город", "City"),
    Name("segment", ValueType.TEXT, "Сегмент", "Segment"),
    Name("orders_12m", ValueType.INTEGER, "Заказы", "Orders"),
    Name("average_order_12m", ValueType.MONEY, "Средний заказ", "Average order"),
    Name("tag_loyal", ValueType.BOOLEAN, "лоялен", "loyal"),
]
PER_HOUR, RETENTION = ZONE_TARGETS["margin_per_hour"], ZONE_TARGETS["retention"]
FALSE_SEEDS = 40


def clients(count: int, *, seed: int, **figures: np.ndarray) -> pa.Table:
    """Cities, segments, orders and the like by lot; ten hours each, and a margin with a long tail."""
    rng = np.random.default_rng(seed)
    columns = {
        "city": rng.choice(["Пермь", "Уфа", "Казань", "Омск"], count),
        "segment": rng.choice(["Агро", "ЖКХ", "Дилеры"], count),
        "orders_12m": rng.poisson(6, count).astype(float) + 1,
        "average_order_12m": rng.lognormal(10, 0.6, count),
        "tag_loyal": rng.random(count) < 0.3,
        "zone_top": rng.lognormal(10, 1, count),
        "zone_bottom": np.full(count, 10.0),
    } | figures
    columns["zone_score"] = columns["zone_top"] / columns["zone_bottom"]
    columns["zone_money"] = columns["zone_top"]
    return pa.table(columns)


def with_zone(count: int, *, seed: int, factor: float = 3.0) -> pa.Table:
    """Dealers of Perm bring `factor` times as much an hour."""
    rows = clients(count, seed=seed)
    is_in = (rows["city"].to_numpy() == "Пермь") & (rows["segment"].to_numpy() == "Дилеры")
    top = np.where(is_in, rows["zone_top"].to_numpy() * factor, rows["zone_top"].to_numpy())
    return clients(count, seed=seed, zone_top=top)


@pytest.mark.parametrize("count", [900, WHOLE_UP_TO + 2_000])
def test_planted_zone_is_found_with_its_figures(count):
    rows = with_zone(count, seed=3)
    found = find_zones(rows, target=PER_HOUR, names=NAMES, rules=ZoneRules(shuffles=39))
    zone = found.zones[0]
    inside = (rows["city"].to_numpy() == "Пермь") & (rows["segment"].to_numpy() == "Дилеры")
    top, bottom = rows["zone_top"].to_numpy(), rows["zone_bottom"].to_numpy()
    assert (zone.expression, zone.conditions, zone.clients) == (
        "city = 'Пермь' and segment = 'Дилеры'",
        2,
        int(inside.sum()),
    )
    assert zone.value == pytest.approx(top[inside].sum() / bottom[inside].sum())
    assert zone.rest == pytest.approx(top[~inside].sum() / bottom[~inside].sum())
    assert zone.worth == pytest.approx((zone.value - zone.rest) * bottom[inside].sum())
    assert zone.low < zone.value < zone.high
    assert zone.p_value <= 0.05
    assert found.method == ("shuffle" if count <= WHOLE_UP_TO else "holdout")
    assert len(found.zones) == 1, [one.expression for one in found.zones]


def test_shuffled_clients_have_zones_once_in_twenty_bases():
    """Forty bases with nothing in them: at 5 % two are allowed, six would be one chance in seventy."""
    rules = ZoneRules(shuffles=19)
    false = [
        seed
        for seed in range(FALSE_SEEDS)
        if find_zones(clients(240, seed=seed), target=PER_HOUR, names=NAMES, rules=rules).zones
    ]
    assert len(false) <= 2 + 2, false


def test_shuffled_halves_have_no_zones_either():
    false = [
        seed
        for seed in range(6)
        if find_zones(clients(WHOLE_UP_TO + 500, seed=seed), target=PER_HOUR, names=NAMES).zones
    ]
    assert len(false) <= 1, false


def test_one_great_client_makes_no_zone():
    rows = clients(300, seed=5)
    top = rows["zone_top"].to_numpy().copy()
    top[0] = top.sum() * 10
    found = find_zones(clients(300, seed=5, zone_top=top), target=PER_HOUR, names=NAMES, rules=ZoneRules(shuffles=19))
    assert found.zones == ()


def test_share_of_those_who_stayed_is_compared_too():
    rows = clients(600, seed=7)
    stays = np.random.default_rng(8).random(600) < np.where(rows["segment"].to_numpy() == "ЖКХ", 0.4, 0.9)
    rows = clients(600, seed=7, zone_top=stays.astype(float), zone_bottom=np.ones(600))
    zone = find_zones(rows, target=RETENTION, names=NAMES, rules=ZoneRules(shuffles=39)).zones[0]
    assert (zone.expression, zone.is_above, zone.worth < 0) == ("segment = 'ЖКХ'", False, True)


@pytest.mark.parametrize(
    ("rows", "names", "reason"),
    [
        (clients(0, seed=1), NAMES, "few"),
        (clients(1, seed=1), NAMES, "few"),
        (clients(39, seed=1), NAMES, "few"),
        (clients(60, seed=1, zone_top=np.full(60, 5.0)), NAMES, "same"),
        (clients(60, seed=1), [], "no_words"),
    ],
)
def test_where_there_is_nothing_to_search_the_reason_is_told(rows, names, reason):
    found = find_zones(rows, target=PER_HOUR, names=names)
    assert (found.zones, found.reason) == ((), reason)


def test_negative_margins_are_searched_like_any():
    rows = with_zone(900, seed=3)
    found = find_zones(
        clients(900, seed=3, zone_top=-rows["zone_top"].to_numpy()),
        target=PER_HOUR,
        names=NAMES,
        rules=ZoneRules(shuffles=19),
    )
    assert [(zone.expression, zone.is_above) for zone in found.zones] == [
        ("city = 'Пермь' and segment = 'Дилеры'", False)
    ]


def test_same_rows_give_the_same_zones():
    rows, rules = with_zone(500, seed=4), ZoneRules(shuffles=19)
    assert find_zones(rows, target=PER_HOUR, names=NAMES, rules=rules) == find_zones(
        rows, target=PER_HOUR, names=NAMES, rules=rules
    )


def test_search_stops_when_it_is_cancelled():
    with pytest.raises(ZonesCancelled):
        find_zones(with_zone(500, seed=4), target=PER_HOUR, names=NAMES, cancelled=lambda: True)
