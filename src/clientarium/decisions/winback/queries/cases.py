"""Cases of the clients a person sees."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from clientarium.decisions.clients import Client, cards_visible_to, members_of
from clientarium.decisions.people import Seller, Visitor, sees_all_clients
from clientarium.decisions.potential import declared_of

from ..choices import Progress
from ..models import Case

SHOWN = 200
"""Of a seller's cases in work no more are listed at once; the count says how many there are."""

QUESTIONS = 5
"""Alive, the reason, the potential, the conditions, the next step (1.2.16)."""


def cases_visible_to(user: Visitor) -> QuerySet[Case]:
    """Every case of the clients `user` sees, under whichever of their merged cards."""
    cases = Case.objects.select_related("client__holder", "client__merged_into__holder", "seller", "reason")
    return cases if sees_all_clients(user) else cases.filter(client__in=cards_visible_to(user))


def open_case_of(client: Client) -> Case | None:
    """The case in work of a client, or of a card merged into him."""
    family = members_of([client.pk]).values("pk")
    return Case.objects.filter(client__in=family, closed_on__isnull=True).order_by("opened_on", "pk").first()


def open_cases_of(client_ids: Collection[int]) -> dict[int, Case]:
    """{client: his case in work}, whichever of his cards it stands on."""
    cases = Case.objects.filter(closed_on__isnull=True, client__in=members_of(client_ids).values("pk"))
    found: dict[int, Case] = {}
    for case in cases.select_related("client", "reason").order_by("opened_on", "pk"):
        found.setdefault(case.client.merged_into_id or case.client_id, case)
    return found


def latest_case_of(client: Client) -> Case | None:
    """The one in work, else the last closed one."""
    family = members_of([client.pk]).values("pk")
    past = Case.objects.filter(client__in=family, closed_on__isnull=False).order_by("-closed_on", "-pk")
    return open_case_of(client) or past.first()


def past_cases_of(client: Client) -> list[Case]:
    """Closed cases of a client, the latest first."""
    family = members_of([client.pk]).values("pk")
    cases = Case.objects.filter(client__in=family, closed_on__isnull=False)
    return list(cases.select_related("seller", "reason", "closed_by").order_by("-closed_on", "-pk"))


def of_seller(seller: Seller | int) -> Q:
    """Cases of the clients a seller holds now."""
    seller_id = seller if isinstance(seller, int) else seller.pk
    return Q(client__merged_into__isnull=True, client__holder_id=seller_id) | Q(
        client__merged_into__holder_id=seller_id
    )


@dataclass(frozen=True)
class CaseLine:
    """One case as lists show it. `client` is who he is now; `answered` of QUESTIONS."""

    case: Case
    client: Client
    answered: int
    volume_month: Any
    is_late: bool

    @property
    def progress(self) -> Progress:
        return self.case.progress


@dataclass(frozen=True)
class Board:
    """A seller's win-back: what waits for answers, what is in work, who bought once, how many more there are."""

    asked: tuple[CaseLine, ...]
    worked: tuple[CaseLine, ...]
    first: tuple[CaseLine, ...]
    more: int

    @property
    def count(self) -> int:
        return len(self.asked) + len(self.worked) + len(self.first)


def board_of(user: Visitor, seller: Seller, *, on: date) -> Board:
    """Open cases of the clients `seller` holds and `user` sees: the dearest first, those in work by their next day."""
    cases = list(cases_visible_to(user).filter(of_seller(seller), closed_on__isnull=True)[: SHOWN + 1])
    lines = case_lines(cases[:SHOWN], on=on)
    by_day = sorted(
        (line for line in lines if line.progress is Progress.WORKED), key=lambda line: line.case.next_on or date.max
    )
    return Board(
        asked=tuple(line for line in lines if line.progress is Progress.ASKED),
        worked=tuple(by_day),
        first=tuple(line for line in lines if line.progress is Progress.FIRST),
        more=max(0, len(cases) - SHOWN),
    )


def case_lines(cases: Sequence[Case], *, on: date) -> list[CaseLine]:
    """Of two cases of one merged client the earlier stands for both."""
    found: dict[int, Case] = {}
    for case in cases:
        found.setdefault(case.client.merged_into_id or case.client_id, case)
    declared = declared_of(list(found))
    lines = []
    for root, case in found.items():
        said = declared.get(root)
        answers = (case.alive, case.reason_id, said, case.conditions, case.next_step and case.next_on)
        lines.append(
            CaseLine(
                case=case,
                client=case.client.merged_into or case.client,
                answered=sum(bool(one) for one in answers),
                volume_month=said.volume_month if said else None,
                is_late=case.next_on is not None and case.next_on < on,
            )
        )
    return lines
