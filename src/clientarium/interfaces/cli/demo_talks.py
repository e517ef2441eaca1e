"""What two sellers of the demo company said and agreed lately: recorded through the same function as on the page.

Chance comes from one seed; what became of a talk follows what the client then did in the invented sales.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction

from clientarium.core.readings import order_days
from clientarium.decisions.clients import Client
from clientarium.decisions.contacts import (
    REACHED_RESULTS,
    Check,
    Finding,
    NoNextReason,
    RefusalReason,
    Result,
    Talk,
    Touch,
    TouchKind,
    Verified,
    day_of,
    ledger_base,
    next_working_day,
    record_touch,
)
from clientarium.decisions.people import User

TALKS_A_DAY = 4
DAYS_BEFORE = 10  # working days before the end of the story
DAYS_AFTER = 8  # working days after the pulse of a quarter ago whose forecasts are still fresh
SATURDAY = 5
SOON = timedelta(days=2)
LIVELY = timedelta(days=120)  # who has not bought for longer is not spoken with every fortnight
MINUTES = (2, 18)
AGREED_LATER = (6, 24)
CHECKED_SHARE = 0.4
DONE_TODAY = 5  # lines of the second seller's day that are done when the head looks

# Result, weight, words; the reason belongs to refusals.
ENDINGS: tuple[tuple[Result, int, str, str], ...] = (
    (Result.REACHED, 22, "", "Остатки ещё есть, вернуться к началу месяца"),
    (Result.REACHED, 12, "", "Ждут утверждения бюджета на квартал"),
    (Result.QUOTE_SENT, 12, "", "Отправили расчёт по двум позициям, решает главный инженер"),
    (Result.CALL_LATER, 14, "", "Снабженец в отпуске, просил набрать позже"),
    (Result.NO_ANSWER, 22, "", ""),
    (Result.REFUSED, 4, RefusalReason.JUST_BOUGHT, "Закупились на прошлой неделе"),
    (Result.REFUSED, 4, RefusalReason.PRICE, "У соседей дешевле на 6 %"),
    (Result.REFUSED, 2, RefusalReason.STOCK, "Не было нужного диаметра"),
)


def record_talks_after(sellers: Sequence[User], *, pulse: date, seed: int) -> None:
    """Talks of the two weeks after an earlier pulse, ended without dates: what came of them is known by now."""
    _record(sellers, days=working_days_after(pulse, count=DAYS_AFTER), end=None, seed=seed)


def record_talks_before(sellers: Sequence[User], *, end: date, seed: int) -> None:
    """Talks of the last working days before `end`, with dates agreed around the day the visitor comes."""
    _record(sellers, days=working_days_before(end, count=DAYS_BEFORE), end=end, seed=seed)


def _record(sellers: Sequence[User], *, days: Sequence[date], end: date | None, seed: int) -> None:
    """TALKS_A_DAY talks on each day; a seller who has talks on one of the days already has them all."""
    for user in sellers:
        if Touch.objects.filter(by=user, on__range=(days[0], days[-1])).exists():
            continue
        rng = Random(f"{seed}/{user.username}/{days[0]}")  # noqa: S311 -- an invented story
        held = (
            Client.objects.filter(holder=user.seller, merged_into__isnull=True, is_stopped=False)
            .order_by("pk")
            .in_bulk()
        )
        bought = order_days(
            ledger_base(),
            client_ids=list(held),
            after=days[0] - LIVELY,
            until=days[-1] + SOON,
        )
        lively = [held[client_id] for client_id in sorted(bought)]
        chosen = rng.sample(lively, min(len(lively) // 3, TALKS_A_DAY * len(days)))  # most wait for their call
        with transaction.atomic():
            for number, client in enumerate(chosen):
                day = days[number * len(days) // len(chosen)]
                orders = [one for one in bought[client.pk] if day <= one <= day + SOON]
                talk = talk_about(client, rng=rng, day=day, end=end, ordered=bool(orders))
                record_touch(client, talk, on=day, by=user)


def work_today(user: User, *, seed: int) -> None:
    """The first lines of the day done, so that the head of sales sees a day under way."""
    assert user.seller is not None
    day = day_of(user.seller, by=user)
    rng = Random(f"{seed}/today")  # noqa: S311 -- an invented story
    wanted = min(DONE_TODAY, len(day.lines) // 2)
    for line in day.open_lines[: max(0, wanted - len(day.done_lines))]:
        talk = talk_about(line.client, rng=rng, day=day.on, end=day.on, ordered=rng.random() < 0.3)
        record_touch(line.client, talk, on=day.on, by=user)


def talk_about(client: Client, *, rng: Random, day: date, end: date | None, ordered: bool) -> Talk:
    """How one talk went; agreed dates fall around the day after `end`, where the visitor stands; None: no dates."""
    contact = client.contacts.filter(kind=Verified.PHONE).first()
    minutes = Decimal(rng.randint(*MINUTES))
    about: dict[str, Any] = {"kind": rng.choices((TouchKind.CALL, TouchKind.MEETING), (14, 1))[0], "minutes": minutes}
    if contact:
        about["contact_id"] = contact.pk
        if rng.random() < CHECKED_SHARE:
            about["checks"] = (Check(Verified.PHONE, Finding.CONFIRMED, contact.pk),)
    if ordered:
        return Talk(Result.ORDERED, no_next_reason=NoNextReason.BY_RHYTHM, comment="Заказ оформили", **about)
    result, _weight, reason, words = rng.choices(ENDINGS, [weight for _, weight, _, _ in ENDINGS])[0]
    if result not in REACHED_RESULTS:
        return Talk(result, kind=TouchKind.CALL, minutes=Decimal(1), contact_id=about.get("contact_id"))
    if end is None or reason == RefusalReason.PRICE:
        result = Result.REACHED if result == Result.CALL_LATER else result
        return Talk(result, refusal_reason=reason, no_next_reason=NoNextReason.BY_RHYTHM, comment=words, **about)
    return Talk(result, refusal_reason=reason, next_on=agreed_day(rng, day=day, end=end), comment=words, **about)


def agreed_day(rng: Random, *, day: date, end: date) -> date:
    """Often the working day after the story's end, sometimes the day before it that was missed, else some weeks on."""
    coming = next_working_day(end)
    chance = rng.random()
    if chance < 0.25:
        return coming
    if chance < 0.32:
        return max(day, working_days_before(end, count=1)[-1])
    later = coming + timedelta(days=rng.randint(*AGREED_LATER))
    return later if later.weekday() < SATURDAY else next_working_day(later)


def working_days_after(day: date, *, count: int) -> list[date]:
    """The first `count` working days after `day`."""
    days = [next_working_day(day)]
    while len(days) < count:
        days.append(next_working_day(days[-1]))
    return days


def working_days_before(end: date, *, count: int) -> list[date]:
    """The last `count` working days up to `end`, in order."""
    days: list[date] = []
    day = end
    while len(days) < count:
        if day.weekday() < SATURDAY:
            days.append(day)
        day -= timedelta(days=1)
    return days[::-1]
