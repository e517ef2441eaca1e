"""What went wrong, told in our look: pages for people, fragments for htmx, nothing of our insides."""

from typing import Any

import pytest
from django.core.exceptions import RequestDataTooBig
from django.urls import reverse

from clientarium.core.ground import UserError
from clientarium.interfaces.web import errors


def test_nothing_here_says_404(cast: Any, signed_in: Any) -> None:
    answer = signed_in(cast.anna).get("/no/such/page/")
    assert answer.status_code == 404
    assert "Здесь ничего нет" in answer.content.decode()


def test_a_page_of_another_role_says_403(cast: Any, signed_in: Any) -> None:
    answer = signed_in(cast.anna).get(reverse("journal"))
    assert answer.status_code == 403
    assert "Ваша роль не открывает эту страницу" in answer.content.decode()


def test_htmx_gets_a_fragment(cast: Any, signed_in: Any) -> None:
    answer = signed_in(cast.anna).get(reverse("journal"), headers={"HX-Request": "true"})
    assert answer.status_code == 403
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize(("exception", "status"), [(RequestDataTooBig(), 413), (ValueError(), 400), (None, 400)])
def test_too_large_is_not_just_a_bad_request(rf: Any, cast: Any, exception: Exception | None, status: int) -> None:
    request = rf.get("/")
    request.user = cast.anna
    assert errors.bad_request(request, exception).status_code == status


def test_our_bug_shows_nothing_of_it(rf: Any) -> None:
    answer = errors.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Traceback" not in answer.content.decode()


def test_a_user_error_shows_sentence_cure_and_place(rf: Any, cast: Any) -> None:
    request = rf.get("/")
    request.user = cast.anna
    answer = errors.user_error(
        request, UserError("No %(thing)s", cure="Bring %(thing)s", place="a.yaml:3", thing="<b>")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("No &lt;b&gt;" in page, "Bring &lt;b&gt;" in page, "a.yaml:3" in page) == (True, True, True)
