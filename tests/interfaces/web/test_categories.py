"""Schemes, their rules with numbers to change, versions."""

import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from clientarium.decisions.grades import POLICY, SchemeVersion, policy_path, scheme_path, scheme_versions
from clientarium.decisions.runs import Run, RunKind
from tests.decisions.grades.published import publish
from tests.interfaces.web.small_scheme import small_definitions

AS_OF = date(2026, 3, 31)
STAY = "number:B:parts.0.right:number"  # «Месяцы с заказами за 12 мес. не меньше 4»
SHARE = "number:A:parts.0.parts.0.right:percent"  # «Доля маржи … меньше 50 %»
DELAY = "policy:overdue_days:number"


@pytest.fixture
def base(cast: Any, transactional_db: Any, settings: Any, tmp_path: Path) -> Any:
    """Birch B→A, Cedar C→B, Dill D as the rule says; as of 31 March 2026."""
    settings.CLIENTARIUM_DEFINITIONS = small_definitions(tmp_path / "definitions")
    publish(AS_OF, [(cast.birch, "B", "A", 900), (cast.cedar, "C", "B", 100), (cast.dill, "D", "D", None)])
    return cast


def text_of(answer: Any) -> str:
    """The words of the page, tags and runs of spaces gone."""
    body = answer.content.decode().split("<main", 1)[-1].split("</main>", 1)[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).strip()


def lines_of(answer: Any, scheme: str) -> list[tuple[str | None, int, Any]]:
    """(category, clients, share of the margin) of one scheme's card."""
    card = next(card for card in answer.context["schemes"] if card["scheme"].name == scheme)
    return [(code.code, standing.clients, standing.share) for code, standing in card["lines"]]


def test_owner_sees_everybody_counted(base: Any, signed_in: Any) -> None:
    answer = signed_in(base.owner).get(reverse("categories"))
    assert [line for line in lines_of(answer, "grade") if line[1]] == [("B", 1, 0.9), ("C", 1, 0.1), ("D", 1, 0.0)]
    assert (answer.context["waiting"], answer.context["sees_money"]) == (2, True)


def test_seller_sees_only_his_own_portfolio(base: Any, signed_in: Any) -> None:
    answer = signed_in(base.anna).get(reverse("categories"))
    assert [line for line in lines_of(answer, "grade") if line[1]] == [("B", 1, 1.0)]
    assert answer.context["waiting"] == 1


def test_support_sees_no_money(base: Any, signed_in: Any) -> None:
    answer = signed_in(base.support).get(reverse("categories"))
    assert [line for line in lines_of(answer, "grade") if line[1]] == [("B", 1, None), ("C", 1, None), ("D", 1, None)]


def test_each_count_is_a_link_to_its_list(base: Any, signed_in: Any) -> None:
    answer = signed_in(base.owner).get(reverse("categories"))
    card = next(card for card in answer.context["schemes"] if card["scheme"].name == "grade")
    urls = {code.code: standing.url for code, standing in card["lines"]}
    assert urls["A"] == "/clients/?where=grade+%3D+%27A%27"
    assert urls["A"].encode() in answer.content


def test_page_opens_before_the_first_count(cast: Any, signed_in: Any) -> None:
    answer = signed_in(cast.owner).get(reverse("categories"))
    assert (answer.status_code, answer.context["is_counted"]) == (200, False)
    assert signed_in(cast.owner).get(reverse("scheme", args=["grade"])).status_code == 200


def test_unknown_scheme_is_not_found(base: Any, signed_in: Any) -> None:
    browser = signed_in(base.owner)
    names = ("scheme", "scheme_text", "scheme_versions")
    assert [browser.get(reverse(name, args=["nothing"])).status_code for name in names] == [404, 404, 404]


def test_rules_are_sentences_with_numbers_to_change(base: Any, signed_in: Any) -> None:
    answer = signed_in(base.head).get(reverse("scheme", args=["grade"]))
    page = answer.content.decode()
    assert f'name="{STAY}" value="4"' in page
    assert f'name="{SHARE}" value="50"' in page  # a share is shown in per cent
    assert f'name="{DELAY}" value="10"' in page
    assert "«Новый», «Активный»" in text_of(answer)


def test_rules_are_read_only_for_others(base: Any, signed_in: Any) -> None:
    page = signed_in(base.marketer).get(reverse("scheme", args=["grade"])).content.decode()
    assert ("threshold" in page, "preview" in page, "<strong" in page) == (False, False, True)


