"""A planned day as people look at it: the lines with what is needed to call, and how far the day has come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from clientarium.decisions.clients import Client, Contact, ContactKind, members_of, root_id
from clientarium.decisions.people import Seller

from ..choices import REACHED_RESULTS, Finding, LineKind, Result, Verified
from ..models import DayPlan, PlannedCall, Touch, Verification
from .sentences import reason_sentence
from .touches import IDS_PER_QUERY, stamps_of, standing


@dataclass(frozen=True)
class ContactLine:
    """A phone or an e-mail with its stamps; `is_wrong`: the last check found it wrong, it is not dialled."""

    contact: Contact
    checked: Verification | None
    person_checked: Verification | None

    @property
    def is_wrong(self) -> bool:
        return self.checked is not None and self.checked.finding == Finding.WRONG

    @property
    def confirmed_on(self) -> date | None:
        """“Verified at contact”: the day, or None where nobody has asked yet or it was found wrong."""
        return self.checked.on if self.checked and not self.is_wrong else None


@dataclass(frozen=True)
class LastContact:
    """The last contact before today: of ours (`touch`), or one the ledger knows of."""

    on: date
    touch: Touch | None = None
    kind: str = ""
    result: str = ""


@dataclass(frozen=True)
class DayLine:
    """One call of the day. `reason` is machine-readable, `sentence` says it."""

    call: PlannedCall
    client: Client
    contacts: tuple[ContactLine, ...]
    last_contact: LastContact | None

    @property
    def kind(self) -> LineKind:
        return LineKind(self.call.kind)

    @property
    def outcome(self) -> Touch | None:
        return self.call.outcome

    @property
    def is_done(self) -> bool:
        return self.call.outcome_id is not None

    @property
    def is_promise_overdue(self) -> bool:
        """Agreed for an earlier day and still not kept."""
        agreed = self.call.reason.get("agreed_on")
        return not self.is_done and bool(agreed) and date.fromisoformat(agreed) < self.call.on

    @property
    def phones(self) -> tuple[ContactLine, ...]:
        """Phones to dial, the right ones first."""
        phones = [line for line in self.contacts if line.contact.kind == ContactKind.PHONE]
        return tuple(sorted(phones, key=lambda line: line.is_wrong))

    def sentence(self, language: str, *, sees_money: bool = True) -> str:
        """The reason in one sentence, ending in what he has not taken for long where that is known."""
        return reason_sentence(self.call.reason, language=language, sees_money=sees_money)


@dataclass(frozen=True)
class Progress:
    """Counts of lines: done = anything was recorded, reached = a person answered, overdue = promises past their day.

    `extra`: contacts of the day beside the list.
    """

    planned: int = 0
    done: int = 0
    reached: int = 0
    ordered: int = 0
    overdue: int = 0
    extra: int = 0

    @property
    def left(self) -> int:
        return self.planned - self.done

    @property
    def share_done(self) -> float | None:
        return self.done / self.planned if self.planned else None

    def __add__(self, other: "Progress") -> "Progress":
        return Progress(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Day:
    """`as_of`: the day the forecasts are of; `is_past_base`: the base gets no new sales, so this is the day after them.

    `held_back`: [{"client": id, "reason", "kind", "until"}]; `thrown_away`: how many such lines the list has.
    """

    seller: Seller
    on: date
    as_of: date | None
    is_past_base: bool
    lines: tuple[DayLine, ...]
    progress: Progress
    held_back: Sequence[Mapping[str, Any]] = field(default_factory=list)
    waiting: int = 0

    @property
    def open_lines(self) -> tuple[DayLine, ...]:
        return tuple(line for line in self.lines if not line.is_done)

    @property
    def done_lines(self) -> tuple[DayLine, ...]:
        return tuple(line for line in self.lines if line.is_done)


def lines_of(plan: DayPlan) -> tuple[DayLine, ...]:
    """The shown lines of the plan about clients its seller holds now: one he no longer holds is not his to see."""
    stands = Q(client__merged_into__isnull=True, client__holder_id=plan.seller_id)
    merged = Q(client__merged_into__holder_id=plan.seller_id)
    found = PlannedCall.objects.filter(stands | merged, day=plan, is_held_out=False)
    calls: dict[int, PlannedCall] = {}
    for call in found.select_related("client__merged_into", "outcome", "agreed_in").order_by("rank", "pk"):
        call.client = call.client.merged_into or call.client  # the one he is now: two lines of one man become one
        calls.setdefault(call.client_id, call)
    ids = list(calls)
    contacts, last = contact_lines(ids), last_contacts(ids, before=plan.on)
    return tuple(
        DayLine(call, call.client, contacts.get(call.client_id, ()), last.get(call.client_id) or _from_reason(call))
        for call in calls.values()
    )


def contact_lines(client_ids: Sequence[int]) -> dict[int, tuple[ContactLine, ...]]:
    """Phones and e-mails of each client with their stamps."""
    stamps = stamps_of(client_ids)
    found: dict[int, list[ContactLine]] = {}
    for start in range(0, len(client_ids), IDS_PER_QUERY):
        cards = members_of(client_ids[start : start + IDS_PER_QUERY]).values("pk")
        for contact in Contact.objects.filter(client__in=cards).annotate(root_id=root_id):
            who = contact.root_id
            line = ContactLine(
                contact, stamps.get((who, contact.kind, contact.pk)), stamps.get((who, Verified.PERSON, contact.pk))
            )
            found.setdefault(who, []).append(line)
    return {who: tuple(lines) for who, lines in found.items()}


def last_contacts(client_ids: Sequence[int], *, before: date) -> dict[int, LastContact]:
    """The last recorded contact of each client before a day."""
    latest: dict[int, LastContact] = {}
    for start in range(0, len(client_ids), IDS_PER_QUERY):
        chunk = client_ids[start : start + IDS_PER_QUERY]
        touches = Touch.objects.filter(standing, client__in=members_of(chunk).values("pk"), on__lt=before)
        for touch in touches.annotate(root_id=root_id).select_related("by").order_by("on", "pk"):
            latest[touch.root_id] = LastContact(touch.on, touch, touch.kind, touch.result)
    return latest


def progress_of(lines: Iterable[DayLine], *, extra: int = 0) -> Progress:
    lines = list(lines)
    outcomes = [line.outcome for line in lines if line.outcome]
    return Progress(
        planned=len(lines),
        done=len(outcomes),
        reached=sum(touch.result in REACHED_RESULTS for touch in outcomes),
        ordered=sum(touch.result == Result.ORDERED for touch in outcomes),
        overdue=sum(line.is_promise_overdue for line in lines),
        extra=extra,
    )


def _from_reason(call: PlannedCall) -> LastContact | None:
    known = call.reason.get("last_contact")
    return LastContact(date.fromisoformat(known["on"]), None, known.get("kind", "")) if known else None
