"""Lost clients of the fixed cast, and what they buy afterwards."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from tests.cast import make_client
from tests.core.ledger.staging import stage
from tests.decisions.contacts.published import AS_OF, publish
from tests.homes import empty_home

LOST = {"lifecycle": "lost", "last_purchase_on": date(2025, 6, 10)}


@pytest.fixture
def home(tmp_path, settings, db):
    """Without the files of a pulse, a test may stay in its transaction, which is much faster."""
    return empty_home(tmp_path, settings)


@pytest.fixture
def lost(home, cast, settings):
    """Birch (Anna), Cedar (Boris) and Dill (nobody) are lost as of Monday 30 March 2026, read already."""
    settings.CLIENTARIUM_NIGHTLY_PULSE = ""
    publish(AS_OF, dict.fromkeys((cast.birch, cast.cedar, cast.dill), LOST))
    say_lost({cast.birch: 120_000, cast.cedar: 50_000, cast.dill: 10_000})
    make_reasons()
    return cast


def say_lost(past_years):
    """Lost clients with what their last year brought; the chance is a tenth."""
    from clientarium.decisions.clients import current_publication
    from clientarium.decisions.winback import LostClient, LostReading

    LostReading.objects.get_or_create(
        token=current_publication().token, defaults={"ledger_version": -1, "as_of": AS_OF, "measure": "margin"}
    )
    LostClient.objects.bulk_create(
        LostClient(
            client=client,
            last_purchase_on=date(2025, 6, 10),
            lost_on=date(2025, 8, 10),
            past_year=Decimal(money),
            chance=0.1,
            expected=Decimal(money) / 10,
        )
        for client, money in past_years.items()
    )


def make_reasons():
    from clientarium.decisions.winback import Reason

    Reason.objects.all().delete()
    Reason.objects.create(title_ru="Цена", is_ours=True, place=1)
    Reason.objects.create(title_ru="Закрылся", place=2)


def many_lost(number, *, holder):
    """Clients of `holder` with 1000, 2000 … of a last year."""
    clients = [make_client(f"Ушедший {place:03}", holder=holder) for place in range(1, number + 1)]
    say_lost({client: 1000 * place for place, client in enumerate(clients, start=1)})
    return clients


def buy(home, import_id, *rows):
    """(client, day, revenue, cost) into the ledger."""
    from clientarium.decisions.runs import open_ledger

    sales = [
        {
            "client_key": str(client.pk),
            "sold_on": date.fromisoformat(day),
            "revenue": Decimal(revenue),
            "cost": Decimal(cost),
            "doc_id": f"{import_id}-{place}",
            "product": "болт",
        }
        for place, (client, day, revenue, cost) in enumerate(rows)
    ]
    clients = sorted({client.pk for client, *_rest in rows})
    keys = pa.table({"client_key": [str(pk) for pk in clients], "client_id": pa.array(clients, pa.int64())})
    paths = stage(home / "staging" / import_id, "sales", sales)
    open_ledger().load({"sales": paths}, import_id=import_id, source="1c", mode="append", keys=keys)
