"""CHECKS.md 35: the headers of every page, scored as Mozilla's Observatory does."""

from typing import Any

import pytest
from django.urls import reverse

EXPECTED = {
    "Cache-Control": "no-store",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "manifest-src 'self'",
}


@pytest.mark.parametrize("address", ["/", "/login/", "/settings/", "/journal/", "/search/", "/no-such-page/"])
def test_every_answer_carries_the_headers(address: str, cast: Any, signed_in: Any) -> None:
    answer = signed_in(None if address == "/login/" else cast.owner).get(address)
    assert {name: answer[name] for name in EXPECTED if name != "Cache-Control"} == {
        name: value for name, value in EXPECTED.items() if name != "Cache-Control"
    }
    assert "no-store" in answer["Cache-Control"]
    assert {part.strip() for part in answer["Content-Security-Policy"].split(";")} == POLICY


def test_signing_out_wipes_the_browser(cast: Any, signed_in: Any) -> None:
    browser = signed_in(cast.owner)
    answer = browser.post(reverse("account_logout"))
    assert (answer.status_code, answer["Clear-Site-Data"]) == (302, '"cache", "cookies", "storage"')
    assert browser.get("/")["Location"] == "/login/?next=/"


def test_session_cookie_is_out_of_reach_of_scripts(cast: Any, signed_in: Any) -> None:
    cast.owner.set_password("correct horse battery")
    cast.owner.save()
    answer = signed_in(None).post("/login/", {"login": cast.owner.username, "password": "correct horse battery"})
    cookie = answer.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_view_that_declares_nobody_is_refused(rf: Any, cast: Any) -> None:
    from django.core.exceptions import PermissionDenied
    from django.http import HttpResponse

    from clientarium.interfaces.web.middleware import SecurityHeaders

    request = rf.get("/")
    request.user = cast.owner
    with pytest.raises(PermissionDenied):
        SecurityHeaders(lambda _request: HttpResponse()).process_view(request, lambda _request: HttpResponse(), (), {})
