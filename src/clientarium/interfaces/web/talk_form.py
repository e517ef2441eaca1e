"""The form of one talk with a client: what it offers, and the talk a posted one tells of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import ContactKind
from clientarium.decisions.contacts import (
    Check,
    ContactLine,
    Direction,
    Finding,
    NoNextReason,
    RefusalReason,
    Result,
    Talk,
    TouchKind,
    Verified,
    next_working_day,
)

OTHER_DAY, NO_DAY = "other", "none"
"""Answers to “when next?” that are no date themselves."""

ONE_DAY = timedelta(days=1)
NEAR_DAYS = (7, 14, 30)


@dataclass(frozen=True)
class NextChoice:
    """A day one tap away: when the next contact may be agreed for."""

    day: date
    title: str


@dataclass(frozen=True)
class TalkForm:
    """What the drawer shows. `said` are the answers posted last, so that a refused form loses nothing."""

    contacts: Sequence[ContactLine]
    on: date
    days: Sequence[NextChoice]
    said: dict[str, str]

    kinds = TouchKind.choices
    directions = Direction.choices
    results = Result.choices
    refusal_reasons = RefusalReason.choices
    no_next_reasons = NoNextReason.choices
    findings = (
        (Finding.CONFIRMED, gettext_lazy("right")),
        (Finding.CHANGED, gettext_lazy("changed")),
        (Finding.WRONG, gettext_lazy("wrong one")),
    )

    @property
    def checks(self) -> Iterator[dict[str, Any]]:
        """Each phone and e-mail with what was answered about it."""
        for line in self.contacts:
            key = line.contact.pk
            yield {
                "line": line,
                "key": key,
                "finding": self.said.get(f"check-{key}", ""),
                "value": self.said.get(f"value-{key}", ""),
                "person": self.said.get(f"person-{key}", line.contact.person),
            }


def next_choices(state: Any, *, on: date) -> list[NextChoice]:
    """Tomorrow, in a week, two, a month; by his own rhythm where it is known. Always working days."""
    tomorrow = next_working_day(on)
    choices = {tomorrow: _("tomorrow") if tomorrow == on + ONE_DAY else _("on the next working day")}
    titles = {7: _("in a week"), 14: _("in two weeks"), 30: _("in a month")}
    for days in NEAR_DAYS:
        choices.setdefault(_working(on + timedelta(days=days)), titles[days])
    # His own rhythm names the day better than "in a week" does.
    gap, expected = getattr(state, "typical_gap_days", None), getattr(state, "next_order_on", None)
    if expected and expected > on:
        choices[_working(expected - ONE_DAY)] = _("before the expected order")
    if gap and gap >= 1:
        choices[_working(on + timedelta(days=round(gap)))] = _("in his usual gap")
    return [NextChoice(day, title) for day, title in sorted(choices.items()) if day > on]


def _working(day: date) -> date:
    return next_working_day(day - ONE_DAY)


def talk_of(posted: QueryDict, contacts: Sequence[ContactLine]) -> Talk:
    """The talk the form tells of; UserError with the cure where it cannot be."""
    result, chosen = posted.get("result", ""), posted.get("next", "")
    return Talk(
        result=result,
        kind=posted.get("kind") or TouchKind.CALL,
        direction=posted.get("direction") or Direction.OUT,
        minutes=_minutes(posted.get("minutes", "")),
        # What a hidden part of the form still holds belongs to another answer.
        refusal_reason=posted.get("refusal_reason", "") if result == Result.REFUSED else "",
        comment=posted.get("comment", ""),
        next_on=_day(posted.get("next_on", "") if chosen == OTHER_DAY else chosen),
        no_next_reason=posted.get("no_next_reason", "") if chosen == NO_DAY else "",
        contact_id=_contact(posted.get("contact", ""), contacts),
        checks=tuple(_checks(posted, contacts)),
    )


def _minutes(text: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        return Decimal(text.replace(",", ".").strip())
    except InvalidOperation:
        raise UserError(N_("“%(text)s” is no number of minutes."), text=text[:20]) from None


def _day(text: str) -> date | None:
    if text in ("", NO_DAY, OTHER_DAY):
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise UserError(N_("“%(text)s” is no date."), cure=N_("Choose the day in the calendar."), text=text[:20])
    return day


def _contact(text: str, contacts: Sequence[ContactLine]) -> int | None:
    """The number dialled: one of the client's own; the only phone where nothing was chosen."""
    known = [line.contact.pk for line in contacts]
    if text.isdecimal() and int(text) in known:
        return int(text)
    phones = [line.contact.pk for line in contacts if line.contact.kind == ContactKind.PHONE]
    return phones[0] if len(phones) == 1 else None


def _checks(posted: QueryDict, contacts: Sequence[ContactLine]) -> Iterator[Check]:
    for line in contacts:
        key, contact = line.contact.pk, line.contact
        finding = posted.get(f"check-{key}", "")
        if not finding:
            continue
        yield Check(
            what=Verified(contact.kind), finding=finding, contact_id=key, value=posted.get(f"value-{key}", "").strip()
        )
        person = posted.get(f"person-{key}", "").strip()
        if person and finding != Finding.WRONG:
            changed = person != contact.person
            yield Check(
                what=Verified.PERSON,
                finding=Finding.CHANGED if changed else Finding.CONFIRMED,
                contact_id=key,
                value=person if changed else "",
            )
