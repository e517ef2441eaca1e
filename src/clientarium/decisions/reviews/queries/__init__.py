"""Reviews held and due, decisions and what came of them, what a session looks at."""

from .answers import ANSWERS_SHOWN, AnswerRead, ClientAnswer, answer_lines, answers_read
from .decisions import DecisionLine, decisions_visible_to, lines_of, my_decisions, results_of
from .releases import ReleaseLine, releases_since
from .reviews import PERIODS, DueReview, due_reviews, previous_of, reviews_visible_to
from .sessions import Since, by_doubt, moves_since, session_proposals, since_last

__all__ = [
    "ANSWERS_SHOWN",
    "PERIODS",
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
]
