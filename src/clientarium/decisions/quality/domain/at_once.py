"""What can be done with many clients at once: how each action looks beforehand, is done, and is taken back."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.core.quality import contact_is_valid
from clientarium.decisions.clients import (
    CardWrite,
    Client,
    ClientVerb,
    Contact,
    Holding,
    HoldingCause,
    hand_many,
    restore_many,
    unhand_many,
    value_for_many,
    write_many,
)
from clientarium.decisions.contacts import ContactVerb, Finding, Verification
from clientarium.decisions.people import Seller, User

from ..choices import BulkAction, MarkKind, QualityVerb
from ..models import BulkChange, ClientMark

STOPPED = "is_stopped"


@dataclass(frozen=True)
class BulkOrder:
    """What to do: `word` and `value` of a field, `mark` of a mark, `seller_id` of a hand-over."""

    action: str
    word: str = ""
    value: str = ""
    mark: str = ""
    seller_id: int | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.action not in BulkAction.values:
            raise UserError(N_("There is no such action."))

    @property
    def arguments(self) -> dict[str, Any]:
        told = {"word": self.word, "value": self.value, "mark": self.mark, "seller": self.seller_id}
        return {name: value for name, value in told.items() if value}

    @classmethod
    def of(cls, change: BulkChange) -> "BulkOrder":
        told = change.arguments
        return cls(
            change.action,
            word=told.get("word", ""),
            value=told.get("value", ""),
            mark=told.get("mark", ""),
            seller_id=told.get("seller"),
            reason=change.reason,
        )


@dataclass(frozen=True)
class Change:
    """One client of a preview: what stands there and what would, as people read it."""

    client: Client
    before: Any
    after: Any


@dataclass(frozen=True)
class Done:
    """One client changed: `data` for his journal, `kept` what it takes to put it back."""

    client: Client
    data: dict[str, Any]
    kept: Any = field(default_factory=dict)


@dataclass(frozen=True)
class Doer(ABC):
    """One action as ordered; `on` is the day of the order. Subclasses say how it looks, is done and is taken back."""

    order: BulkOrder
    by: User
    on: date
    needs_reason: ClassVar[bool] = False

    @property
    @abstractmethod
    def verb(self) -> str:
        """What the journal of each client says."""

    @abstractmethod
    def changes(self, clients: Sequence[Client]) -> list[Change]:
        """What would change, nothing written. Raises UserError for an order that makes no sense."""

    @abstractmethod
    def do(self, client_ids: Collection[int]) -> list[Done]:
        """Change them."""

    @abstractmethod
    def undo(self, kept: Mapping[int, Any]) -> set[int]:
        """Put back client_id → what was kept, where nobody has changed it since; the clients it was put back for."""


class Fields(Doer):
    """Fill a field of the card, or empty it."""

    @property
    def verb(self) -> str:
        return ClientVerb.CLIENT_EDITED

    def changes(self, clients: Sequence[Client]) -> list[Change]:
        new = self._value()
        found = [Change(client, _present(client, self.order.word), new) for client in clients]
        return [change for change in found if change.before != new]

    def do(self, client_ids: Collection[int]) -> list[Done]:
        return [_written(one, self.order.word) for one in write_many(client_ids, self.order.word, self._value())]

    def undo(self, kept: Mapping[int, Any]) -> set[int]:
        return restore_many(self.order.word, {one: (rows["before"], rows["after"]) for one, rows in kept.items()})

    def _value(self) -> Any:
        value = value_for_many(self.order.word, "" if self.order.action == BulkAction.CLEAR_FIELD else self.order.value)
        if value is None and self.order.action == BulkAction.SET_FIELD:
            raise UserError(
                N_("What is to stand in the field?"), cure=N_("Write a value, or choose to empty the field.")
            )
        return value


class StopList(Doer):
    """Put on the stop list."""

    needs_reason = True

    @property
    def verb(self) -> str:
        return ClientVerb.CLIENT_STOPPED

    def changes(self, clients: Sequence[Client]) -> list[Change]:
        return [Change(client, False, True) for client in clients if not client.is_stopped]

    def do(self, client_ids: Collection[int]) -> list[Done]:
        return [_written(one, STOPPED) for one in write_many(client_ids, STOPPED, True)]

    def undo(self, kept: Mapping[int, Any]) -> set[int]:
        return restore_many(STOPPED, {one: (rows["before"], rows["after"]) for one, rows in kept.items()})


class HandOver(Doer):
    """Hand over to a seller from the day of the self.order."""

    needs_reason = True

    @property
    def verb(self) -> str:
        return ClientVerb.CLIENT_TRANSFERRED

    def changes(self, clients: Sequence[Client]) -> list[Change]:
        to, others = self._seller(), [client for client in clients if client.holder_id != self.order.seller_id]
        ids = [client.pk for client in others]
        later = Holding.objects.filter(
            client__in=ids, last_day__isnull=True, cause=HoldingCause.PERSON, first_day__gt=self.on
        )
        begun = set(later.values_list("client_id", flat=True))
        names = dict(Seller.objects.filter(pk__in={one.holder_id for one in others}).values_list("pk", "name"))
        return [Change(one, names.get(one.holder_id or 0), to.name) for one in others if one.pk not in begun]

    def do(self, client_ids: Collection[int]) -> list[Done]:
        written = hand_many(client_ids, to=self._seller(), on=self.on, reason=self.order.reason.strip())
        return [
            Done(
                one.client,
                {"from": one.before["holder"], "to": one.after["holder"], "on": self.on},
                {"before": one.before, "after": one.after},
            )
            for one in written
        ]

    def undo(self, kept: Mapping[int, Any]) -> set[int]:
        return unhand_many({one: (rows["before"], rows["after"]) for one, rows in kept.items()})

    def _seller(self) -> Seller:
        seller: Seller | None = Seller.objects.filter(pk=self.order.seller_id).first() if self.order.seller_id else None
        if seller is None:
            raise UserError(N_("To whom?"), cure=N_("Choose a seller."))
        return seller


class Marks(Doer):
    """Mark as unreachable or as having refused, or take the mark off."""

    needs_reason = True

    @property
    def verb(self) -> str:
        return QualityVerb.CLIENT_MARKED if self.order.action == BulkAction.MARK else QualityVerb.CLIENT_UNMARKED

    def changes(self, clients: Sequence[Client]) -> list[Change]:
        self._require_mark()
        present = set(self._in_force([client.pk for client in clients]).values_list("client_id", flat=True))
        wanted = self.order.action == BulkAction.MARK
        return [Change(client, not wanted, wanted) for client in clients if (client.pk in present) != wanted]

    def do(self, client_ids: Collection[int]) -> list[Done]:
        clients = Client.objects.in_bulk(list(client_ids))
        present = {mark.client_id: mark for mark in self._in_force(client_ids)}
        if self.order.action == BulkAction.UNMARK:
            ids = [mark.pk for mark in present.values()]
            ClientMark.objects.filter(pk__in=ids).update(cleared_at=timezone.now(), cleared_by=self.by)
            return [Done(clients[one], {"mark": self.order.mark}, {"mark": mark.pk}) for one, mark in present.items()]
        said = {"kind": self.order.mark, "reason": self.order.reason.strip(), "by": self.by}
        new = [ClientMark(client=client, **said) for one, client in clients.items() if one not in present]
        made = ClientMark.objects.bulk_create(new)
        return [Done(mark.client, {"mark": self.order.mark}, {"mark": mark.pk}) for mark in made]

    def undo(self, kept: Mapping[int, Any]) -> set[int]:
        """A mark made is unmade; one taken off is put on again unless the client has got a new one."""
        numbers = {rows["mark"]: client_id for client_id, rows in kept.items()}
        if self.order.action == BulkAction.MARK:
            made = ClientMark.objects.filter(pk__in=list(numbers), cleared_at__isnull=True)
            restored = set(made.values_list("client_id", flat=True))
            made.delete()
            return restored
        marked_again = set(self._in_force(list(kept)).values_list("client_id", flat=True))
        back = [number for number, client_id in numbers.items() if client_id not in marked_again]
        ClientMark.objects.filter(pk__in=back).update(cleared_at=None, cleared_by=None)
        return {numbers[number] for number in back}

    def _in_force(self, client_ids: Collection[int]) -> Any:
        return ClientMark.objects.filter(client_id__in=list(client_ids), kind=self.order.mark, cleared_at__isnull=True)

    def _require_mark(self) -> None:
        if self.order.mark not in MarkKind.values:
            raise UserError(N_("There is no such mark."))


class WrongContacts(Doer):
    """Say of every phone and e-mail that cannot be right that it was found wrong; none is deleted."""

    @property
    def verb(self) -> str:
        return ContactVerb.CONTACT_VERIFIED

    def changes(self, clients: Sequence[Client]) -> list[Change]:
        invalid = self._invalid([client.pk for client in clients])
        return [
            Change(client, None, ", ".join(contact.value for contact in invalid[client.pk]))
            for client in clients
            if client.pk in invalid
        ]

    def do(self, client_ids: Collection[int]) -> list[Done]:
        clients = Client.objects.in_bulk(list(client_ids))
        done = []
        for client_id, contacts in self._invalid(client_ids).items():
            said = {"finding": Finding.WRONG, "on": self.on, "by": self.by}
            new = [
                Verification(client_id=one.client_id, contact=one, what=one.kind, value=one.value, **said)
                for one in contacts
            ]
            made = Verification.objects.bulk_create(new)
            checks = [{"what": one.what, "finding": one.finding, "contact": one.contact_id} for one in made]
            kept = {"checks": [one.pk for one in made]}
            done.append(Done(clients[client_id], {"on": self.on, "checks": checks}, kept))
        return done

    def undo(self, kept: Mapping[int, Any]) -> set[int]:
        Verification.objects.filter(pk__in=[pk for rows in kept.values() for pk in rows["checks"]]).delete()
        return set(kept)

    def _invalid(self, client_ids: Collection[int]) -> dict[int, list[Contact]]:
        """Contacts of these clients that are no phone or e-mail and that nobody has found wrong yet."""
        contacts = list(Contact.objects.filter(client_id__in=list(client_ids)).order_by("client_id", "pk"))
        invalid = [contact for contact in contacts if not contact_is_valid(contact.kind, contact.value)]
        checks = Verification.objects.filter(contact__in=[one.pk for one in invalid]).order_by("at", "pk")
        latest = dict(checks.values_list("contact_id", "finding"))
        found: dict[int, list[Contact]] = defaultdict(list)
        for contact in invalid:
            if latest.get(contact.pk) != Finding.WRONG:
                found[contact.client_id].append(contact)
        return dict(found)


def _present(client: Client, word: str) -> Any:
    return client.fields.get(word.removeprefix("f_")) if word.startswith("f_") else getattr(client, word)


def _written(one: CardWrite, word: str) -> Done:
    data = {"from": {word: one.before["value"]}, "to": {word: one.after["value"]}}
    return Done(one.client, data, {"before": one.before, "after": one.after})


DOERS: dict[BulkAction, type[Doer]] = {
    BulkAction.SET_FIELD: Fields,
    BulkAction.CLEAR_FIELD: Fields,
    BulkAction.MARK: Marks,
    BulkAction.UNMARK: Marks,
    BulkAction.STOP: StopList,
    BulkAction.HAND_OVER: HandOver,
    BulkAction.MARK_WRONG: WrongContacts,
}


def doer_of(order: BulkOrder, *, by: User, on: date) -> Doer:
    return DOERS[BulkAction(order.action)](order, by, on)
