"""The regulation: everybody reads it; made of the settings in force; the same text on the page and on paper."""

import pytest
from django.urls import reverse

from tests.decisions.clock.conftest import home, stand_on, today

__all__ = ["home", "stand_on", "today"]


@pytest.fixture
def company(home, cast):
    return cast


def words(document):
    """Every text of the document in order."""
    for section in document.sections:
        yield section.title
        for block in section.blocks:
            yield from (block.points if block.kind == "points" else ())
            yield from (cell for row in block.rows for cell in row) if block.kind == "table" else ()
            yield from (block.heading, block.text) if block.kind == "text" else ()


def read(language="ru"):
    from django.utils.translation import override

    from clientarium.decisions.contacts import working_day
    from clientarium.interfaces.web.regulation import regulation

    with override(language):
        return regulation(language, day=working_day())


def test_everybody_reads_the_page_and_the_paper(signed_in, company):
    for person in (company.anna, company.support, company.nobody):
        assert signed_in(person).get(reverse("regulation")).status_code == 200
    paper = signed_in(company.support).get(reverse("regulation_pdf"))
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")


def test_it_says_the_rules_in_force_in_both_languages(company):
    russian = "\n".join(words(read()))
    for said in (
        "Покупка — это отгрузка: документ продажи с выручкой больше нуля; возврат — не покупка.",
        "Срок без покупки — 61 день.",
        "за 30, 14 и 3 дн. до срока",
        "31 день на сделку",
        "50–60",
        "Ушедших в работе у менеджера — 20 в неделю",
        "не реже чем раз в 92 дн.",
        "Опорный",
        "10 %",
    ):
        assert said in russian, said
    english = "\n".join(words(read("en")))
    assert "A client is cold when 61 days have passed without a purchase" in english
    assert "Anchor" in english


def test_it_names_no_client(company):
    for language in ("ru", "en"):
        assert not [one for one in words(read(language)) if "canary" in one or company.birch.name in one]


def test_the_version_is_the_same_until_a_rule_changes(company):
    from clientarium.core.categories import with_policy
    from clientarium.decisions.grades import policy_path, save_policy

    before = read()
    assert read("en").version == read().version == before.version
    save_policy(text=with_policy(policy_path().read_text(), "winback_week", 15), by=company.owner, note="меньше")
    after = read()
    assert after.version != before.version
    assert "Ушедших в работе у менеджера — 15 в неделю" in "\n".join(words(after))
    assert [row[1:] for row in after.appendix.blocks[0].rows] == [("Числа политики", "Olga", "меньше")]


def test_a_portfolio_with_its_own_clock_is_told_by_name(company):
    from clientarium.decisions.clock import OwnRule, set_seller_rule
    from tests.decisions.clock.conftest import MONDAY

    before = read()
    set_seller_rule(company.anna_sells, OwnRule("strict", 45, 0), valid_from=MONDAY, reason="цикл", by=company.head)
    after = read()
    assert "Анна: Срок без покупки — 45 дней, одинаковый для всех. Прошло больше — клиент холодный." in list(
        words(after)
    )
    assert before.version != after.version


def test_an_unreadable_policy_is_told_with_its_line(signed_in, company):
    from clientarium.decisions.grades import policy_path

    policy_path().write_text("cold_rule: [", encoding="utf-8")
    answer = signed_in(company.head).get(reverse("regulation"))
    assert answer.status_code == 422
    assert "policy.yaml" in answer.content.decode()


def test_the_fonts_have_every_letter_of_the_text(company):
    from fontTools.ttLib import TTFont

    from clientarium.interfaces.web.paper.pdf import FONTS

    letters = TTFont(FONTS / "DejaVuSans.ttf").getBestCmap()
    text = "".join(cell for language in ("ru", "en") for cell in words(read(language)))
    assert sorted({letter for letter in text if ord(letter) not in letters and letter != "\n"}) == []
