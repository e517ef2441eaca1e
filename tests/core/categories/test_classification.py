"""Rules, the stay, the dead band, people's decisions: who is in which category, and what is proposed."""

from datetime import date

import pytest

from tests.core.categories.words import AS_OF, classified, clients, scheme_text, schemes_of, stood

RULES = {"stop": "is_stopped", "big": "margin >= 100", "middle": "margin >= 50", "small": None}


@pytest.fixture
def put(tmp_path):
    """(in force, proposed) of each client."""

    def classify(table, *, standing=None, as_of=AS_OF, rules=RULES, **scheme):
        schemes = schemes_of(scheme_text(rules, immediate=["stop"], **scheme))
        rows = classified(schemes, table, tmp_path, standing=standing, as_of=as_of)
        return [(row["size"], row["size_computed"]) for row in rows]

    return classify


def buyers(*margins):
    return clients(*({"orders": 1, "margin": margin} for margin in margins))


def test_first_rule_that_holds_wins(put):
    table = clients({"orders": 1, "margin": 500, "is_stopped": True}, {"orders": 1, "margin": 100})
    assert put(table) == [("stop", "stop"), ("big", "big")]


def test_unknown_value_does_not_fulfil_a_rule(put):
    assert put(buyers(None)) == [("small", "small")]


def test_outside_the_base_there_is_no_category(put):
    assert put(clients({"orders": 0, "margin": 500}, {"margin": 500})) == [(None, None), (None, None)]


def test_no_rule_and_no_rest_is_no_category(put):
    assert put(buyers(10), rules={"big": "margin >= 100"}) == [(None, None)]


@pytest.mark.parametrize(
    ("margin", "proposed"), [(100, "big"), (95, "big"), (90, "big"), (89, "middle"), (44, "small")]
)
def test_dead_band_holds_who_falls_by_little(put, margin, proposed):
    standing = stood({"client_id": 1, "category": "big"})
    assert put(buyers(margin), standing=standing, band="0.1") == [(proposed, proposed)]


@pytest.mark.parametrize(("margin", "proposed"), [(99, "middle"), (105, "middle"), (110, "big")])
def test_dead_band_holds_who_rises_by_little(put, margin, proposed):
    standing = stood({"client_id": 1, "category": "middle"})
    assert put(buyers(margin), standing=standing, band="0.1") == [(proposed, proposed)]


def test_rest_is_left_only_past_the_widened_border(put):
    standing = stood({"client_id": 1, "category": "small"}, {"client_id": 2, "category": "small"})
    assert put(buyers(54, 55), standing=standing, band="0.1") == [("small", "small"), ("middle", "middle")]


@pytest.mark.parametrize(("since", "proposed"), [(date(2026, 1, 1), "big"), (date(2025, 12, 31), "small")])
def test_stay_must_be_over(put, since, proposed):
    standing = stood({"client_id": 1, "category": "big", "since": since})
    assert put(buyers(1), standing=standing, stay=90) == [(proposed, proposed)]


def test_stop_list_does_not_wait(put):
    standing = stood({"client_id": 1, "category": "big", "since": date(2026, 3, 30)})
    table = clients({"orders": 1, "margin": 500, "is_stopped": True})
    assert put(table, standing=standing, stay=90, mode="confirm") == [("big", "stop")]
    assert put(table, standing=standing, stay=90) == [("stop", "stop")]


def test_category_the_scheme_no_longer_has_is_not_kept(put):
    assert put(buyers(1), standing=stood({"client_id": 1, "category": "gone"}), stay=9999) == [("small", "small")]


def test_confirm_keeps_what_stood_and_proposes(put):
    standing = stood({"client_id": 1, "category": "big"})
    assert put(buyers(1, 1), standing=standing, mode="confirm") == [("big", "small"), ("small", "small")]


def test_persons_word_holds_until_its_term(put):
    word = {"client_id": 1, "category": "big", "by_person": True, "expires_on": AS_OF}
    assert put(buyers(1), standing=stood(word), mode="confirm") == [("big", "small")]
    after = date(2026, 4, 1)
    assert put(buyers(1), standing=stood(word), mode="confirm", as_of=after) == [("small", "small")]


def test_persons_word_without_term_holds(put):
    word = {"client_id": 1, "category": "big", "by_person": True}
    assert put(buyers(1), standing=stood(word), mode="confirm") == [("big", "small")]


def test_policy_and_levels_stand_in_rules(put):
    head = "let:\n  typical: {title: {ru: т, en: t}, is: median, of: margin, where: orders > 0}"
    rules = {"big": "margin > policy_big", "typical_or_more": "margin >= typical", "less": None}
    assert put(buyers(200, 40, 30), rules=rules, head=head) == [
        ("big", "big"), ("typical_or_more", "typical_or_more"), ("less", "less"),
    ]  # fmt: skip


def test_scheme_may_speak_of_another_and_comes_after_it(tmp_path):
    first = scheme_text({"both": "worth = 'much'", "rest": None}, name="first")
    worth = scheme_text({"much": "margin >= 10", "little": None}, name="worth")
    schemes = schemes_of(first, worth)
    assert ([scheme.name for scheme in schemes], [scheme.name for scheme in schemes.steps]) == (
        ["first", "worth"], ["worth", "first"],
    )  # fmt: skip
    rows = classified(schemes, buyers(10, 9), tmp_path)
    assert [(row["worth"], row["first"]) for row in rows] == [("much", "both"), ("little", "rest")]


def test_tags_stand_beside_the_category(tmp_path):
    tags = "tags:\n  - {code: local, title: {ru: м, en: l}, when: city = 'Tver', source: {ru: и, en: s}}"
    rows = classified(
        schemes_of(scheme_text({"all": None}, tags=tags)),
        clients({"orders": 1, "city": "Tver"}, {"orders": 1, "city": None}),
        tmp_path,
    )
    assert [(row["size"], row["tag_local"]) for row in rows] == [("all", True), ("all", False)]
