"""One client on one page: who he is, why he stands where he stands, what he buys, what was decided."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from clientarium.core import readings
from clientarium.core.categories import explain
from clientarium.core.ground import UserError
from clientarium.core.identity import check_inn, normalise_email, normalise_phone
from clientarium.decisions.clients import (
    Client,
    Contact,
    ContactKind,
    StateTable,
    clients_visible_to,
    contacts_of,
    current_publication,
    custom_fields,
    holdings_of,
    merges_of,
    merging_is_newer,
    notes_of,
    states_visible_to,
    vocabulary_for,
)
from clientarium.decisions.contacts import ledger_base, touches_of_client
from clientarium.decisions.grades import history_of
from clientarium.decisions.people import Seller, rules
from clientarium.decisions.winback import sees_winback
from clientarium.interfaces.web.card_charts import client_timeline, words_of_rhythm
from clientarium.interfaces.web.client_card import (
    ATTENTION_ROWS,
    MONEY_ROWS,
    RHYTHM_ROWS,
    SCHEMES_IN_HEAD,
    facts,
    schemes_of,
    tags_of,
    values_of,
)
from clientarium.interfaces.web.context import Frame, published_day
from clientarium.interfaces.web.errors import user_error
from clientarium.interfaces.web.pulse import company_words
from clientarium.interfaces.web.rhythm_strip import Window, rhythm_sentence, rhythm_strip
from clientarium.interfaces.web.screens import everyone_signed_in, screen

LOST = "lost"
NOTES_SHOWN = 20
TALKS_SHOWN = 5
DOCUMENTS_SHOWN = 25
OFFERS_SHOWN = 5


def language() -> str:
    return (get_language() or "ru").partition("-")[0]


def seen_client(request: HttpRequest, client_id: int) -> Client:
    """The client, or 404 where this person may not see him: which of the two is not said."""
    return get_object_or_404(clients_visible_to(request.user).select_related("holder"), pk=client_id)


def seen_state(request: HttpRequest, client: Client, publication: StateTable | None = None) -> Any:
    """His published row; None before the first pulse."""
    return (
        states_visible_to(request.user, publication=publication)
        .select_related("client", "holder")
        .filter(pk=client.pk)
        .first()
    )


def seen_products(request: HttpRequest, client: Client) -> list[readings.Product]:
    """What he takes, the dearest first; by the number of purchases for whoever sees no money, not even by its order."""
    found = readings.client_products(
        ledger_base(), client_id=client.pk, as_of=published_day(request), client_ids=[client.pk]
    )
    if rules.sees_money(request.user):
        return found
    return sorted(found, key=lambda one: (-one.days, one.title))


@require_GET
@screen(everyone_signed_in)
def page(request: HttpRequest, client_id: int) -> HttpResponse:
    """The card; its heavy parts come as fragments."""
    client = seen_client(request, client_id)
    publication = current_publication()
    state = seen_state(request, client, publication)
    schemes = schemes_of(state, language=language()) if state else []
    own_fields = list(custom_fields())
    say: dict[str, Any] = {
        "vocabulary": vocabulary_for(request.user, own_fields=own_fields, publication=publication),
        "language": language(),
    }
    context = {
        "client": client,
        "state": state,
        "head_schemes": [one for one in schemes if one.scheme in SCHEMES_IN_HEAD],
        "other_schemes": [one for one in schemes if one.scheme not in SCHEMES_IN_HEAD],
        "tags": [
            (tag.title.text(language()), tag.source.text(language()))
            for tag in tags_of(state, vocabulary=say["vocabulary"])
        ]
        if state
        else [],
        "money": facts(state, MONEY_ROWS, **say) if state else [],
        "rhythm": facts(state, RHYTHM_ROWS, **say) if state else [],
        "attention": facts(state, ATTENTION_ROWS, **say) if state else [],
        "rhythm_words": _rhythm(state) if state else "",
        "play": _play(schemes),
        "contacts": [(contact, _can_be_used(contact)) for contact in contacts_of(client)],
        "inn_is_wrong": bool(client.inn) and check_inn(client.inn) is None,
        "talks": touches_of_client(client, by=request.user)
        .filter(undone_at__isnull=True)
        .select_related("by")[:TALKS_SHOWN],
        "merges": merges_of(client) if rules.can_merge(request.user) else (),
        "is_recount_due": merging_is_newer(client, publication),
        "can_merge": rules.can_merge(request.user),
        "notes": notes_of(client).select_related("author").order_by("-pk")[:NOTES_SHOWN],
        "fields": [(field, client.fields.get(field.slug)) for field in own_fields],
        "decides": rules.can_confirm(request.user),
        "sellers": Seller.objects.order_by("name") if rules.can_confirm(request.user) else (),
        "choices": _choices() if rules.can_confirm(request.user) else [],
        "sees_winback": sees_winback(request.user) and getattr(state, "lifecycle", None) == LOST,
        "has_snapshot": state is not None and Frame(request).as_of is not None,
    }
    return render(request, "card/page.html", context)


@require_GET
@screen(everyone_signed_in)
def timeline(request: HttpRequest, client_id: int) -> HttpResponse:
    """Two years of money and touches, month by month."""
    client = seen_client(request, client_id)
    months = readings.client_months(
        ledger_base(), client_id=client.pk, as_of=published_day(request), client_ids=[client.pk]
    )
    if not rules.sees_money(request.user):
        return render(request, "card/_no_money.html")
    with_margin = any(month.margin is not None and month.revenue for month in months)
    return render(request, "card/_timeline.html", {"chart": client_timeline(months, with_margin=with_margin)})


@require_GET
@screen(everyone_signed_in)
def rhythm(request: HttpRequest, client_id: int) -> HttpResponse:
    """His orders as ticks, the expected one as a band."""
    client = seen_client(request, client_id)
    as_of, state = published_day(request), seen_state(request, client)
    window = Window.of(state)
    days = readings.purchase_days(ledger_base(), client_id=client.pk, as_of=as_of, client_ids=[client.pk])
    context = {
        "chart": rhythm_strip(days, window=window, as_of=as_of) if days else None,
        "sentence": rhythm_sentence(window, state),
    }
    return render(request, "card/_rhythm.html", context)


@require_GET
@screen(everyone_signed_in)
def why(request: HttpRequest, client_id: int, scheme: str) -> HttpResponse:
    """The rule that fired with his own numbers, and what would raise him by one."""
    client = seen_client(request, client_id)
    schemes = company_words().definitions.schemes
    state = seen_state(request, client)
    if scheme not in schemes or state is None:
        raise Http404
    if not rules.sees_money(request.user):
        return render(request, "card/_no_money.html")
    found = explain(schemes[scheme], values_of(state), language=language(), current=getattr(state, scheme, None))
    title = company_words().scheme(scheme)
    return render(request, "card/_why.html", {"found": found, "title": title, "scheme": scheme})


@require_GET
@screen(everyone_signed_in)
def products(request: HttpRequest, client_id: int) -> HttpResponse:
    """What he takes and what he has stopped taking."""
    client = seen_client(request, client_id)
    found = seen_products(request, client)
    state = seen_state(request, client)
    next_on, gap = getattr(state, "next_order_on", None), getattr(state, "typical_gap_days", None)
    taken = [product for product in found if not product.is_stopped]
    context = {
        "client": client,
        "next_on": next_on,
        "due": [one for one in taken if next_on and one.is_due_by(next_on, order_gap_days=gap or 0)],
        "taken": taken,
        "lost": [product for product in found if product.is_lost],
        "stopped": [product for product in found if product.is_stopped and not product.is_lost],
        "sees_money": rules.sees_money(request.user),
    }
    return render(request, "card/_products.html", context)


@require_GET
@screen(everyone_signed_in)
def offers(request: HttpRequest, client_id: int) -> HttpResponse:
    """What similar clients take and he does not: what to speak of in the next call."""
    client = seen_client(request, client_id)
    found = readings.offers_for(
        ledger_base(), client_ids=[client.pk], as_of=published_day(request), most=OFFERS_SHOWN
    ).get(client.pk, [])
    return render(request, "card/_offers.html", {"offers": found})


@require_GET
@screen(everyone_signed_in)
def documents(request: HttpRequest, client_id: int) -> HttpResponse:
    """His documents, newest first; `day` and `key` name the last one of the page before."""
    client = seen_client(request, client_id)
    day, key = parse_date(request.GET.get("day", "")), request.GET.get("key", "")
    found = readings.client_documents(
        ledger_base(),
        client_id=client.pk,
        as_of=published_day(request),
        limit=DOCUMENTS_SHOWN + 1,
        before=(day, key) if day and key else None,
        client_ids=[client.pk],
    )
    context = {
        "client": client,
        "documents": found[:DOCUMENTS_SHOWN],
        "last": found[DOCUMENTS_SHOWN - 1] if len(found) > DOCUMENTS_SHOWN else None,
        "sees_money": rules.sees_money(request.user),
    }
    return render(request, "card/_documents.html", context)


@require_GET
@screen(everyone_signed_in)
def document(request: HttpRequest, client_id: int, key: str) -> HttpResponse:
    """The lines of one document."""
    client = seen_client(request, client_id)
    lines = readings.document_lines(
        ledger_base(), client_id=client.pk, key=key, as_of=published_day(request), client_ids=[client.pk]
    )
    if not lines:
        raise Http404
    return render(request, "card/_lines.html", {"lines": lines, "sees_money": rules.sees_money(request.user)})


@require_GET
@screen(everyone_signed_in)
def touches(request: HttpRequest, client_id: int) -> HttpResponse:
    """Calls, letters, meetings: who, when, how long."""
    client = seen_client(request, client_id)
    found = readings.client_touches(
        ledger_base(), client_id=client.pk, as_of=published_day(request), client_ids=[client.pk]
    )
    return render(request, "card/_touches.html", {"touches": found})


@require_GET
@screen(everyone_signed_in)
def history(request: HttpRequest, client_id: int) -> HttpResponse:
    """Every category he stood in and everyone who held him, with who decided and why."""
    client = seen_client(request, client_id)
    words = company_words()
    intervals = [
        (interval, words.scheme(interval.scheme), words.category(interval.scheme, interval.category))
        for interval in history_of(client)
        if interval.scheme in words.definitions.schemes
    ]
    holdings = holdings_of(client).select_related("seller", "client")
    return render(request, "card/_history.html", {"intervals": intervals, "holdings": holdings})


@require_GET
@screen(rules.sees_money)
def behind(request: HttpRequest, client_id: int, metric: str) -> HttpResponse:
    """The document lines, touches and payments one number is made of."""
    client = seen_client(request, client_id)
    catalogue = company_words().definitions.catalogue
    try:
        evidence = readings.lines_behind(
            ledger_base(),
            catalogue=catalogue,
            metric=metric,
            client_id=client.pk,
            as_of=published_day(request),
            client_ids=[client.pk],
        )
    except UserError as error:
        return user_error(request, error)
    card = catalogue.metrics[metric]
    context = {
        "title": card.title(language()),
        "formula": card.formula(language()),
        "reason": card.reason(language()),
        "evidence": evidence,
    }
    return render(request, "card/_behind.html", context)


def _can_be_used(contact: Contact) -> bool:
    """Whether the number can be called, or the address written to; a wrong one is kept as it came."""
    seen = normalise_email(contact.value) if contact.kind == ContactKind.EMAIL else normalise_phone(contact.value)
    return any(one.normalised for one in seen)


def _rhythm(state: Any) -> str:
    days, gap = getattr(state, "days_since_last_purchase", None), getattr(state, "typical_gap_days", None)
    return words_of_rhythm(days, gap, getattr(state, "last_purchase_on", None))


def _play(schemes: list[Any]) -> dict[str, Any] | None:
    grade = next((one for one in schemes if one.scheme == "grade" and one.play), None)
    if grade is None:
        return None
    said = grade.play
    return {name: getattr(said, name).text(language()) for name in ("service", "rhythm", "ceiling", "price")} | {
        "greeting": said.greeting
    }


def _choices() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The categories a leader may put the client into, by scheme that asks for confirmation."""
    return [
        (scheme.name, scheme.title.text(language()), [(c.code, c.title.text(language())) for c in scheme.categories])
        for scheme in company_words().definitions.schemes
        if scheme.mode == "confirm"
    ]
