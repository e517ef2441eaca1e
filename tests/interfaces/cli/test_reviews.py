"""`clientarium review open|show|close`: the same functions as the pages call."""

from typing import Any

import pytest

from clientarium.core.ground import UserError
from tests.decisions.reviews.conftest import base, home

__all__ = ["base", "home"]


def test_a_review_is_opened_shown_and_closed(base: Any) -> None:
    from clientarium.interfaces.cli.reviewing import close_named, open_named, review_document

    review = open_named(is_grades=False, login="hugo")
    assert review.opened_by == base.head
    found = review_document(0, login="")
    assert [(answer["question"], answer["total"]) for answer in found["answers"]] == [
        ("stronger", 1),
        ("weaker", 1),
        ("gone", 1),
        ("neglected", 1),
        ("outgrown", 1),
    ]
    assert close_named(0, summary="Готово", login="").is_closed
    with pytest.raises(UserError, match="closed already"):
        close_named(review.pk, summary="", login="")


def test_only_an_owner_or_a_head_is_named(base: Any) -> None:
    from clientarium.interfaces.cli.reviewing import open_named, review_document

    with pytest.raises(UserError, match="held by the owner"):
        open_named(is_grades=True, login="anna")
    with pytest.raises(UserError, match="no such review"):
        review_document(5, login="")
