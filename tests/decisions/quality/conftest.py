"""Three clients with cards of different quality, published as a pulse would."""

from datetime import date

import pytest

from clientarium.core.ground.expressions import ValueType
from clientarium.core.quality import Needs

AS_OF = date(2026, 3, 30)
NEEDS = Needs(fields=("seller", "city", "segment"))

TYPES = {
    "data_quality": ValueType.INTEGER,
    "valid_phones": ValueType.INTEGER,
    "valid_emails": ValueType.INTEGER,
    "bad_contacts": ValueType.INTEGER,
    "inn_check": ValueType.TEXT,
    "missing_fields": ValueType.INTEGER,
    "days_since_verified": ValueType.INTEGER,
    "is_unreachable": ValueType.BOOLEAN,
    "has_refused": ValueType.BOOLEAN,
    "orders_12m": ValueType.INTEGER,
    "margin_12m": ValueType.MONEY,
    "revenue_12m": ValueType.MONEY,
}


def publish(margins, *, as_of=AS_OF):
    """The state of a pulse: each client's checks as of `as_of`, and his margin."""
    from clientarium.core.quality import cards_table
    from clientarium.decisions.clients import Client, publish_state
    from clientarium.decisions.quality import assess_clients

    ids = list(Client.objects.values_list("pk", flat=True))
    rows = {row["client_id"]: row for row in cards_table(assess_clients(ids, needs=NEEDS, as_of=as_of)).to_pylist()}
    money = {client.pk: margin for client, margin in margins.items()}
    publish_state(
        [(name, kind.value) for name, kind in TYPES.items()],
        [
            (pk, *(row[name] for name in list(TYPES)[:9]), 3, money.get(pk), (money.get(pk) or 0) * 4)
            for pk, row in rows.items()
        ],
        as_of=as_of,
    )


@pytest.fixture
def base(cast, settings):
    """Birch (Anna's): all right, checked today. Cedar (Boris's): one dead number. Dill (nobody's): nothing at all."""
    from clientarium.decisions.clients import Client, Contact
    from clientarium.decisions.contacts import Verification

    Client.objects.filter(pk=cast.birch.pk).update(inn="7707083893", city="Псков", segment="shop")
    Client.objects.filter(pk=cast.cedar.pk).update(inn="7707083894", city="Псков")
    phone = Contact.objects.create(client=cast.birch, kind="phone", value="+79123456789", normalised="+79123456789")
    Contact.objects.create(client=cast.birch, kind="email", value="a@birch.ru", normalised="a@birch.ru")
    Contact.objects.create(client=cast.cedar, kind="phone", value="12345", normalised="12345")
    Verification.objects.create(
        client=cast.birch, contact=phone, what="phone", finding="confirmed", on=AS_OF, by=cast.anna
    )
    for one in (cast.birch, cast.cedar, cast.dill):
        one.refresh_from_db()
    publish({cast.birch: 1000, cast.cedar: 5000, cast.dill: None})
    return cast
