"""A card and its score, checked by hand."""

from datetime import date

import pytest

from clientarium.core.quality import (
    CardSeen,
    ContactSeen,
    Needs,
    Part,
    PartKind,
    Reason,
    assess,
    cards_table,
)

AS_OF = date(2026, 3, 31)
INN = "7707083893"
PHONE = ContactSeen("phone", "8 (912) 345-67-89")
EMAIL = ContactSeen("email", "Anna@birch.ru")
BAD_PHONE = ContactSeen("phone", "12345")
NEEDS = Needs(fields=("seller", "city"))


def card(**said):
    return CardSeen(1, **{"inn": INN, "contacts": (PHONE, EMAIL), "verified_on": date(2026, 3, 1), **said})


def test_a_card_without_a_fault_has_a_hundred():
    found = assess(card(), needs=NEEDS, as_of=AS_OF)
    assert found.score == 100
    assert found.parts == (
        Part(PartKind.REACH, 40, 1.0, Reason.BOTH),
        Part(PartKind.INN, 20, 1.0, Reason.VALID),
        Part(PartKind.FIELDS, 20, 1.0, Reason.FILLED),
        Part(PartKind.FRESH, 20, 1.0, Reason.FRESH),
    )
    assert (found.valid_phones, found.valid_emails, found.bad_contacts, found.days_since_verified) == (1, 1, 0, 30)


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ({"contacts": (PHONE,)}, 92),  # 40 × 0.8 + 60
        ({"contacts": (EMAIL,)}, 80),  # 40 × 0.5 + 60
        ({"contacts": (PHONE, EMAIL, BAD_PHONE)}, 96),  # 40 × 0.9 + 60
        ({"contacts": ()}, 60),
        ({"contacts": (ContactSeen("phone", PHONE.value, found_wrong=True),)}, 60),
        ({"is_unreachable": True}, 60),
        ({"calls_in_vain": 4}, 100),
        ({"calls_in_vain": 5}, 60),
        ({"inn": None}, 80),
        ({"inn": "7707083894"}, 80),
        ({"missing": ("city",)}, 90),
        ({"missing": ("seller", "city")}, 80),
        ({"verified_on": None}, 80),
        ({"verified_on": date(2025, 10, 2)}, 100),  # 180 days
        ({"verified_on": date(2025, 10, 1)}, 90),
        ({"verified_on": date(2025, 3, 31)}, 90),  # 365 days
        ({"verified_on": date(2025, 3, 30)}, 80),
        ({"verified_on": date(2026, 4, 9)}, 100),  # after the facts end: today
        ({"has_refused": True}, None),
        ({"is_stopped": True}, None),
    ],
)
def test_each_fault_costs_its_points(said, score):
    assert assess(card(**said), needs=NEEDS, as_of=AS_OF).score == score


def test_a_part_the_firm_never_has_leaves_the_others_their_proportion():
    found = assess(card(inn=None, verified_on=None), needs=Needs(fields=(), inn=False), as_of=AS_OF)
    assert [(part.kind, round(part.weight, 2)) for part in found.parts] == [
        (PartKind.REACH, 66.67),
        (PartKind.FRESH, 33.33),
    ]
    assert found.score == 67


def test_a_hundred_is_only_for_a_card_without_a_fault():
    words = tuple(f"f_{number}" for number in range(41))
    # One field of 41 costs half a point: 99.5 is not rounded up.
    assert assess(card(missing=words[:1]), needs=Needs(fields=words), as_of=AS_OF).score == 99


def test_domains_known_to_be_dead_make_addresses_wrong():
    found = assess(card(), needs=Needs(dead_domains=frozenset({"birch.ru"})), as_of=AS_OF)
    assert (found.valid_emails, found.bad_contacts) == (0, 1)


def test_the_table_is_what_the_metrics_take():
    rows = cards_table([assess(card(missing=("city",), inn=None), needs=NEEDS, as_of=AS_OF)]).to_pylist()
    assert rows == [
        {
            "client_id": 1,
            "data_quality": 70,
            "valid_phones": 1,
            "valid_emails": 1,
            "bad_contacts": 0,
            "inn_check": "missing",
            "missing_fields": 1,
            "days_since_verified": 30,
            "is_unreachable": False,
            "has_refused": False,
        }
    ]
