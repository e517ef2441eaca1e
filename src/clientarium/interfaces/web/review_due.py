"""Reminders of reviews: on the pulse and among the reviews."""

from typing import Any

from django.urls import reverse

from clientarium.decisions.people import User
from clientarium.decisions.reviews import Kind, Review, due_reviews
from clientarium.interfaces.web.review_words import due_words


def due_rows(user: User) -> list[dict[str, Any]]:
    """What is due, in words, and where to go on."""
    return [{"due": one, "words": due_words(one), "url": one.open and url_of(one.open)} for one in due_reviews(user)]


def url_of(review: Review) -> str:
    """The page of a review."""
    return reverse("review_session" if review.kind == Kind.GRADES else "review", args=[review.pk])
