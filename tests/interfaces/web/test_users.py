"""The people of the company: who may make, change and dismiss whom."""

from typing import Any

from django.urls import reverse

from clientarium.decisions.people import User

NEW = {"name": "Нина", "username": "nina", "password": "correct horse battery", "role": "seller", "email": ""}


def test_a_new_person_can_sign_in_and_stands_in_the_journal(cast: Any, signed_in: Any) -> None:
    browser = signed_in(cast.owner)
    answer = browser.post(reverse("user_new"), {**NEW, "seller": cast.anna_sells.pk})
    assert (answer.status_code, answer["Location"]) == (302, reverse("users"))
    nina = User.objects.get(username="nina")
    assert (nina.name, nina.role, nina.seller, nina.check_password(NEW["password"])) == (
        "Нина",
        "seller",
        cast.anna_sells,
        True,
    )
    assert "Нина" in browser.get(reverse("journal")).content.decode()


def test_what_is_refused_stands_in_the_form(cast: Any, signed_in: Any) -> None:
    answer = signed_in(cast.owner).post(reverse("user_new"), {**NEW, "username": "olga"})
    assert (answer.status_code, User.objects.filter(name="Нина").exists()) == (422, False)
    assert 'role="alert"' in answer.content.decode()


def test_an_administrator_makes_no_owner(cast: Any, signed_in: Any) -> None:
    answer = signed_in(cast.administrator).post(reverse("user_new"), {**NEW, "role": "owner"})
    assert (answer.status_code, User.objects.filter(username="nina").exists()) == (422, False)


def test_role_and_portfolio_change_together(cast: Any, signed_in: Any) -> None:
    changed = {"name": "Nemo", "email": "nemo@x.test", "role": "marketer", "seller": cast.boris_sells.pk}
    answer = signed_in(cast.owner).post(reverse("user", args=[cast.nobody.pk]), changed)
    cast.nobody.refresh_from_db()
    assert (answer.status_code, cast.nobody.role, cast.nobody.seller) == (302, "marketer", cast.boris_sells)


def test_a_dismissed_person_is_out_at_the_next_request(cast: Any, signed_in: Any) -> None:
    anna = signed_in(cast.anna)
    assert anna.get("/").status_code == 200
    signed_in(cast.owner).post(reverse("user_activity", args=[cast.anna.pk]))
    assert anna.get("/").status_code == 302


def test_the_last_owner_stays(cast: Any, signed_in: Any) -> None:
    browser = signed_in(cast.administrator)
    browser.post(reverse("user_activity", args=[cast.owner.pk]))
    cast.owner.refresh_from_db()
    assert cast.owner.is_active


def test_a_new_password_ends_the_sessions(cast: Any, signed_in: Any) -> None:
    anna = signed_in(cast.anna)
    answer = signed_in(cast.owner).post(
        reverse("user_password", args=[cast.anna.pk]), {"password": "another long password"}
    )
    assert (answer.status_code, anna.get("/").status_code) == (302, 302)
