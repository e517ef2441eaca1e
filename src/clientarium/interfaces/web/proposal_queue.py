"""The queue of proposals as its address asks for it: scheme, move, seller, page."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, QueryDict

from clientarium.decisions.grades import Proposal, proposals_visible_to

PAGE_SIZE = 50
NOBODY = "none"  # the part of an address that stands for «outside the scheme» and for «no seller»
ARROW = ">"


@dataclass(frozen=True)
class Asked:
    """Texts of the address, not yet checked; what is unknown finds nothing."""

    scheme: str
    move: str
    seller: str
    page: int

    @classmethod
    def by(cls, request: HttpRequest) -> "Asked":
        sent: QueryDict = request.POST if request.method == "POST" else request.GET
        page = sent.get("page", "")
        number = int(page) if page.isdecimal() and len(page) < len("1000000") else 1
        return cls(sent.get("scheme", ""), sent.get("move", ""), sent.get("seller", ""), max(1, number))

    def address(self, **changes: str | int) -> str:
        """`?scheme=…&move=…`; a changed filter begins from the first page."""
        parts: dict[str, str | int] = {"scheme": self.scheme, "move": self.move, "seller": self.seller, **changes}
        return "?" + urlencode({name: text for name, text in parts.items() if text and (name, text) != ("page", 1)})

    @property
    def is_filtered(self) -> bool:
        return bool(self.scheme or self.move or self.seller)


def selected(request: HttpRequest, asked: Asked) -> "QuerySet[Proposal]":
    """The waiting proposals this person may see, by the filter."""
    waiting = proposals_visible_to(request.user)
    if asked.scheme:
        waiting = waiting.filter(scheme=asked.scheme)
    if asked.seller:
        is_nobody = asked.seller == NOBODY
        number = int(asked.seller) if asked.seller.isdecimal() else 0
        waiting = waiting.filter(client__holder__isnull=True) if is_nobody else waiting.filter(client__holder_id=number)
    if ARROW in asked.move:
        before, _arrow, after = asked.move.partition(ARROW)
        waiting = waiting.filter(**_is("from_category", before), **_is("to_category", after))
    return waiting


def _is(name: str, code: str) -> dict[str, Any]:
    return {f"{name}__isnull": True} if code == NOBODY else {name: code}


def moves_of(waiting: "QuerySet[Proposal]") -> list[dict[str, Any]]:
    """From where to where, how many, how much; the most frequent first."""
    rows = waiting.order_by().values("scheme", "from_category", "to_category")
    moves = [
        {**row, "key": f"{row['from_category'] or NOBODY}{ARROW}{row['to_category'] or NOBODY}"}
        for row in rows.annotate(clients=Count("pk"), money=Sum("money"))
    ]
    return sorted(moves, key=lambda move: (-move["clients"], move["scheme"], move["key"]))


def sellers_of(waiting: "QuerySet[Proposal]") -> list[tuple[str, str | None, int]]:
    """(key for the address, name, how many wait) of every seller whose clients wait."""
    rows = waiting.order_by().values_list("client__holder_id", "client__holder__name").annotate(clients=Count("pk"))
    found = [(str(holder) if holder else NOBODY, name, clients) for holder, name, clients in rows]
    return sorted(found, key=lambda row: (row[1] is None, row[1] or ""))
