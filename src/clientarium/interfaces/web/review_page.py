"""The parts of a review as its pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from clientarium.decisions.reviews import AnswerRead, DecisionLine, Question, Review
from clientarium.interfaces.web.review_words import MISSING, line_reason, money_titles, question_about, result_words

NAMES_SHOWN = 3


@dataclass(frozen=True)
class Step:
    """A picture of the meeting; without a question it is the look back or the list of decisions."""

    number: int
    title: str
    question: str = ""
    is_last: bool = False


def steps() -> list[Step]:
    """The look back, the five questions, the decisions."""
    asked = [Step(number, str(one.label), one.value) for number, one in enumerate(Question, start=1)]
    last = Step(len(asked) + 1, _("What have we decided?"), is_last=True)
    return [Step(0, _("What was decided last time?")), *asked, last]


def question_block(
    read: AnswerRead, review: Review, decided: Sequence[DecisionLine], *, language: str
) -> dict[str, Any]:
    """One question with its clients in words, the note and the decisions."""
    question = read.answer.question
    return {
        "answer": read.answer,
        "question": question,
        "title": str(Question(question).label),
        "about": question_about(question, review),
        "missing": [MISSING[word]() for word in read.answer.missing],
        "money_title": money_titles(review.measure)[question],
        "is_change": question in (Question.STRONGER, Question.WEAKER),
        "rows": [
            {
                "line": one.line,
                "client_id": one.client_id,
                "reason": line_reason(one.line, question=question, language=language),
            }
            for one in read.lines
        ],
        "more": read.more,
        "decisions": decided_rows([line for line in decided if line.decision.question == question]),
    }


def decided_rows(lines: Sequence[DecisionLine], *, language: str = "") -> list[dict[str, Any]]:
    """Decisions with the first clients named; with `language`, what the facts say of them as well."""
    return [
        {
            "line": line,
            "decision": line.decision,
            "names": line.clients[:NAMES_SHOWN],
            "more": max(len(line.clients) - NAMES_SHOWN, 0) + line.hidden,
            "result": result_words(line, language=language) if language else "",
        }
        for line in lines
    ]
