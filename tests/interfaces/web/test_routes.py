"""CHECKS.md 20: every URL × every role × method, generated from the resolver and compared with the reviewed table."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction
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


def test_every_route_is_in_the_table() -> None:
    assert sorted(route.name or str(route.pattern) for route in routes()) == sorted(TABLE)


def test_every_view_declares_who_may_open_it() -> None:
    assert [route.name for route in routes() if not hasattr(route.callback, "screen")] == []


@contextmanager
def undone() -> Iterator[None]:
    """What a request writes is taken back: the next one meets the same company."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def answers(name: str, signed_in: Any, user: Any = None) -> Iterator[tuple[str, Any]]:
    """(method, answer), asked by a browser that has asked nothing before; strangers and owners try every method."""
    for method in METHODS if user is None or user.role == "owner" else METHODS[:2]:
        with undone():
            yield method, signed_in(user).generic(method, address_of(name))


def test_strangers_reach_only_what_is_open(signed_in: Any, db: None) -> None:
    for name, row in TABLE.items():
        for method, answer in answers(name, signed_in):
            if row["roles"] == "strangers":
                # an address with a secret in it tells whoever guesses wrong that there is nothing
                opened = 404 if row.get("arguments") else 200
                assert answer.status_code == (opened if method in row["methods"] else 405), (name, method)
            else:
                assert answer.status_code in (302, 405), (name, method, answer.status_code)
                assert answer.status_code == 405 or answer["Location"].startswith(SIGN_IN), (name, method)


@pytest.mark.parametrize("role", sorted(CAST))
def test_each_role_gets_what_the_table_says(role: str, cast: Any, signed_in: Any) -> None:
    wrong = {}
    for name, row in TABLE.items():
        for method, answer in answers(name, signed_in, getattr(cast, CAST[role])):
            if not is_as_told(answer.status_code, row, role=role, method=method):
                wrong[name, method] = answer.status_code
    assert wrong == {}


def is_as_told(status: int, row: dict[str, Any], *, role: str, method: str) -> bool:
    if row["roles"] not in ("everybody", "strangers") and role not in row["roles"]:
        return status in (403, 405)
    if method in row["methods"]:
        return status not in (401, 403, 405, 500)
    # The sign-in page sends whoever is signed in away before it looks at the method.
    return status in ((405, 302) if row["roles"] == "strangers" else (405,))


def test_a_dismissed_person_is_a_stranger(cast: Any, signed_in: Any) -> None:
    browser = signed_in(cast.head)
    cast.head.is_active = False
    cast.head.save()
    for name, row in TABLE.items():
        if row["roles"] != "strangers":
            answer = browser.get(address_of(name))
            assert answer.status_code in (302, 405), name
            assert answer.status_code == 405 or answer["Location"].startswith(SIGN_IN), name


def test_a_fragment_for_a_stranger_is_a_redirect_of_htmx(signed_in: Any, db: None) -> None:
    answer = signed_in(None).get(reverse("palette"), headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"], answer.content) == (401, SIGN_IN, b"")
