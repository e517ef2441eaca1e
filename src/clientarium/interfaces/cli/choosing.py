"""A list of who asks for capacity, from a file or from the base, and the answer as a document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from clientarium.core.ground import N_, Message, UserError
from clientarium.core.pipeline import read_contenders
from clientarium.core.strategy import CapacityChoice, Contender, OneMore, Resource, choice_as_json, choose

from .home import opened_home
from .language import _, sentence
from .printing import shown

PLACES = N_("places")


@dataclass(frozen=True)
class Asked:
    contenders: Sequence[Contender]
    hours: Sequence[str]
    set_aside: Sequence[dict[str, Any]]
    notes: Sequence[str]


def asked_list(file: Path | None, where: str | None) -> Asked:
    if file is None:
        return _of_base(where or "")
    found = read_contenders(file, name=file.name)
    set_aside = [{"line": fault.line, "column": fault.column, "why": sentence(fault.message)} for fault in found.faults]
    notes = [sentence(one) for one in found.notes]
    if found.unused:
        notes.append(_("Columns not used: %(columns)s.") % {"columns": ", ".join(found.unused)})
    return Asked(found.contenders, found.hours, set_aside, notes)


def _of_base(where: str) -> Asked:
    opened_home()
    from clientarium.decisions.capacity import of_base  # noqa: PLC0415 -- models need an open home
    from clientarium.decisions.people import Role, User  # noqa: PLC0415 -- the same

    found = of_base(where, by=User(username="console", role=Role.OWNER, is_active=True))
    notes = [_("Of the penalties of these clients the base knows nothing: none is counted.")]
    if found.measure == "revenue":
        notes.append(_("No cost is known, so the choice is by revenue. Load costs to choose by margin."))
    return Asked(found.contenders, found.hours, [], notes)


def chosen(
    asked: Asked,
    *,
    limit: int | None,
    hours: Sequence[str],
    is_monthly: bool,
    take: Sequence[str],
    refuse: Sequence[str],
    seconds: float,
) -> CapacityChoice:
    """Raises UserError for hours nobody asks for, and for a name that is not in the list."""
    resources = _resources(hours, asked.hours, is_monthly=is_monthly)
    if limit is not None:
        resources.insert(0, Resource(PLACES, limit, is_places=True, is_monthly=is_monthly))
    fixed = {_key(name, asked.contenders): False for name in refuse}
    fixed |= {_key(name, asked.contenders): True for name in take}
    return choose(asked.contenders, resources=resources, fixed=fixed, time_limit=seconds)


def _resources(texts: Sequence[str], known: Sequence[str], *, is_monthly: bool) -> list[Resource]:
    """«assembly=320», and for a month with another amount «assembly@2026-12=80»."""
    amounts: dict[str, float] = {}
    months: dict[str, dict[date, float]] = {}
    for text in texts:
        told, mark, amount = text.rpartition("=")
        name, _at, month = told.partition("@")
        same = next((one for one in known if name.strip().casefold() in (one.casefold(), _(one).casefold())), None)
        if not mark or same is None:
            raise UserError(
                N_("“%(text)s” names no hours of the list."), cure=N_("Write name=hours; the list knows: %(known)s."),
                text=text, known=", ".join(_(one) for one in known) or "—",
            )  # fmt: skip
        if month:
            months.setdefault(same, {})[_month(month)] = _amount(amount)
        else:
            amounts[same] = _amount(amount)
    alone = next((name for name in months if name not in amounts or not is_monthly), None)
    if alone is not None:
        raise UserError(
            N_("“%(name)s” has an amount for a single month only."),
            cure=N_("Add --monthly and name=hours for all the other months."), name=alone,
        )  # fmt: skip
    return [
        Resource(name, amount, is_monthly=is_monthly, by_month=months.get(name, {})) for name, amount in amounts.items()
    ]


def _amount(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise UserError(N_("“%(text)s” is no number."), text=text) from error


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text.strip()}-01")
    except ValueError as error:
        raise UserError(N_("“%(text)s” is no month; write YYYY-MM."), text=text) from error


def _key(name: str, contenders: Sequence[Contender]) -> int:
    found = next((one.key for one in contenders if one.name.casefold() == name.strip().casefold()), None)
    if found is None:
        raise UserError(N_("Nobody in the list is called “%(name)s”."), name=name)
    return found


def document(asked: Asked, choice: CapacityChoice) -> dict[str, Any]:
    """The whole answer for programs; money in the money of the list."""
    kept = choice_as_json(choice)
    taken = set(choice.taken)
    clients = [
        {
            "name": one.name,
            "is_taken": one.key in taken,
            "margin": one.margin,
            "return_on_cost": one.return_on_cost,
            "expected_penalty": one.expected_penalty,
            "value": choice.values[one.key],
            "cost": choice.reasons[one.key].cost,
            "code": choice.reasons[one.key].code,
            "why": said(choice.reasons[one.key].message),
        }
        for one in asked.contenders
    ]
    figures = {name: value for name, value in kept.items() if name not in ("reasons", "values", "taken", "refused")}
    names = {one.key: one.name for one in asked.contenders}
    return {
        "taken": [names[key] for key in choice.taken],
        "refused": [names[key] for key in choice.refused],
        **figures,
        "clients": clients,
        "set_aside": list(asked.set_aside),
        "notes": list(asked.notes),
    }


def said(message: Message) -> str:
    params = {
        name: _(value) if name == "resource" and isinstance(value, str) else _plain(name, value)
        for name, value in message.params.items()
    }
    return sentence(Message(message.msgid, params)).replace("»»", "»")  # «ООО «Вега» closes once


def _plain(name: str, value: object) -> object:
    if name.startswith("share") and isinstance(value, float):
        return f"{shown(round(100 * value, 1))} %"
    if not isinstance(value, (int, float)):
        return value
    return f"{value:,.0f}".replace(",", "\u202f") if name.startswith("money") else f"{value:g}"


def more_sentences(choice: CapacityChoice) -> Iterator[str]:
    """What one more of each resource is worth."""
    for more in choice.worth_of_one_more.values():
        text, money = _words(more, choice)
        yield said(Message(text, {"resource": more.resource, "money": money, "amount": more.first_gain or 0.0}))


def _words(more: OneMore, choice: CapacityChoice) -> tuple[str, float]:
    if not more.is_exact and more.money > 0:
        return N_("One more of “%(resource)s” is worth about %(money)s."), more.money
    if more.money > 0 and more.by_extra:
        return N_("One more place is worth %(money)s."), more.money
    if more.money > 0:
        return N_("One more hour of “%(resource)s” is worth %(money)s."), more.money
    if more.first_gain and more.first_money:
        text = N_("One more hour of “%(resource)s” changes nothing; from %(amount)s h more the gain begins: %(money)s.")
        if more.by_extra:
            text = N_("One more place changes nothing; from %(amount)s more the gain begins: %(money)s.")
        return text, more.first_money
    if choice.lost <= 0:
        return N_("There is enough of “%(resource)s”: no more is needed."), 0.0
    return N_("More of “%(resource)s” alone brings nothing: something else holds it back."), 0.0
