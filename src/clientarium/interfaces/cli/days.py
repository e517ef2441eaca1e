"""A seller's day as JSON and as rows; imported only when a home is open."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from clientarium.core.ground import N_, UserError
from clientarium.decisions.contacts import Day, DayLine
from clientarium.decisions.people import Seller, User, seller_named

from .language import _, language

COLUMNS = (N_("No."), N_("Client"), N_("Worth"), N_("Why"), N_("Phone"), N_("Result"))


def seller_called(name: str) -> Seller:
    """The seller of that name, or of the user with that login. Raises UserError where there is none."""
    user = User.objects.filter(username=name, seller__isnull=False).select_related("seller").first()
    found = seller_named(name) or (user.seller if user else None)
    if found is None:
        raise UserError(
            N_("There is no seller “%(name)s” in what was imported."),
            cure=N_("Known sellers: %(known)s."),
            name=name,
            known=", ".join(Seller.objects.values_list("name", flat=True)[:20]),
        )
    return found


def heading(day: Day) -> Iterator[str]:
    """Whose day it is, how far it has come, and what its figures are of."""
    progress = day.progress
    yield f"{day.seller.name}, {day.on:%d.%m.%Y}"
    yield _(
        "planned %(planned)s, done %(done)s, reached %(reached)s, ordered %(ordered)s, overdue %(overdue)s"
    ) % asdict(progress)
    if day.as_of:
        yield _("Figures as of %(day)s.") % {"day": f"{day.as_of:%d.%m.%Y}"}
    if day.is_past_base:
        yield _("The base gets no new sales: this is the working day after them.")
    if day.waiting:
        yield _("%(number)s more had a reason and no room.") % {"number": day.waiting}


def day_rows(day: Day) -> Iterator[tuple[Any, ...]]:
    for line in day.lines:
        phones = [phone.contact.value for phone in line.phones if not phone.is_wrong]
        result = line.outcome.get_result_display() if line.outcome else ""
        value = None if line.call.value is None else round(line.call.value)
        yield line.call.rank, line.client.name, value, line.sentence(language()), ", ".join(phones), result


def day_document(day: Day) -> dict[str, Any]:
    """The whole day for programs: the reason of each line as numbers and as a sentence."""
    return {
        "seller": day.seller.name,
        "on": day.on,
        "as_of": day.as_of,
        "is_past_base": day.is_past_base,
        "progress": asdict(day.progress),
        "waiting": day.waiting,
        "lines": [_line(line) for line in day.lines],
        "held_back": list(day.held_back),
    }


def _line(line: DayLine) -> dict[str, Any]:
    last = line.last_contact
    return {
        "rank": line.call.rank,
        "client": line.client.code or line.client.name,
        "name": line.client.name,
        "kind": line.call.kind,
        "value": line.call.value,
        "sentence": line.sentence(language()),
        "reason": line.call.reason,
        "forecast": line.call.forecast,
        "phones": [{"value": phone.contact.value, "person": phone.contact.person, "is_wrong": phone.is_wrong,
                    "confirmed_on": phone.confirmed_on} for phone in line.phones],
        "last_contact": last and {"on": last.on, "kind": last.kind, "result": last.result},
        "outcome": line.outcome and {"result": line.outcome.result, "next_on": line.outcome.next_on},
    }  # fmt: skip
