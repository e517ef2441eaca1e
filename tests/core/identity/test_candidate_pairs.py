"""Which cards may be one client, why, and which may be merged without asking."""

import numpy as np
import pyarrow as pa
import pytest

from clientarium.core.identity import CARD_COLUMNS, PAIR_SCHEMA, candidate_pairs, clusters
from tests.core.identity.dirty_companies import dirty_base, with_inn_checks

INN, OTHER_INN = with_inn_checks("770708389"), with_inn_checks("772501234")
MOSCOW, KAZAN = "770701001", "165543001"


def cards(*rows):
    return pa.Table.from_pylist([{"record_id": place, **row} for place, row in enumerate(rows)], schema=CARD_COLUMNS)


def base_with(*rows):
    """Cards in question (record_id from 1 000) among two hundred firms without duplicates."""
    others, owners = dirty_base(200, seed=9)
    _, first = np.unique(owners, return_index=True)
    asked = pa.Table.from_pylist([{"record_id": 1000 + n, **row} for n, row in enumerate(rows)], schema=CARD_COLUMNS)
    return pa.concat_tables([others.take(pa.array(first)), asked])


def asked_pairs(table, **options):
    pairs = candidate_pairs(table, **options).to_pylist()
    return {(pair["a"] - 1000, pair["b"] - 1000): pair for pair in pairs if min(pair["a"], pair["b"]) >= 1000}


def test_the_same_inn_and_name_is_sure_and_says_why():
    pair = asked_pairs(
        base_with(
            {"name": "ООО «Ромашка»", "inn": INN, "phones": ["8 (912) 345-67-89"]},
            {"name": "ROMASHKA", "inn": f"{INN}.0", "phones": ["+79123456789", "123"]},
        )
    )[0, 1]
    assert pair["sure"]
    assert pair["probability"] > 0.999
    assert {(why["field"], why["left"], why["right"], why["agreement"]) for why in pair["reasons"]} == {
        ("inn", INN, INN, "same"),
        ("name", "ООО «Ромашка»", "ROMASHKA", "same"),
        ("phones", "8 (912) 345-67-89", "+79123456789, 123", "same"),
    }
    assert all(why["weight"] > 0 for why in pair["reasons"])


def test_weights_of_the_fields_and_the_prior_make_the_weight():
    pairs = candidate_pairs(
        base_with({"name": "Ромашка", "city": "Уфа"}, {"name": "Ромашка ООО", "city": "Уфа"})
    ).to_pylist()
    priors = {round(pair["weight"] - sum(why["weight"] for why in pair["reasons"]), 6) for pair in pairs}
    assert len(priors) == 1
    assert all(pair["probability"] == pytest.approx(1 / (1 + 2 ** -pair["weight"])) for pair in pairs)


def test_a_branch_is_no_duplicate():
    firm = {"name": "ООО Ромашка", "inn": INN, "ogrn": "1027700132195", "phones": ["+79123456789"]}
    assert asked_pairs(base_with({**firm, "kpp": MOSCOW}, {**firm, "kpp": KAZAN})) == {}


def test_a_card_without_kpp_of_a_firm_with_branches_is_for_a_person_to_judge():
    firm = {"name": "ООО Ромашка", "inn": INN}
    found = asked_pairs(base_with({**firm, "kpp": MOSCOW}, {**firm, "kpp": KAZAN}, firm))
    assert not any(pair["sure"] for pair in found.values())


def test_different_valid_inns_are_never_sure():
    firm = {"name": "ООО Ромашка", "phones": ["+79123456789"], "emails": ["a@romashka.ru"], "address": "Ленина, 5"}
    found = asked_pairs(base_with({**firm, "inn": INN}, {**firm, "inn": OTHER_INN}))
    assert found[0, 1]["sure"] is False
    assert {why["field"]: why["agreement"] for why in found[0, 1]["reasons"]}["inn"] == "different"


def test_a_kazakh_bin_stands_for_an_inn():
    found = asked_pairs(base_with(*({"name": "ТОО Каспи", "inn": "971240001315"} for _ in range(2))))
    assert found[0, 1]["sure"]


