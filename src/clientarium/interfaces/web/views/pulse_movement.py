"""Who moved, who grew and weakened, who was lost; and the clients behind each of those numbers."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import MONTHS_3
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from clientarium.core import readings
from clientarium.core.ground import add_months
from clientarium.core.ledger import SnapshotMissing
from clientarium.core.readings import Change, Flow, LostMonth
from clientarium.decisions.clients import ids_seen_by, states_visible_to
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.people import User, rules
from clientarium.interfaces.web import pulse, pulse_charts
from clientarium.interfaces.web.context import published_day
from clientarium.interfaces.web.screens import screen

SCHEMES_THAT_MOVE = ("grade", "layer", "lifecycle")
NOT_IN_SCHEME = "-"
CLIENTS_BEHIND = 300


@require_GET
@screen(rules.sees_money)
def movement(request: HttpRequest) -> HttpResponse:
    """The Sankey between two dates, with a choice of scheme and dates; the movers of the same period beside it."""
    base, seen, newest = ledger_base(), ids_seen_by(request.user), published_day(request)
    dates = [day for day in base.snapshots.dates() if day <= newest]
    period = pulse.chosen_period(dates, since=request.GET.get("since", ""), until=request.GET.get("until", ""))
    if period is None:
        return render(request, "pulse/_movement.html", {"chart": None, "dates": dates})
    scheme = _scheme(request)
    found = readings.flows(base, scheme=scheme, before=period.since, after=period.until, client_ids=seen)
    words = pulse.company_words()
    context = {
        "chart": pulse_charts.movement_chart(
            found.flows, scheme=scheme, words=words, url_of=lambda flow: _flow_url(scheme, period, flow)
        ),
        "dates": sorted(dates, reverse=True),
        "since": period.since,
        "until": period.until,
        "scheme": scheme,
        "schemes": [(name, words.scheme(name)) for name in SCHEMES_THAT_MOVE],
        **_directions(found.flows),
        **_movers(request.user, base=base, period=period, seen=seen),
    }
    return render(request, "pulse/_movement.html", context)


@require_GET
@screen(rules.sees_money)
def losses(request: HttpRequest) -> HttpResponse:
    """The loss calendar (1.5.16): in what year and month clients left."""
    as_of, words = published_day(request), pulse.company_words()
    months = readings.loss_calendar(
        ledger_base(), as_of=as_of, client_ids=ids_seen_by(request.user), **_cold_rule(words)
    )
    if not months:
        return render(request, "pulse/_losses.html", {"chart": None})
    titles = [str(MONTHS_3[number]) for number in range(1, 13)]
    year_ago = add_months(as_of, -12)
    recent = [month for month in months if (month.year, month.month) > (year_ago.year, year_ago.month)] or months
    worst = max(recent, key=lambda month: month.clients)
    context = {
        "chart": pulse_charts.loss_chart(months, month_titles=titles, url_of=_month_url, until=as_of),
        "total": sum(month.clients for month in recent),
        "money": sum((month.money for month in recent), Decimal(0)),
        "worst": date(worst.year, worst.month, 1),
        "worst_clients": worst.clients,
        "measure": pulse.money_measure(states_visible_to(request.user)),
    }
    return render(request, "pulse/_losses.html", context)


@require_GET
@screen(rules.sees_money)
def behind(request: HttpRequest) -> HttpResponse:
    """The clients behind a flow, a list of movers or a month of losses: what no condition of the list can say."""
    published_day(request)
    ids, title = _behind(request)
    states = states_visible_to(request.user).filter(pk__in=ids)
    place = {client_id: number for number, client_id in enumerate(ids)}
    clients = sorted(states, key=lambda state: place[state.pk])
    context = {"title": title, "clients": clients, "limit": CLIENTS_BEHIND, "words": pulse.company_words()}
    return render(request, "pulse/behind.html", context)


def _behind(request: HttpRequest) -> tuple[Sequence[int], str]:
    """Ids, the dearest first, and what they have in common. Raises Http404 for an address that was tampered with."""
    base, seen = ledger_base(), ids_seen_by(request.user)
    kind = request.GET.get("of", "")
    try:
        if kind == "flow":
            return _behind_flow(request, base=base, seen=seen)
        if kind == "lost":
            return _behind_month(request, base=base, seen=seen)
        if kind in MOVER_TITLES:
            before, after = _day(request, "since"), _day(request, "until")
            found = readings.gains_and_losses(base, before=before, after=after, client_ids=seen, limit=CLIENTS_BEHIND)
            return [change.client_id for change in getattr(found, kind)], str(MOVER_TITLES[kind]())
    except (ValueError, KeyError, SnapshotMissing) as error:
        raise Http404 from error
    raise Http404


def _behind_flow(request: HttpRequest, *, base: readings.Base, seen: readings.ClientIds) -> tuple[Sequence[int], str]:
    scheme, words = _scheme(request), pulse.company_words()
    before, after = (_code(request.GET[name]) for name in ("before", "after"))
    ids = readings.flow_clients(
        base,
        scheme=scheme,
        before=_day(request, "since"),
        after=_day(request, "until"),
        from_category=before,
        to_category=after,
        client_ids=seen,
        limit=CLIENTS_BEHIND,
    )
    return ids, f"{words.scheme(scheme)}: {words.category(scheme, before)} → {words.category(scheme, after)}"


def _behind_month(request: HttpRequest, *, base: readings.Base, seen: readings.ClientIds) -> tuple[Sequence[int], str]:
    year, month = int(request.GET["year"]), int(request.GET["month"])
    rule, as_of = _cold_rule(pulse.company_words()), published_day(request)
    lost = readings.lost_in_month(
        base, year=year, month=month, as_of=as_of, client_ids=seen, limit=CLIENTS_BEHIND, **rule
    )
    title = _("Lost in %(month)02d.%(year)d") % {"month": month, "year": year}
    return [client.client_id for client in lost], title


MOVER_TITLES: dict[str, Callable[[], str]] = {
    "grown": lambda: _("Who grew?"),
    "weakened": lambda: _("Who weakened?"),
    "left": lambda: _("Who left but could return?"),
}


MOVER_MEASURES: dict[str, Callable[[], tuple[str, str]]] = {
    "margin": lambda: (_("change of the yearly margin"), _("margin of the year before")),
    "revenue": lambda: (_("change of the yearly revenue, cost unknown"), _("revenue of the year before, cost unknown")),
}
"""By the measure of the reading: what stands beside who grew or weakened, and beside who left."""


def _movers(user: User, *, base: readings.Base, period: pulse.Period, seen: readings.ClientIds) -> dict[str, Any]:
    found = readings.gains_and_losses(base, before=period.since, after=period.until, client_ids=seen)
    shown = [*found.grown, *found.weakened, *found.left]
    names = pulse.rows_of(states_visible_to(user), [change.client_id for change in shown])
    gained, brought = MOVER_MEASURES[found.measure]()
    groups = [
        _mover_group("grown", found.grown, found.grown_count, names=names, period=period, measure=gained),
        _mover_group("weakened", found.weakened, found.weakened_count, names=names, period=period, measure=gained),
        _mover_group("left", found.left, found.left_count, names=names, period=period, measure=brought),
    ]
    return {"groups": groups}


def _mover_group(
    kind: str, changes: Sequence[Change], total: int, *, names: dict[int, pulse.Row], period: pulse.Period, measure: str
) -> dict[str, Any]:
    rows = [
        {
            "row": names[change.client_id],
            "money": change.money_before if kind == "left" else change.change,
            "url": reverse("client", args=[change.client_id]),
        }
        for change in changes
        if change.client_id in names
    ]
    url = _behind_url(of=kind, since=period.since, until=period.until)
    return {"kind": kind, "title": MOVER_TITLES[kind](), "rows": rows, "total": total, "measure": measure, "url": url}


def _directions(flows: Sequence[Flow]) -> dict[str, int]:
    """How many rose, fell and stayed; who came from outside the scheme or left it is none of the three."""
    inside = [flow for flow in flows if flow.before is not None and flow.after is not None]
    moves = [(pulse.rank(flow.before), pulse.rank(flow.after), flow.clients) for flow in inside]
    return {
        "risen": sum(clients for before, after, clients in moves if after < before),
        "fallen": sum(clients for before, after, clients in moves if after > before),
        "stayed": sum(clients for before, after, clients in moves if after == before),
    }


def _cold_rule(words: pulse.CompanyWords) -> dict[str, float]:
    return {"cold_days": words.number("cold_days"), "rhythm_factor": words.number("rhythm_factor")}


def _scheme(request: HttpRequest) -> str:
    wanted = request.GET.get("scheme", "")
    return wanted if wanted in SCHEMES_THAT_MOVE else SCHEMES_THAT_MOVE[0]


def _day(request: HttpRequest, name: str) -> date:
    return date.fromisoformat(request.GET[name])


def _code(text: str) -> str | None:
    return None if text == NOT_IN_SCHEME else text


def _flow_url(scheme: str, period: pulse.Period, flow: Flow) -> str:
    before, after = (code or NOT_IN_SCHEME for code in (flow.before, flow.after))
    return _behind_url(of="flow", scheme=scheme, since=period.since, until=period.until, before=before, after=after)


def _month_url(month: LostMonth) -> str:
    return _behind_url(of="lost", year=month.year, month=month.month)


def _behind_url(**parts: object) -> str:
    return f"{reverse('pulse_behind')}?{urlencode(parts)}"
