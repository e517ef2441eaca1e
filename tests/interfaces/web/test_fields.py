"""The company's own fields: defined, changed, hidden, brought back."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from clientarium.decisions.clients import CustomField
from clientarium.decisions.grades import scheme_path

PACKAGED = Path(__file__).parents[3] / "definitions"


@pytest.fixture(autouse=True)
def definitions(settings: Any, tmp_path: Path) -> None:
    settings.CLIENTARIUM_DEFINITIONS = tmp_path / "definitions"
    shutil.copytree(PACKAGED, settings.CLIENTARIUM_DEFINITIONS)


def fields() -> list[tuple[Any, ...]]:
    return list(CustomField.objects.values_list("slug", "title_ru", "title_en", "type", "choices", "is_removed"))


@pytest.fixture
def defined(cast: Any, signed_in: Any) -> CustomField:
    sent = {"title_ru": "Форма собственности", "type": "choice", "choices": "ООО\n\nИП \nАО", "slug": "legal_form"}
    signed_in(cast.head).post(reverse("field_new"), sent)
    return CustomField.objects.get()


def test_define_a_list(defined: CustomField) -> None:
    assert fields() == [("legal_form", "Форма собственности", "", "choice", ["ООО", "ИП", "АО"], False)]


def test_the_word_of_filters_is_shown(defined: CustomField, cast: Any, signed_in: Any) -> None:
    page = signed_in(cast.head).get(reverse("fields")).content.decode()
    assert "<code>f_legal_form</code>" in page


def test_a_list_without_choices_is_refused_in_the_form(cast: Any, signed_in: Any) -> None:
    answer = signed_in(cast.head).post(reverse("field_new"), {"title_ru": "Пусто", "type": "choice"})
    assert (answer.status_code, fields()) == (422, [])
    assert len(answer.context["form"].non_field_errors()) == 1


def test_change_titles_and_choices(defined: CustomField, cast: Any, signed_in: Any) -> None:
    sent = {"title_ru": "Правовая форма", "title_en": "Legal form", "choices": "ООО"}
    answer = signed_in(cast.owner).post(reverse("field", args=[defined.pk]), sent)
    assert answer["Location"] == reverse("fields")
    assert fields() == [("legal_form", "Правовая форма", "Legal form", "choice", ["ООО"], False)]


def test_remove_and_bring_back(defined: CustomField, cast: Any, signed_in: Any) -> None:
    browser, address = signed_in(cast.administrator), reverse("field_removal", args=[defined.pk])
    browser.post(address)
    assert (fields()[0][-1], browser.get(reverse("field", args=[defined.pk])).status_code) == (True, 404)
    browser.post(address)
    assert fields()[0][-1] is False


def test_a_field_that_a_rule_leans_on_stays(defined: CustomField, cast: Any, signed_in: Any) -> None:
    path = scheme_path("grade")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("when: has_bad_review", "when: f_legal_form = 'ИП'"), encoding="utf-8")
    browser = signed_in(cast.head)
    browser.post(reverse("field_removal", args=[defined.pk]))
    assert (fields()[0][-1], "Категория ценности" in browser.get(reverse("fields")).content.decode()) == (False, True)
