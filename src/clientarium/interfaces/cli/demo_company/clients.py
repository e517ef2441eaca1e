# ruff: noqa: S311 -- chance invents a company here, it guards nothing
"""Cards of the invented clients: names, ИНН, phones as untidy as people type them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from .patterns import PATTERNS, Life, Pattern
from .size import Size
from .words import (
    CITIES,
    CITY_WEIGHTS,
    ENDINGS,
    FIRST_NAMES,
    INITIALS,
    PORTFOLIO_SHARES,
    REGIONS,
    SEGMENT_WEIGHTS,
    SEGMENTS,
    SELLERS,
    STEMS,
    SURNAMES,
    WHOLE,
)

# Shares of cards with each kind of dirt; small enough that the base stays usable, large enough to meet on page one.
DIRTY_NAME_SHARE = 0.08
WRONG_INN_SHARE = 0.012
NO_INN_SHARE = 0.05
NO_CITY_SHARE = 0.06
NO_PHONE_SHARE = 0.07
NO_EMAIL_SHARE = 0.30
TWIN_SHARE = 0.008
SOLE_TRADER_SHARE = 0.24
OWN_REGION_SHARE = 0.8  # of the clients of a seller who works a region

SATURDAY_EVE = 4  # Friday in date.weekday()
HOLIDAYS = {(1, day) for day in range(1, 9)} | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}


@dataclass(frozen=True)
class DemoClient:
    """One card as it stands in the client list, with the pattern he was planted with."""

    code: str
    name: str
    card_name: str
    pattern: Pattern
    segment: str
    city: str
    inn: str
    kpp: str
    phones: str
    email: str
    person: str
    seller: str  # who has served him all along
    twin_of: str = ""
    wrong_seller: str = ""  # whom his card names instead
    origin: str = ""  # how he came to the firm

    @property
    def holder(self) -> str:
        """Whose client he is by his card."""
        return self.wrong_seller or self.seller

    def rng(self, seed: int, purpose: str) -> Random:
        """His own stream of chance: changing one client leaves the others as they were."""
        return Random(f"{seed}/{self.code}/{purpose}")


def make_clients(size: Size) -> tuple[DemoClient, ...]:
    """The whole list in code order: patterns shuffled, names unique, portfolios handed out."""
    rng = Random(f"{size.seed}/clients")
    patterns = [pattern for pattern in PATTERNS for _ in range(max(2, round(pattern.share * size.clients)))]
    rng.shuffle(patterns)
    names = _unique_names(rng, count=len(patterns))
    clients = [_make_client(rng, number=number, name=names[number], pattern=p) for number, p in enumerate(patterns)]
    clients = _with_sellers(clients, size=size, rng=rng)
    return tuple(_with_twins(_with_regions(clients, size=size), rng=rng))


def _unique_names(rng: Random, *, count: int) -> list[str]:
    names: dict[str, None] = {}
    while len(names) < count:
        if rng.random() < SOLE_TRADER_SHARE:
            name = f"ИП {rng.choice(SURNAMES)} {rng.choice(INITIALS)}.{rng.choice(INITIALS)}."
        elif rng.random() < 0.12:
            name = f"ООО «{rng.choice(WHOLE)}-{rng.choice(STEMS)}»"
        else:
            form = rng.choices(("ООО", "АО", "ТД", "ПК"), (88, 6, 4, 2))[0]
            tail = rng.choices(("", "-Урал", " Плюс", "-М", " 74", "-Юг", " НТ"), (70, 8, 6, 5, 4, 4, 3))[0]
            name = f"{form} «{rng.choice(STEMS)}{rng.choice(ENDINGS)}{tail}»"
        names[name] = None
    return list(names)


def _make_client(rng: Random, *, number: int, name: str, pattern: Pattern) -> DemoClient:
    city, dialling, region = rng.choices(CITIES, CITY_WEIGHTS)[0]
    sole = name.startswith("ИП")
    inn = "" if rng.random() < NO_INN_SHARE else _inn(rng, region=region, length=12 if sole else 10)
    kpp = f"{inn[:4]}01001" if inn and not sole else ""
    return DemoClient(
        code=f"К-{number + 1:05d}",
        name=name,
        card_name=_dirty_name(name, rng=rng) if rng.random() < DIRTY_NAME_SHARE else name,
        pattern=pattern,
        segment="Частные мастера" if sole and rng.random() < 0.5 else rng.choices(SEGMENTS, SEGMENT_WEIGHTS)[0],
        city="" if rng.random() < NO_CITY_SHARE else city,
        inn=inn,
        kpp=kpp,
        phones="" if rng.random() < NO_PHONE_SHARE else _phones(rng, dialling=dialling),
        email=""
        if rng.random() < NO_EMAIL_SHARE
        else f"{rng.choice(('zakaz', 'info', 'snab', 'office'))}@k{number + 1}.example",
        person=f"{rng.choice(FIRST_NAMES)}",
        seller="",
    )


def _inn(rng: Random, *, region: str, length: int) -> str:
    """A number with right check digits, or with one spoiled digit for `WRONG_INN_SHARE` of cards."""
    digits = [int(d) for d in region] + [rng.randrange(10) for _ in range(length - 2 - (1 if length == 10 else 2))]
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    if length == 10:
        digits.append(sum(w * d for w, d in zip(weights, digits, strict=True)) % 11 % 10)
    else:
        for row in ((7, *weights), (3, 7, *weights)):
            digits.append(sum(w * d for w, d in zip(row, digits, strict=True)) % 11 % 10)
    if rng.random() < WRONG_INN_SHARE:
        digits[-1] = (digits[-1] + 3) % 10
    return "".join(map(str, digits))


def _phones(rng: Random, *, dialling: str) -> str:
    tail = f"{rng.randrange(100):02d}", f"{rng.randrange(100):02d}"
    mobile = rng.choice(("912", "922", "904", "950", "982"))
    shapes = (
        f"8 ({mobile}) 000-{tail[0]}-{tail[1]}",
        f"+7{mobile}000{tail[0]}{tail[1]}",
        f"8{mobile}000{tail[0]}{tail[1]}",
        f"+7 {mobile} 000 {tail[0]} {tail[1]}",
        f"({dialling}) 200-{tail[0]}-{tail[1]} доб. {rng.randrange(10, 99)}",
        f"8 ({mobile}) 000-{tail[0]}-{tail[1]}, 8 ({dialling}) 200-{tail[1]}-{tail[0]}",
    )
    return rng.choices(shapes, (30, 25, 15, 15, 5, 10))[0]


def _dirty_name(name: str, *, rng: Random) -> str:
    form, _, rest = name.partition(" ")
    bare = rest.replace("«", "").replace("»", "")
    shapes = (
        f'{form} "{bare}"',
        f"{bare} {form}",
        f"  {form}  {bare} ",
        f"{form.lower()} {bare.lower()}",
        f"{form.upper()} {bare.upper()}",
    )
    return rng.choice(shapes)


def _with_sellers(clients: Sequence[DemoClient], *, size: Size, rng: Random) -> list[DemoClient]:
    """Hand the portfolios out; those who buy are held first, what is left over belongs to nobody (1.8.12)."""
    held = [0.25 if client.pattern.life in (Life.ONCE, Life.NEVER) else 1.0 for client in clients]
    order = sorted(range(len(clients)), key=lambda index: rng.random() / held[index])
    sellers: list[str] = []
    for (name, *_), share in zip(SELLERS, PORTFOLIO_SHARES, strict=True):
        sellers += [name] * max(1, round(share * size.clients))
    by_index = dict(zip(order, rng.sample(sellers, len(sellers)), strict=False))
    return [replace(client, seller=by_index.get(index, "")) for index, client in enumerate(clients)]


def _with_regions(clients: Sequence[DemoClient], *, size: Size) -> list[DemoClient]:
    """Let most clients of a seller with a region sit in it."""
    rng = Random(f"{size.seed}/regions")
    return [
        replace(client, city=rng.choice(REGIONS[client.seller]))
        if client.seller in REGIONS and client.city and rng.random() < OWN_REGION_SHARE
        else client
        for client in clients
    ]


def _with_twins(clients: list[DemoClient], *, rng: Random) -> list[DemoClient]:
    """Enter some one-time buyers a second time under another code and spelling, as real lists have them."""
    once = [client for client in clients if client.pattern.life is Life.ONCE]
    twins = once[: max(1, round(len(clients) * TWIN_SHARE))]
    start = len(clients)
    return clients + [
        replace(
            twin, code=f"К-{start + n + 1:05d}", card_name=_dirty_name(twin.name, rng=rng), twin_of=twin.code, seller=""
        )
        for n, twin in enumerate(twins)
    ]


def hired_on(seller: str) -> date:
    """First day of a seller of the cast."""
    return next(date.fromisoformat(day) for name, _, day in SELLERS if name == seller)


def workday(day: date) -> date:
    """The day itself, or the first working day after a weekend, the New Year week or the May holidays."""
    while day.weekday() > SATURDAY_EVE or (day.month, day.day) in HOLIDAYS:
        day += timedelta(days=1)
    return day
