"""Quarterly grade sessions and half-yearly reviews that end in decisions.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import (
        DecisionState,
        Kind,
        Question,
        ReviewVerb,
    )
    from .domain import (
        CLIENTS_AT_MOST,
        WANTED_AT_MOST,
        Wording,
        change_decision,
        close_review,
        decide,
        drop_decision,
        finish_decision,
        open_review,
        reopen_review,
        resume_decision,
        write_note,
    )
    from .models import (
        Answer,
        AnswerLine,
        Decision,
        Doubt,
        Review,
    )
    from .queries import (
        ANSWERS_SHOWN,
        AnswerRead,
        ClientAnswer,
        DecisionLine,
        DueReview,
        ReleaseLine,
        Since,
        answer_lines,
        answers_read,
        by_doubt,
        decisions_visible_to,
        due_reviews,
        lines_of,
        moves_since,
        my_decisions,
        previous_of,
        releases_since,
        results_of,
        reviews_visible_to,
        session_proposals,
        since_last,
    )
    from .rules import (
        can_end_decision,
        can_lead_reviews,
    )

__all__ = [
    "ANSWERS_SHOWN",
    "CLIENTS_AT_MOST",
    "WANTED_AT_MOST",
    "Answer",
    "AnswerLine",
    "AnswerRead",
    "ClientAnswer",
    "Decision",
    "DecisionLine",
    "DecisionState",
    "Doubt",
    "DueReview",
    "Kind",
    "Question",
    "ReleaseLine",
    "Review",
    "ReviewVerb",
    "Since",
    "Wording",
    "answer_lines",
    "answers_read",
    "by_doubt",
    "can_end_decision",
    "can_lead_reviews",
    "change_decision",
    "close_review",
    "decide",
    "decisions_visible_to",
    "drop_decision",
    "due_reviews",
    "finish_decision",
    "lines_of",
    "moves_since",
    "my_decisions",
    "open_review",
    "previous_of",
    "releases_since",
    "reopen_review",
    "results_of",
    "resume_decision",
    "reviews_visible_to",
    "session_proposals",
    "since_last",
    "write_note",
]

PLACES = {
    ".choices": (
        "DecisionState",
        "Kind",
        "Question",
        "ReviewVerb",
    ),
    ".models": (
        "Answer",
        "AnswerLine",
        "Decision",
        "Doubt",
        "Review",
    ),
    ".queries": (
        "ANSWERS_SHOWN",
        "AnswerRead",
        "ClientAnswer",
        "DecisionLine",
        "DueReview",
        "ReleaseLine",
        "Since",
        "answer_lines",
        "answers_read",
        "by_doubt",
        "decisions_visible_to",
        "due_reviews",
        "lines_of",
        "moves_since",
        "my_decisions",
        "previous_of",
        "releases_since",
        "results_of",
        "reviews_visible_to",
        "session_proposals",
        "since_last",
    ),
    ".rules": (
        "can_end_decision",
        "can_lead_reviews",
    ),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
