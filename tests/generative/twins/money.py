"""Revenue, cost, margin and their shares."""

from decimal import Decimal

from tests.generative.twins.base import WINDOWS, Client, Row, share, total, twin, twin_of_windows


@twin_of_windows("revenue_{window}", WINDOWS)
def revenue(client: Client, window: str) -> Decimal:
    return sum((line["revenue"] for line in client.lines(window)), Decimal(0))


def known_lines(client: Client, window: str) -> list[Row]:
    return [line for line in client.lines(window) if line["cost"] is not None]


@twin_of_windows("cost_{window}", WINDOWS)
def cost(client: Client, window: str) -> Decimal | None:
    return Decimal(0) if not client.lines(window) else total([line["cost"] for line in known_lines(client, window)])


@twin_of_windows("margin_{window}", WINDOWS)
def margin(client: Client, window: str) -> Decimal | None:
    if not client.lines(window):
        return Decimal(0)
    return total([line["revenue"] - line["cost"] for line in known_lines(client, window)])


@twin_of_windows("revenue_with_cost_{window}", ("12m", "prev_12m"))
def revenue_with_cost(client: Client, window: str) -> Decimal | None:
    return Decimal(0) if not client.lines(window) else total([line["revenue"] for line in known_lines(client, window)])


@twin_of_windows("margin_pct_{window}", ("12m", "prev_12m"))
def margin_pct(client: Client, window: str) -> float | None:
    spoken_of = revenue_with_cost(client, window)
    return share(margin(client, window), spoken_of) if spoken_of is not None and spoken_of > 0 else None


@twin("return_on_cost_12m")
def return_on_cost(client: Client) -> float | None:
    spent = cost(client, "12m")
    return share(margin(client, "12m"), spent) if spent is not None and spent > 0 else None


@twin("margin_known_share_12m")
def margin_known_share(client: Client) -> float | None:
    known = sum(abs(line["revenue"]) for line in known_lines(client, "12m"))
    return share(known, sum(abs(line["revenue"]) for line in client.lines("12m")))


@twin("discount_pct_12m")
def discount_pct(client: Client) -> float | None:
    lines = [line for line in client.lines("12m") if line["discount"] is not None]
    before = sum(line["revenue"] + line["discount"] for line in lines)
    return share(sum(line["discount"] for line in lines), before) if before > 0 else None


@twin("return_share_12m")
def return_share(client: Client) -> float | None:
    amounts = [line["revenue"] for line in client.lines("12m")]
    return share(-sum(a for a in amounts if a < 0), sum(a for a in amounts if a > 0))


@twin("revenue_12m_change")
def revenue_change(client: Client) -> Decimal:
    return revenue(client, "12m") - revenue(client, "prev_12m")


@twin("revenue_12m_growth")
def revenue_growth(client: Client) -> float | None:
    before = revenue(client, "prev_12m")
    return share(revenue(client, "12m") - before, before) if before > 0 else None


@twin("margin_12m_change")
def margin_change(client: Client) -> Decimal | None:
    now, before = margin(client, "12m"), margin(client, "prev_12m")
    return None if now is None or before is None else now - before
