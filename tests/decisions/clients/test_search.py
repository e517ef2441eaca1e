"""Finding clients by what one remembers."""

import pytest

from tests.cast import make_client


@pytest.fixture
def base(cast):
    from clientarium.decisions.clients import add_contact

    make_client("ООО «Ромашка и К°»", holder=cast.anna_sells, code="R-1", inn="7707083893")
    make_client("Торговый дом Ромашка", holder=cast.boris_sells, code="R-2")
    lily = make_client("ЛИЛИЯ-Ёж", holder=cast.anna_sells)
    add_contact(lily, kind="phone", value="8 (912) 345-67-89", by=cast.owner)
    add_contact(lily, kind="email", value="Lily@Flowers.ru", by=cast.owner)
    return cast


def names(user, text):
    from clientarium.decisions.clients import search

    return [client.name for client in search(user, text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ромашка", ["ООО «Ромашка и К°»", "Торговый дом Ромашка"]),
        ("ООО Ромашка", ["ООО «Ромашка и К°»", "Торговый дом Ромашка"]),
        ("РОМАШ", ["ООО «Ромашка и К°»", "Торговый дом Ромашка"]),
        ("лилия еж", ["ЛИЛИЯ-Ёж"]),
        ("R-1", ["ООО «Ромашка и К°»"]),
        ("77070838", ["Берёза", "ООО «Ромашка и К°»"]),
        ("7707083893", ["Берёза", "ООО «Ромашка и К°»"]),
        ("89123456789", ["ЛИЛИЯ-Ёж"]),
        ("+7 912 345", ["ЛИЛИЯ-Ёж"]),
        ("912345", ["ЛИЛИЯ-Ёж"]),
        ("lily@", ["ЛИЛИЯ-Ёж"]),
        ("%", []),
        ("а", []),
        ("нет такого", []),
        ("' OR 1=1 --", []),
        ("\0\0\0", []),
    ],
)
def test_search(base, text, found):
    assert names(base.owner, text) == found


def test_seller_finds_only_his_own(base):
    assert names(base.anna, "ромашка") == ["ООО «Ромашка и К°»"]
    assert names(base.boris, "89123456789") == []
    assert names(base.nobody, "ромашка") == []
    assert [names(base.anna, text) for text in ("canary", "кедр", "укроп")] == [[], [], []]
