"""The classification in SQL against a slow, obvious one in plain Python, on made-up schemes and clients."""

import tempfile
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clientarium.core.categories import Scheme, classify
from clientarium.core.ground.expressions import evaluate, relax
from clientarium.core.ground.expressions import nodes as tree
from clientarium.core.ledger import Ledger
from tests.core.categories.words import AS_OF, clients, scheme_text, schemes_of, stood

CODES = ("first", "second", "third", "rest")
HEAD = "let:\n  typical: {title: {ru: т, en: t}, is: median, of: margin, where: orders > 0}"

amounts = st.integers(-20, 200)
conditions = st.one_of(
    st.builds(lambda sign, n: f"margin {sign} {n}", st.sampled_from(["<", "<=", ">", ">=", "="]), amounts),
    st.builds(lambda low, more: f"margin between {low} and {low + more}", amounts, st.integers(0, 50)),
    st.sampled_from(["margin >= typical", "share >= 0.5", "not share > 0.3", "city = 'Tver'", "city is null",
                     "is_stopped", "orders >= policy_rhythm_factor", "share * 100 < margin"]),
)  # fmt: skip
rules = st.recursive(
    conditions,
    lambda inner: st.builds(lambda join, a, b: f"({a}) {join} ({b})", st.sampled_from(["and", "or"]), inner, inner),
    max_leaves=4,
)
rows = st.fixed_dictionaries(
    {
        "margin": st.none() | amounts.map(Decimal),
        "share": st.none() | st.sampled_from([0.0, 0.27, 0.3, 0.33, 0.45, 0.5, 0.55, 1.0]),
        "orders": st.none() | st.integers(0, 4),
        "city": st.none() | st.sampled_from(["Tver", "Omsk"]),
        "is_stopped": st.none() | st.booleans(),
    }
)
standings = st.none() | st.fixed_dictionaries(
    {
        "category": st.sampled_from([*CODES, "gone"]),
        "since": st.none() | st.integers(0, 200).map(lambda days: AS_OF - timedelta(days=days)),
        "by_person": st.booleans(),
        "expires_on": st.none() | st.integers(-5, 5).map(lambda days: AS_OF + timedelta(days=days)),
    }
)


def slow(scheme: Scheme, row: dict, standing: dict | None) -> tuple[str | None, str | None]:
    """(in force, proposed), one client at a time, in the words of DOMAIN part B."""
    if standing and standing["by_person"] and standing["expires_on"] and standing["expires_on"] < AS_OF:
        standing = None
    was = standing["category"] if standing else None
    raw = None
    if evaluate(scheme.base.condition, row) is True:
        for category in scheme.categories:
            if category.rule is None or evaluate(category.rule.condition, row) is True:
                raw = category.code
                break
    proposed = raw
    if was in CODES and raw is not None and raw not in scheme.immediate_codes:
        is_stay_over = standing["since"] is None or (AS_OF - standing["since"]).days >= scheme.minimum_stay_days
        if not is_stay_over or still_holds(scheme, was, row):
            proposed = was
    in_force = proposed if scheme.mode == "auto" or was is None else was
    return in_force, proposed


def still_holds(scheme: Scheme, was: str, row: dict) -> bool:
    for category in scheme.categories:
        if category.code == was:
            return category.rule is None or evaluate(relax(category.rule.condition, scheme.dead_band), row) is True
        rule = category.rule.condition
        if not category.immediate:
            rule = relax(tree.Not(rule), scheme.dead_band).part
        if evaluate(rule, row) is True:
            return False
    raise AssertionError(was)


@pytest.fixture(scope="module")
def engine():
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "ledger").engine() as engine:
        yield engine


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    written=st.tuples(rules, rules, rules),
    mode=st.sampled_from(["auto", "confirm"]),
    stay=st.sampled_from([0, 90]),
    band=st.sampled_from(["0", "0.1", "0.25"]),
    immediate=st.sets(st.sampled_from(CODES)),
    people=st.lists(st.tuples(rows, standings), min_size=1, max_size=25),
)
def test_sql_agrees_with_plain_python(engine, written, mode, stay, band, immediate, people):
    text = scheme_text(dict(zip(CODES, (*written, None), strict=True)), mode=mode, stay=stay, band=band, head=HEAD,
                       immediate=immediate)  # fmt: skip
    schemes = schemes_of(text)
    scheme = schemes["size"]
    engine.register("metrics", clients(*(row for row, _ in people)))
    told = [{"client_id": number, **standing} for number, (_, standing) in enumerate(people, 1) if standing]
    relation = classify(engine, schemes, standing=stood(*told), as_of=AS_OF)
    answer = engine.fetch(f"select size, size_computed from {relation} order by client_id").to_pylist()

    known = [float(row["margin"]) for row, _ in people if row["margin"] is not None and (row["orders"] or 0) > 0]
    typical = median(known) if known else None
    expected = [slow(scheme, row | {"typical": typical}, standing) for row, standing in people]
    assert [(row["size"], row["size_computed"]) for row in answer] == expected
