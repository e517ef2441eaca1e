"""What on a client's card does not look right: told on the card, never a reason to refuse the row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyarrow as pa

from clientarium.core.ground import N_, Message
from clientarium.core.identity.contacts import normalise_email, normalise_phone
from clientarium.core.identity.tax_numbers import check_inn, check_kpp

_WRONG_INN = N_("“%(value)s” is not an ИНН: the check digits do not agree")
_WRONG_KPP = N_("“%(value)s” is not a КПП")
_WRONG_PHONE = N_("“%(value)s” is not a phone number that can be called")
_WRONG_EMAIL = N_("“%(value)s” is not an e-mail address")


@dataclass(frozen=True)
class CardDoubt:
    """A value kept as written, with what is wrong in it; `field` is inn, kpp, phones or emails."""

    client_key: str
    field: str
    message: Message


def card_doubts(clients: pa.Table) -> Iterator[CardDoubt]:
    """Give the doubts about staged clients (client_key, inn, kpp, phones, emails), in the order of the rows."""
    wanted = clients.select(["client_key", *(name for name in _CHECKS if name in clients.column_names)])
    for batch in wanted.to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            for name, check in _CHECKS.items():
                cells = row.get(name) or []
                for cell in [cells] if isinstance(cells, str) else cells:
                    yield from (CardDoubt(row["client_key"], name, message) for message in check(cell))


def _inn_doubts(cell: str) -> Iterator[Message]:
    if check_inn(cell) is None:
        yield Message(_WRONG_INN, {"value": cell})


def _kpp_doubts(cell: str) -> Iterator[Message]:
    if check_kpp(cell) is None:
        yield Message(_WRONG_KPP, {"value": cell})


def _phone_doubts(cell: str) -> Iterator[Message]:
    yield from (Message(_WRONG_PHONE, {"value": one.raw}) for one in normalise_phone(cell) if one.normalised is None)


def _email_doubts(cell: str) -> Iterator[Message]:
    yield from (Message(_WRONG_EMAIL, {"value": one.raw}) for one in normalise_email(cell) if one.normalised is None)


_CHECKS: dict[str, Callable[[str], Iterator[Message]]] = {
    "inn": _inn_doubts, "kpp": _kpp_doubts, "phones": _phone_doubts, "emails": _email_doubts,
}  # fmt: skip
