"""What serving the clients took (touches with their minutes) and how they paid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .clients import DemoClient, workday
from .patterns import Life
from .sales import Line
from .size import Size

TOUCH_MONTHS = 26  # the telephone system keeps two years
PAYMENT_MONTHS = 36
UNMEASURED_SHARE = 0.22
CREDIT_DAYS = (0, 7, 14, 21, 30)
# kind, department, weight among ordinary touches, weight among those of clients who take much service
KINDS = (
    ("Звонок", "Продажи", 46, 34),
    ("Письмо", "Продажи", 18, 14),
    ("Сообщение", "Продажи", 16, 12),
    ("Встреча", "Продажи", 4, 1),
    ("Визит", "Продажи", 2, 1),
    ("Обращение", "Сервис", 4, 20),
    ("Документ", "Бухгалтерия", 6, 14),
    ("Звонок", "Бухгалтерия", 4, 4),
)
DEMANDING_TOUCHES_PER_MONTH = 2.0
RESULTS = ("Заказ", "Консультация", "Не дозвонились", "Перезвонить", "Вопрос решён")


@dataclass(frozen=True)
class Touch:
    """One contact; `minutes` is None where nobody measured it."""

    day: date
    client: DemoClient
    kind: str
    department: str
    seller: str
    minutes: int | None
    incoming: bool
    result: str


@dataclass(frozen=True)
class Payment:
    """What is owed for one document; `paid_on` is None while it is not paid."""

    document: str
    client: DemoClient
    due_on: date
    paid_on: date | None
    amount_minor: int


def make_touches(clients: Sequence[DemoClient], *, days: Sequence[Sequence[date]], size: Size) -> list[Touch]:
    """Touches of the last two years in date order: some around each order, some by themselves."""
    touches = [t for client, his in zip(clients, days, strict=True) for t in _touches_of(client, orders=his, size=size)]
    touches.sort(key=lambda touch: (touch.day, touch.client.code))
    return touches


def _touches_of(client: DemoClient, *, orders: Sequence[date], size: Size) -> Iterator[Touch]:
    rng = client.rng(size.seed, "touches")
    first = max(size.start, size.months_before_end(TOUCH_MONTHS))
    for day in orders:
        for _ in range(_count(rng, client.pattern.touches_per_order)):
            if day > first:
                yield _touch(client, day=workday(day - timedelta(days=rng.randint(0, 3))), rng=rng)
    known_from = orders[0] if orders else first
    known_until = orders[-1] + timedelta(days=60) if orders and client.pattern.life is Life.LOST else size.end
    for _ in range(_count(rng, client.pattern.touches_per_month * TOUCH_MONTHS)):
        day = workday(first + timedelta(days=rng.randrange((size.end - first).days - 3)))
        if known_from <= day <= known_until:
            yield _touch(client, day=day, rng=rng)


def _touch(client: DemoClient, *, day: date, rng: Random) -> Touch:
    demanding = client.pattern.touches_per_month >= DEMANDING_TOUCHES_PER_MONTH
    kind, department, *_ = rng.choices(KINDS, [row[3] if demanding else row[2] for row in KINDS])[0]
    minutes = rng.randint(*client.pattern.minutes) * (4 if kind in ("Встреча", "Визит") else 1)
    measured = rng.random() >= UNMEASURED_SHARE
    seller = client.seller if department == "Продажи" else ""
    return Touch(
        day, client, kind, department, seller, minutes if measured else None, rng.random() < 0.45, rng.choice(RESULTS)
    )


def make_payments(lines: Sequence[Line], *, size: Size) -> list[Payment]:
    """One row per document of the last three years, paid as his pattern pays."""
    owed: dict[str, tuple[Line, int]] = {}
    for line in lines:
        if line.revenue_minor > 0 and line.sold_on > max(size.start, size.months_before_end(PAYMENT_MONTHS)):
            owed[line.document] = (line, owed.get(line.document, (line, 0))[1] + line.revenue_minor)
    return [_payment(line, amount=amount, size=size) for line, amount in owed.values()]


def _payment(line: Line, *, amount: int, size: Size) -> Payment:
    rng = line.client.rng(size.seed, f"payment/{line.document}")
    credit = CREDIT_DAYS[int(line.client.code[-5:]) % len(CREDIT_DAYS)]
    due = line.sold_on + timedelta(days=credit)
    paid = due + timedelta(days=rng.randint(*line.client.pattern.paid_late))
    paid = max(paid, line.sold_on)
    return Payment(line.document, line.client, due, paid if paid <= size.end else None, amount)


def _count(rng: Random, mean: float) -> int:
    """A whole number whose mean is `mean`."""
    whole = int(mean)
    return whole + (rng.random() < mean - whole)
