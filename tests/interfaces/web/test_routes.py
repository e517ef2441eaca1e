"""CHECKS.md 20: every URL × every role × method, generated from the resolver and compared with the reviewed table."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import URLPattern, URLResolver, get_resolver, reverse

TABLE: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "routes.yaml").read_text(encoding="utf-8"))
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
CAST = {
    "owner": "owner",
    "head": "head",
    "seller": "anna",
    "marketer": "marketer",
    "support": "support",
    "administrator": "administrator",
}
SIGN_IN = "/login/"


def routes(patterns: list[URLPattern | URLResolver] | None = None) -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        found += routes(pattern.url_patterns) if isinstance(pattern, URLResolver) else [pattern]
    return found


def address_of(name: str) -> str:
    return reverse(name, kwargs=TABLE[name].get("arguments", {}))


def is_past_the_door(name: str, role: str) -> bool:
    roles = TABLE[name]["roles"]
    return roles in ("everybody", "strangers") or role in roles


def test_every_route_is_in_the_table() -> None:
    assert sorted(route.name or str(route.pattern) for route in routes()) == sorted(TABLE)


def test_every_view_declares_who_may_open_it() -> None:
    assert [route.name for route in routes() if not hasattr(route.callback, "screen")] == []


@pytest.mark.parametrize("name", sorted(TABLE))
def test_strangers_reach_only_what_is_open(name: str, signed_in: Any, db: None) -> None:
    browser = signed_in(None)
    for method in METHODS:
        answer = browser.generic(method, address_of(name))
        if TABLE[name]["roles"] == "strangers":
            # an address with a secret in it tells whoever guesses wrong that there is nothing
            opened = 404 if TABLE[name].get("arguments") else 200
            assert answer.status_code == (opened if method in TABLE[name]["methods"] else 405), method
        else:
            assert answer.status_code in (302, 405), (method, answer.status_code)
            assert answer.status_code == 405 or answer["Location"].startswith(SIGN_IN), method


@pytest.mark.parametrize("role", sorted(CAST))
@pytest.mark.parametrize("name", sorted(TABLE))
def test_each_role_gets_what_the_table_says(name: str, role: str, cast: Any, signed_in: Any) -> None:
    for method in METHODS:
        answer = signed_in(getattr(cast, CAST[role])).generic(method, address_of(name))
        allowed = method in TABLE[name]["methods"]
        if not is_past_the_door(name, role):
            assert answer.status_code in (403, 405), (method, answer.status_code)
        elif not allowed:
            # The sign-in page sends whoever is signed in away before it looks at the method.
            refused = (405, 302) if TABLE[name]["roles"] == "strangers" else (405,)
            assert answer.status_code in refused, (method, answer.status_code)
        else:
            assert answer.status_code not in (401, 403, 405, 500), (method, answer.status_code)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_dismissed_person_is_a_stranger(name: str, cast: Any, signed_in: Any) -> None:
    browser = signed_in(cast.head)
    cast.head.is_active = False
    cast.head.save()
    if TABLE[name]["roles"] == "strangers":
        return
    answer = browser.get(address_of(name))
    assert answer.status_code in (302, 405)
    assert answer.status_code == 405 or answer["Location"].startswith(SIGN_IN)


def test_a_fragment_for_a_stranger_is_a_redirect_of_htmx(signed_in: Any, db: None) -> None:
    answer = signed_in(None).get(reverse("palette"), headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"], answer.content) == (401, SIGN_IN, b"")
