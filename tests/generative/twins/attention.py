"""Touches, minutes and what serving costs."""

from datetime import date
from decimal import Decimal

from tests.generative.twins.base import Client, share, total, twin
from tests.generative.twins.money import margin
from tests.generative.twins.purchases import sales_documents


@twin("touches_12m")
def touches(client: Client) -> int:
    return len(client.touches("12m"))


@twin("last_touch_on")
def last_touch_on(client: Client) -> date | None:
    return max((touch["touched_on"] for touch in client.touches("all")), default=None)


@twin("days_since_last_touch")
def days_since_last_touch(client: Client) -> int | None:
    last = last_touch_on(client)
    return None if last is None else (client.as_of - last).days


@twin("touch_minutes_12m")
def touch_minutes(client: Client) -> float:
    return float(sum(client.minutes_of(touch) for touch in client.touches("12m")))


@twin("measured_minutes_12m")
def measured_minutes(client: Client) -> float | None:
    if not client.touches("12m"):
        return 0.0
    minutes = total([touch["minutes"] for touch in client.touches("12m")])
    return None if minutes is None else float(minutes)


@twin("touch_cost_12m")
def touch_cost(client: Client) -> Decimal:
    return sum((client.cost_of(touch) for touch in client.touches("12m")), Decimal(0)) / 60


@twin("document_touches_12m")
def document_touches(client: Client) -> int:
    return sum(touch["kind"] == "document" for touch in client.touches("12m"))


@twin("documents_12m")
def documents(client: Client) -> int:
    return sales_documents(client) + document_touches(client)


@twin("minutes_12m")
def minutes(client: Client) -> float:
    return touch_minutes(client) + sales_documents(client) * float(sum(client.base.norms.document_minutes.values()))


@twin("attention_measured_share_12m")
def attention_measured_share(client: Client) -> float | None:
    return share(measured_minutes(client) or 0, minutes(client))


@twin("attention_12m_share")
def attention_share(client: Client) -> float | None:
    if not any(touches(other) for other in client.base.clients):
        return None
    return share(minutes(client), sum(other["minutes_12m"] for other in client.base.clients))


@twin("attention_12m_to_margin")
def attention_to_margin(client: Client) -> float | None:
    brings = client["margin_12m_share"]
    return share(client["attention_12m_share"], brings) if brings is not None and brings > 0 else None


@twin("cost_to_serve_12m")
def cost_to_serve(client: Client) -> Decimal:
    norms = client.base.norms
    per_document = sum(
        minutes * norms.hourly_cost.get(name, norms.hourly_cost["default"])
        for name, minutes in norms.document_minutes.items()
    )
    return touch_cost(client) + sales_documents(client) * per_document / 60


@twin("margin_after_service_12m")
def margin_after_service(client: Client) -> Decimal | None:
    brings = margin(client, "12m")
    return None if brings is None else brings - cost_to_serve(client)
