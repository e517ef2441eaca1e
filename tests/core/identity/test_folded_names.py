"""Names of firms as people write them come to one form."""

import pytest

from clientarium.core.identity import FoldedName, fold_name
from clientarium.core.identity.transliteration import latin_key

ROMASHKA = ("romashka",)
FOLDED = [
    ("ООО «Ромашка»", FoldedName("ООО", ROMASHKA)),
    ('Ромашка", ООО', FoldedName("ООО", ROMASHKA)),
    ("OOO „Romashka“", FoldedName("ООО", ROMASHKA)),
    ("Общество с ограниченной ответственностью 'РОМАШКА'", FoldedName("ООО", ROMASHKA)),
    ("Romashka LLC", FoldedName("ООО", ROMASHKA)),
    ("РOМAШКА", FoldedName(None, ROMASHKA)),  # Latin O and A among Cyrillic letters
    ("Открытое акционерное общество Ромашка", FoldedName("ОАО", ROMASHKA)),
    ("ИП Ёлкин Пётр Ильич", FoldedName("ИП", ("elkin", "petr", "ilich"))),
    ("Глава КФХ Ёлкин", FoldedName("КФХ", ("elkin",))),
    ("Торговый дом «Щит»", FoldedName(None, ("td", "shit"))),
    ("ТД Щит", FoldedName(None, ("td", "shit"))),
    ("Zeta & Co GmbH", FoldedName("GMBH", ("zeta", "and", "ko"))),
    ("ООО", FoldedName(None, ("o",))),
    ("«»", FoldedName(None, ())),
]


@pytest.mark.parametrize(("name", "expected"), FOLDED)
def test_name_folds(name, expected):
    assert fold_name(name) == expected


def test_key_forgets_the_order_of_words():
    assert fold_name("Снаб Урал, ООО").key == fold_name("ООО «Урал Снаб»").key == "snab ural"


# ГОСТ 7.79-2000 (B), ГОСТ Р 52535.1-2006 (passports), ALA-LC without marks, and how people write.
SPELLINGS = {
    "Щёлково": ["Shhyolkovo", "Shchelkovo", "Shchyolkovo", "Schelkovo", "Schyolkovo"],
    "Юность": ["Yunost", "Iunost", "Junost"],
    "Центр": ["Tsentr", "Centr", "Czentr", "Tzentr"],
    "Комфорт": ["Komfort", "Comfort"],
    "Хлеб": ["Khleb", "Hleb"],
    "Яковлев": ["Yakovlev", "Iakovlev", "Jakovlev", "Yakowlew"],
    "Чайка": ["Chayka", "Chaika", "Chajka"],
    "Альянс": ["Alyans", "Alians", "Aljans", "Al'yans"],
    "Россия": ["Rossiya", "Rossiia", "Rossija"],
}


@pytest.mark.parametrize("word", SPELLINGS)
def test_spellings_meet(word):
    assert {fold_name(spelling.replace("'", "")).key for spelling in [word, *SPELLINGS[word]]} == {latin_key(word)}


def test_different_words_stay_apart():
    words = ["Альфа", "Бета", "Гамма", "Щит", "Чит", "Цит", "Хит", "Кит", "Лён", "Лен", "Лань"]
    assert len({latin_key(word) for word in words}) == len(words) - 1  # лён and лен are one
