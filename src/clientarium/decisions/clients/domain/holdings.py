"""Who holds whom, from when to when, and why."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from clientarium.core.ground import N_, UserError
from clientarium.decisions.journal import record
from clientarium.decisions.people import Seller, User, can_transfer, name_key

from ..choices import ClientVerb, HoldingCause
from ..models import CardChange, Client, Holding
from .bulk import ROWS_PER_TRANSACTION
from .card_holders import HOLDER
from .copies import copy_to_state
from .families import families_among, own_values, show_families
from .holding_rows import begin_holdings, end_before, is_decided_later


@transaction.atomic
def transfer_client(client: Client, *, to: Seller | None, on: date, reason: str, by: User) -> Holding | None:
    """Move `client` to `to` (None: to nobody) from `on`; the old holding ends the day before.

    Raises UserError: not allowed, no reason, he holds the client already, a day before the present holding began.
    """
    if not can_transfer(by):
        raise UserError(N_("Only an owner or a head of sales transfers clients."))
    if not reason.strip():
        raise UserError(N_("A transfer needs a reason."))
    client = Client.objects.select_for_update().get(pk=client.pk)
    if client.holder_id == (to and to.pk):
        raise UserError(N_("“%(client)s” is already there."), client=client.name)
    before = client.holder_id
    is_merged = bool(families_among([client.pk]))
    with own_values([client.pk]):
        client.refresh_from_db()
        holding = put_holder(client, to, on=on, cause=HoldingCause.PERSON, reason=reason)
        client.borrowed.pop(HOLDER, None)
        if is_merged and to is None:
            client.borrowed[HOLDER] = None  # nobody: not even who holds a merged card
        client.save(update_fields=["borrowed"])
    copy_to_state([client.pk])
    data = {"from": before, "to": to and to.pk, "on": on}
    record(ClientVerb.CLIENT_TRANSFERRED, target=client, by=by, reason=reason, data=data)
    return holding


def put_holder(
    client: Client, to: Seller | None, *, on: date, cause: str, reason: str = "", import_id: str | None = None
) -> Holding | None:
    """Close the present holding and open another; the caller writes the journal and the state's copies."""
    current = Holding.objects.filter(client=client, last_day__isnull=True).first()
    if current and is_decided_later(current, on):
        raise UserError(
            N_("“%(client)s” has been held since %(day)s: a transfer cannot begin earlier."),
            client=client.name,
            day=current.first_day,
        )
    if current:
        end_before([current], on)
    client.holder = to
    client.save(update_fields=["holder"])
    if to is None:
        return None
    return Holding.objects.create(
        client=client, seller=to, first_day=on, cause=cause, reason=reason, import_id=import_id
    )


def holders_from_sales(
    pairs: Iterable[tuple[int, str]] | Mapping[int, str],
    *,
    source: str,
    on: date,
    import_id: str | None = None,
    by: User | None = None,
) -> int:
    """Give clients that nobody holds to the seller of their latest sale: (client_id, seller key); how many."""
    rows = [(client_id, key) for client_id, key in dict(pairs).items() if key and key.strip()]
    given = 0
    for start in range(0, len(rows), ROWS_PER_TRANSACTION):
        given += hold_chunk(dict(rows[start : start + ROWS_PER_TRANSACTION]), source=source, on=on, import_id=import_id)
    if given:
        with transaction.atomic():
            record(ClientVerb.HOLDERS_FROM_SALES, target=None, by=by, data={"clients": given, "import_id": import_id})
    return given


@transaction.atomic
def hold_chunk(keys: Mapping[int, str], *, source: str, on: date, import_id: str | None) -> int:
    # A merged card gets its own holder as it would by itself; what the client shows says his own card first.
    held_by_nobody = Client.objects.select_for_update().filter(pk__in=list(keys), holder__isnull=True)
    free = list(held_by_nobody.only("pk", "created_import"))
    if not free:
        return 0
    sellers = sellers_for({keys[client.pk] for client in free}, source=source)
    for client in free:
        client.holder = sellers[keys[client.pk].strip()]
    held = {client.pk: client.holder_id for client in free if client.holder_id}
    begin_holdings(held, on=on, cause=HoldingCause.SALES, import_id=import_id)
    if import_id is not None:
        remember_unheld([client for client in free if client.created_import != import_id], import_id=import_id)
    copy_to_state([client.pk for client in free])
    show_families(families_among([client.pk for client in free]))
    return len(free)


def remember_unheld(clients: Iterable[Client], *, import_id: str) -> None:
    """So that undoing the import leaves them to nobody again."""
    changes = [
        CardChange(
            import_id=import_id,
            client=client,
            field=HOLDER,
            before={"holder": None},
            after={"holder": client.holder_id},
        )
        for client in clients
    ]
    CardChange.objects.bulk_create(changes, ignore_conflicts=True)


def sellers_for(keys: Iterable[str], *, source: str) -> dict[str, Seller]:
    """Sellers by their key in `source`: the known one, else the only one of that name, else a new one."""
    wanted = {key.strip() for key in keys if key.strip()}
    found = {seller.key: seller for seller in Seller.objects.filter(source=source, key__in=wanted)}
    for key in sorted(wanted - set(found)):
        namesakes = list(Seller.objects.filter(name_key=name_key(key))[:2])
        found[key] = (
            namesakes[0]
            if len(namesakes) == 1
            else Seller.objects.create(source=source, key=key, name=key, name_key=name_key(key))
        )
    return found