def test_two_inns_are_not_joined_through_a_card_without_one():
    firm = {"name": "ООО Ромашка", "phones": ["+79123456789"], "emails": ["a@romashka.ru"], "address": "Ленина, 5"}
    found = asked_pairs(base_with({**firm, "inn": INN}, {**firm, "inn": INN}, {**firm, "inn": OTHER_INN}, firm))
    assert {pair for pair, said in found.items() if said["sure"]} in ({(0, 1), (0, 3), (1, 3)}, {(0, 1), (2, 3)})


def test_another_word_in_the_name_is_not_sure():
    firm = {"phones": ["+79123456789"], "emails": ["a@romashka.ru"], "address": "г. Уфа, ул. Ленина, д. 5"}
    found = asked_pairs(base_with({**firm, "name": "ООО Ромашка"}, {**firm, "name": "ООО Ромашка Холдинг"}))
    assert found[0, 1]["sure"] is False
    assert found[0, 1]["probability"] > 0.5


def test_initials_and_slips_are_the_same_wording():
    person = {"phones": ["+79123456789"], "emails": ["a@elkin.ru"], "address": "г. Уфа, ул. Ленина, д. 5"}
    names = ("ИП Ёлкин Пётр Ильич", "Elkin P. I.", "ип елкн петр ильич")
    found = asked_pairs(base_with(*({**person, "name": name} for name in names)))
    assert {pair: said["sure"] for pair, said in found.items()} == {(0, 1): True, (0, 2): True, (1, 2): True}


def test_new_cards_against_a_base():
    base = base_with({"name": "ООО «Ромашка»", "inn": INN})
    new = cards({"name": "ромашка", "inn": INN}, {"name": "Совсем Другие Люди"})
    found = candidate_pairs(new, against=base).to_pylist()
    assert [(pair["a"], pair["b"], pair["sure"]) for pair in found] == [(0, 1000, True)]


def test_forbidden_pairs_are_not_given_in_either_order():
    base = base_with({"name": "ООО «Ромашка»", "inn": INN}, {"name": "ромашка", "inn": INN})
    assert (0, 1) in asked_pairs(base)
    for pair in ((1000, 1001), (1001, 1000)):
        forbidden = pa.table({"a": [pair[0]], "b": [pair[1]]})
        assert (0, 1) not in asked_pairs(base, forbidden=forbidden)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_small_tables(count):
    table = cards(*({"name": "ООО «Ромашка»", "inn": INN} for _ in range(count)))
    found = candidate_pairs(table)
    assert found.schema == PAIR_SCHEMA
    assert found.num_rows == max(count - 1, 0)
    assert candidate_pairs(table, against=table.slice(0, 0)).num_rows == 0
    assert clusters(found, 0.5).num_rows == (count if count > 1 else 0)


def test_cards_that_know_nothing_are_not_alike():
    assert candidate_pairs(cards({}, {}, {"name": "«»"}, {"phones": ["нет"], "emails": ["-"]})).num_rows == 0


def test_dirty_companies_are_found_and_merged_without_error():
    """Wanted of 10 000 (bench/dedupe.py): sure at precision 0.999 and recall 0.9, recall 0.98 with the queue."""
    table, owners = dirty_base(1500)
    owner, pairs = np.array(owners), candidate_pairs(table)
    a, b, sure = pairs["a"].to_numpy(), pairs["b"].to_numpy(), pairs["sure"].to_numpy()
    is_match = owner[a] == owner[b]
    sizes = np.bincount(owner)
    every = (sizes * (sizes - 1) // 2).sum()
    assert is_match[sure].all()
    assert sure.sum() / every > 0.8
    assert is_match.sum() / every > 0.97


def test_the_order_of_cards_changes_nothing():
    table, _ = dirty_base(150)
    turned = table.take(pa.array(range(table.num_rows - 1, -1, -1)))
    found, other = (
        {(p["a"], p["b"]): p["sure"] for p in candidate_pairs(t).to_pylist() if p["probability"] > 0.9}
        for t in (table, turned)
    )
    assert found == other


def test_comparing_says_how_far_it_is_and_stops_when_told():
    table, heard = base_with({"name": "Ромашка"}), []
    candidate_pairs(table, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(step, 15) for step in range(1, 16)]

    def stop(done, total):
        raise InterruptedError(done)

    with pytest.raises(InterruptedError, match="1"):
        candidate_pairs(table, progress=stop)
