"""The kept answers of a review as they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F
from django.db.models.functions import Coalesce

from clientarium.decisions.clients import clients_visible_to
from clientarium.decisions.people import User

from ..models import Answer, AnswerLine, Review

ANSWERS_SHOWN = 10
"""At most ten clients a question: a review looks, it does not read lists (1.5)."""


@dataclass(frozen=True)
class ClientAnswer:
    """A kept line; `client_id` is the client he is now, None for one the reader may not see."""

    line: AnswerLine
    client_id: int | None


@dataclass(frozen=True)
class AnswerRead:
    answer: Answer
    lines: Sequence[ClientAnswer]

    @property
    def more(self) -> int:
        return self.answer.total - len(self.lines)


def answers_read(review: Review, *, by: User) -> list[AnswerRead]:
    """The five answers in their order with the first clients of each: two questions to the database."""
    found = list(review.answers.all())
    rows = AnswerLine.objects.filter(answer__review=review, place__lte=ANSWERS_SHOWN).order_by("answer_id", "place")
    lines = _seen(list(rows.annotate(root=ROOT)), by=by)
    return [AnswerRead(one, [line for line in lines if line.line.answer_id == one.pk]) for one in found]


def answer_lines(answer: Answer, *, by: User) -> list[ClientAnswer]:
    """Every kept line of one answer."""
    return _seen(list(answer.lines.annotate(root=ROOT)), by=by)


ROOT = Coalesce(F("client__merged_into"), F("client"))


def _seen(rows: list[AnswerLine], *, by: User) -> list[ClientAnswer]:
    roots = [row.root for row in rows]  # type: ignore[attr-defined]  # annotated above
    seen = set(clients_visible_to(by).filter(pk__in=roots).values_list("pk", flat=True))
    return [ClientAnswer(row, root if root in seen else None) for row, root in zip(rows, roots, strict=True)]
