"""What we are valued for: what clients answered on their cards, and what brought back those who had left."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from clientarium.decisions.clients import CustomField, states_visible_to
from clientarium.decisions.people import User
from clientarium.decisions.winback import Case, Closing, cases_visible_to

from .cuts import VALUED_FOR

QUOTES_SHOWN = 6
ZERO = Decimal(0)


@dataclass(frozen=True)
class Answer:
    """An answer, who gave it and what they bring; `stayed` of those who also bought the year before."""

    answer: str
    clients: int
    share: float
    money: Decimal
    bought_before: int
    stayed: int
    where: str

    @property
    def retention(self) -> float | None:
        return self.stayed / self.bought_before if self.bought_before else None


@dataclass(frozen=True)
class Valued:
    """`has_question`: the own field stands on the cards; answered of `buyers`. `quotes`: conditions of those won."""

    measure: str
    has_question: bool
    buyers: int
    answered: int
    values: tuple[Answer, ...]
    won: int
    quotes: tuple[Case, ...]


def valued_of(user: User, *, measure: str) -> Valued:
    """Of the clients `user` sees. Five queries."""
    has_question = CustomField.objects.filter(slug=VALUED_FOR, is_removed=False).exists()
    states: Any = states_visible_to(user).order_by()
    buyers = states.filter(orders_12m__gt=0)
    rows: list[Any] = []
    if has_question:
        # Coalesce makes plain text of it: a lookup on the key itself would compare JSON.
        said = Coalesce(KeyTextTransform(VALUED_FOR, "client__fields"), Value(""), output_field=TextField())
        answered = states.annotate(answer=said)
        before = Q(orders_prev_12m__gt=0)
        rows = list(
            answered.exclude(answer="")
            .values("answer")
            .annotate(
                clients=Count("pk"),
                money=Sum(f"{measure}_12m"),
                bought_before=Count("pk", filter=before),
                stayed=Count("pk", filter=before & Q(orders_12m__gt=0)),
            )
        )
    total = sum(row["clients"] for row in rows)
    values = [_value(row, total) for row in rows]
    won = cases_visible_to(user).filter(closing=Closing.WON)
    quotes = won.exclude(conditions="").order_by("-second_purchase_on", "-pk")[:QUOTES_SHOWN]
    return Valued(
        measure=measure,
        has_question=has_question,
        buyers=buyers.count(),
        answered=total,
        values=tuple(sorted(values, key=lambda one: (-one.money, -one.clients, one.answer))),
        won=won.count(),
        quotes=tuple(quotes),
    )


def _value(row: dict[str, Any], total: int) -> Answer:
    return Answer(
        row["answer"],
        row["clients"],
        row["clients"] / total,
        row["money"] or ZERO,
        row["bought_before"],
        row["stayed"],
        f"f_{VALUED_FOR} = '{row['answer'].replace(chr(39), chr(39) * 2)}'",
    )
