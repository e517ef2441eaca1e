"""A client's share of the base and his place in it."""

from typing import Any

from tests.generative.twins.base import TWINS, Client, share, total


def base_total(client: Client, name: str) -> Any:
    return total([other[name] for other in client.base.clients])


def placed(client: Client, name: str) -> list[Client]:
    """The clients with documents and a known value, the largest first, equal ones in client order."""
    known = [c for c in client.base.clients if c["sales_documents_12m"] > 0 and c[name] is not None]
    return sorted(known, key=lambda other: (-other[name], other.id))


def base_share(client: Client, name: str) -> float | None:
    whole = base_total(client, name)
    return share(client[name], whole) if whole is not None and whole > 0 else None


def rank(client: Client, name: str) -> int | None:
    order = [other.id for other in placed(client, name)]
    return order.index(client.id) + 1 if client.id in order else None


def running_share(client: Client, name: str, *, with_himself: bool) -> float | None:
    whole, place = base_total(client, name), rank(client, name)
    if place is None or whole is None or whole <= 0:
        return None
    above = placed(client, name)[: place if with_himself else place - 1]
    return share(sum(other[name] for other in above), whole)


for _noun in ("revenue", "margin"):
    _name = f"{_noun}_12m"
    TWINS[f"{_name}_share"] = lambda client, name=_name: base_share(client, name)
    TWINS[f"{_name}_rank"] = lambda client, name=_name: rank(client, name)
    TWINS[f"{_name}_cum_share"] = lambda client, name=_name: running_share(client, name, with_himself=True)
    TWINS[f"{_name}_share_ahead"] = lambda client, name=_name: running_share(client, name, with_himself=False)
