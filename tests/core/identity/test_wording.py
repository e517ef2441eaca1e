"""When two names are the same words written differently."""

import pytest

from clientarium.core.identity import fold_name
from clientarium.core.identity.matching.wording import is_same_wording

SAME = [
    ("ООО «Ромашка»", "Romashka"), ("Ромашка", "Рмоашка"), ("Иванов Иван Петрович", "Иванов И. П."),
    ("Елкин Петр Ильич", "Elkn P. I."), ("СтройТех Сервис", "Стройтехсервис"), ("Снаб Урал", "Урал Снаб"),
    ("Торговый дом Щит", "ТД «Щит»"),
]  # fmt: skip
OTHER = [
    ("Ромашка", "Ромашка Холдинг"), ("Альфа 1", "Альфа 2"), ("Иванов Иван Петрович", "Иванов Иван Сергеевич"),
    ("И. П.", "Иванов Петров"), ("Щит", "Чит"), ("Строй Инвест", "Строй Сервис"), ("Ромашка", "Лютик"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same(one, other):
    keys = fold_name(one).key, fold_name(other).key
    assert is_same_wording(*keys)
    assert is_same_wording(*keys[::-1])


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_other(one, other):
    keys = fold_name(one).key, fold_name(other).key
    assert not is_same_wording(*keys)
    assert not is_same_wording(*keys[::-1])
