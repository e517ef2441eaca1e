"""Documents and their lines: what each client bought, at what price, discount and cost, and what he brought back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from .assortment import METAL, Product
from .clients import DemoClient, hired_on, workday
from .patterns import FADING, Life
from .rhythm import Calendar
from .size import Size
from .words import SELLERS

# January dip, spring and summer peak of building.
SEASONALITY = (0.58, 0.82, 0.97, 1.10, 1.15, 1.18, 1.16, 1.14, 1.08, 1.02, 0.93, 0.87)
YEARLY_PRICE_GROWTH = 0.05
MAX_LINES = 6
OLD_HANDS = 5  # sellers who were here before the history begins
FAVOURITE_PRODUCTS = 14
DEAREST_PIECE_SHARE = 0.07  # of the usual order
COST_MISSING_SHARE = 0.006  # lines a storekeeper closed without a cost price
CHANNELS = ("Офис", "Телефон", "Сайт", "Склад")


@dataclass(frozen=True)
class Line:
    """One line of a document. Money in kopecks; quantity in thousandths of the unit; returns are negative."""

    sold_on: date
    document: str
    number: int
    client: DemoClient
    product: Product
    quantity_milli: int
    price_minor: int
    discount_minor: int
    revenue_minor: int
    cost_minor: int | None
    seller: str
    channel: str

    @property
    def margin_minor(self) -> int | None:
        """Revenue less cost, unknown where the cost is."""
        return None if self.cost_minor is None else self.revenue_minor - self.cost_minor


def make_sales(
    clients: Sequence[DemoClient], *, calendars: Sequence[Calendar], products: Sequence[Product], size: Size
) -> list[Line]:
    """All lines of all years in the order of documents."""
    metal = [product for product in products if product.group in METAL]
    tools = [product for product in products if product.group not in METAL]
    drafts: list[list[Line]] = []
    for client, calendar in zip(clients, calendars, strict=True):
        drafts += _documents_of(client, calendar=calendar, metal=metal, tools=tools, size=size)
    drafts.sort(key=lambda lines: (lines[0].sold_on, lines[0].client.code, lines[0].revenue_minor < 0))
    return list(_numbered(drafts))


def _numbered(documents: list[list[Line]]) -> Iterator[Line]:
    for number, lines in enumerate(documents, start=1):
        prefix = "ВЗ" if lines[0].revenue_minor < 0 else "РТ"
        for line in lines:
            yield replace(line, document=f"{prefix}-{number:06d}")


def _documents_of(
    client: DemoClient, *, calendar: Calendar, metal: Sequence[Product], tools: Sequence[Product], size: Size
) -> list[list[Line]]:
    rng = client.rng(size.seed, "sales")
    usual = rng.uniform(*client.pattern.order)
    basket = _basket(client, usual=usual, rng=rng, metal=metal, tools=tools)
    documents: list[list[Line]] = []
    for day in calendar.days:
        roubles = (
            usual
            * _life_factor(client, day=day, size=size)
            * SEASONALITY[day.month - 1]
            * rng.lognormvariate(0, client.pattern.spread)
        )
        lines = _lines(client, day=day, roubles=roubles, basket=basket, rng=rng, size=size)
        documents.append(lines)
        back_on = workday(day + timedelta(days=rng.randint(3, 20)))
        if rng.random() < client.pattern.returns and back_on <= size.end:
            documents.append(_returned(lines, day=back_on, rng=rng))
    return documents


def _basket(
    client: DemoClient, *, usual: float, rng: Random, metal: Sequence[Product], tools: Sequence[Product]
) -> list[Product]:
    """His favourite products: small buyers take none whose single piece would be a whole order."""
    of_metal = round(FAVOURITE_PRODUCTS * client.pattern.metal)
    dearest = usual * 100 * DEAREST_PIECE_SHARE
    metal, tools = ([p for p in row if p.is_by_weight or p.cost_minor <= dearest] for row in (metal, tools))
    return rng.sample(metal, of_metal) + rng.sample(tools, FAVOURITE_PRODUCTS - of_metal)


def _prices(*, since: date, on: date) -> float:
    """How many times dearer things are on a day than on another."""
    return float((1 + YEARLY_PRICE_GROWTH) ** ((on - since).days / 365.25))


def _life_factor(client: DemoClient, *, day: date, size: Size) -> float:
    factor = _prices(since=size.end, on=day)
    if day <= size.months_before_end(12):
        return factor
    return factor * {Life.GROWING: client.pattern.growth, Life.FADING: FADING}.get(client.pattern.life, 1.0)


@dataclass(frozen=True)
class Terms:
    """On what terms one document is sold; shares of the price, prices grown by `inflation` since the beginning."""

    sold_on: date
    margin: float | None
    discount: float
    inflation: float
    seller: str
    channel: str


def _terms(client: DemoClient, *, day: date, rng: Random, size: Size) -> Terms:
    own = client.pattern.margin
    return Terms(
        sold_on=day,
        margin=client.rng(size.seed, "margin").uniform(*own) if own else None,
        discount=round(rng.uniform(*client.pattern.discount), 2),
        inflation=_prices(since=size.start, on=day),
        seller=_seller_on(client, day=day),
        channel=rng.choices(CHANNELS, (45, 30, 15, 10))[0],
    )


def _lines(
    client: DemoClient, *, day: date, roubles: float, basket: Sequence[Product], rng: Random, size: Size
) -> list[Line]:
    count = min(MAX_LINES, 1 + int(rng.expovariate(0.55)))
    terms = _terms(client, day=day, rng=rng, size=size)
    lines = [
        _line(client, terms=terms, product=product, number=number, roubles=roubles / count)
        for number, product in enumerate(rng.sample(list(basket), count), start=1)
    ]
    return [line if rng.random() >= COST_MISSING_SHARE else replace(line, cost_minor=None) for line in lines]


def _line(client: DemoClient, *, terms: Terms, product: Product, number: int, roubles: float) -> Line:
    margin = product.group.margin if terms.margin is None else terms.margin
    price = max(1, round(product.cost_minor * terms.inflation / (1 - margin)))
    step = 1 if product.is_by_weight else 1000
    quantity = max(step, round(roubles * 100 * 1000 / price / step) * step)
    gross = round(price * quantity / 1000)
    cut = round(gross * terms.discount)
    return Line(
        terms.sold_on, "", number, client, product, quantity, price, cut, gross - cut,
        round(gross * (1 - margin)), terms.seller, terms.channel,
    )  # fmt: skip


def _returned(lines: Sequence[Line], *, day: date, rng: Random) -> list[Line]:
    """One line of the document brought back whole."""
    line = rng.choice(lines)
    cost = None if line.cost_minor is None else -line.cost_minor
    return [
        replace(line, sold_on=day, number=1, quantity_milli=-line.quantity_milli, discount_minor=-line.discount_minor,
                revenue_minor=-line.revenue_minor, cost_minor=cost)
    ]  # fmt: skip


def _seller_on(client: DemoClient, *, day: date) -> str:
    """Who sold it: the holder if he was here by then, else an old hand; nobody, where nobody holds the client."""
    if not client.seller or hired_on(client.seller) <= day:
        return client.seller
    return SELLERS[int(client.code[-5:]) % OLD_HANDS][0]