def test_saving_a_number_writes_the_file_a_version_and_queues_a_pulse(base: Any, signed_in: Any) -> None:
    before = scheme_path("grade").read_text(encoding="utf-8")
    sent = {STAY: "6", SHARE: "45,5", DELAY: "10", "note": "строже"}
    answer = signed_in(base.head).post(reverse("save_scheme", args=["grade"]), sent)
    after = scheme_path("grade").read_text(encoding="utf-8")
    changed = [(old, new) for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new]
    assert (answer.status_code, answer["Location"]) == (302, "/categories/grade/")
    assert [(old.strip(), new.strip()) for old, new in changed] == [
        (
            "(margin_12m_share_ahead < 0.5 and return_on_cost_12m >= median_return_on_cost)",
            "(margin_12m_share_ahead < 0.455 and return_on_cost_12m >= median_return_on_cost)",
        ),
        (
            "active_months_12m >= 4 and lifecycle in ('new', 'active')",
            "active_months_12m >= 6 and lifecycle in ('new', 'active')",
        ),
    ]
    assert [(one.by, one.note) for one in scheme_versions("grade")] == [(base.head, "строже"), (None, "")]
    assert [(run.kind, run.created_by) for run in Run.objects.all()] == [(RunKind.PULSE, base.head)]


def test_saving_a_number_of_the_policy_leaves_the_scheme_alone(base: Any, signed_in: Any) -> None:
    before = scheme_path("grade").read_text(encoding="utf-8")
    signed_in(base.head).post(reverse("save_scheme", args=["grade"]), {DELAY: ["10", "14"]})
    assert scheme_path("grade").read_text(encoding="utf-8") == before
    assert "value: 14" in policy_path().read_text(encoding="utf-8")
    assert [version.scheme for version in SchemeVersion.objects.order_by("pk")] == [POLICY, POLICY]


def test_saving_nothing_changes_nothing(base: Any, signed_in: Any) -> None:
    signed_in(base.head).post(reverse("save_scheme", args=["grade"]), {STAY: "4", SHARE: "50,0"})
    assert (SchemeVersion.objects.count(), Run.objects.count()) == (0, 0)


def test_what_is_no_number_is_refused(base: Any, signed_in: Any) -> None:
    answer = signed_in(base.head).post(reverse("preview_scheme", args=["grade"]), {STAY: "много"})
    assert (answer.status_code, "«много»" in answer.content.decode()) == (422, True)


def test_wrong_text_is_refused_with_its_line_and_kept_on_the_page(base: Any, signed_in: Any) -> None:
    before = scheme_path("grade").read_text(encoding="utf-8")
    wrong = before.replace("active_months_12m >= 4", "active_monts_12m >= 4")
    answer = signed_in(base.head).post(reverse("save_scheme", args=["grade"]), {"text": wrong})
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert all(word in page for word in ("active_monts_12m", "active_months_12m", "categories/grade.yaml:34"))
    assert (scheme_path("grade").read_text(encoding="utf-8"), wrong in page) == (before, True)


def test_somebody_elses_change_is_not_overwritten(base: Any, signed_in: Any) -> None:
    browser = signed_in(base.head)
    page = browser.get(reverse("scheme_text", args=["grade"]))
    browser.post(reverse("save_scheme", args=["grade"]), {STAY: "6"})
    sent = {"text": "# mine\n" + page.context["text"], "hash": page.context["hash"]}
    assert browser.post(reverse("save_scheme", args=["grade"]), sent).status_code == 422
    assert SchemeVersion.objects.count() == 2


def test_version_comes_back(base: Any, signed_in: Any) -> None:
    before = scheme_path("grade").read_text(encoding="utf-8")
    browser = signed_in(base.head)
    browser.post(reverse("save_scheme", args=["grade"]), {STAY: "6"})
    page = browser.get(reverse("scheme_versions", args=["grade"]))
    newest, first = page.context["versions"]
    assert [line.text.strip() for line in newest.diff if line.kind in ("added", "removed")] == [
        "active_months_12m >= 4 and lifecycle in ('new', 'active')",
        "active_months_12m >= 6 and lifecycle in ('new', 'active')",
    ]
    browser.post(reverse("restore_scheme", args=[first.version.pk]), {"note": "назад"})
    assert scheme_path("grade").read_text(encoding="utf-8") == before
    assert [one.note for one in scheme_versions("grade")] == ["назад", "", ""]


@pytest.mark.parametrize("name", ["anna", "marketer", "support", "administrator"])
def test_only_deciders_change_rules(name: str, base: Any, signed_in: Any) -> None:
    browser = signed_in(getattr(base, name))
    routes = ("preview_scheme", "save_scheme")
    assert [browser.post(reverse(one, args=["grade"]), {STAY: "6"}).status_code for one in routes] == [403, 403]
    assert SchemeVersion.objects.count() == 0


def test_numbers_the_rules_lean_on_can_be_changed_too(base: Any, signed_in: Any) -> None:
    browser = signed_in(base.head)
    page = browser.get(reverse("scheme", args=["lifecycle"])).content.decode()
    assert all(f'name="policy:{line}:number"' in page for line in ("cold_days", "rhythm_factor", "lost_days"))
    browser.post(reverse("save_scheme", args=["lifecycle"]), {"policy:cold_days:number": "75"})
    assert "value: 75" in policy_path().read_text(encoding="utf-8")
