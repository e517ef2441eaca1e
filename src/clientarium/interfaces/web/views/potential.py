"""The card's block about what a client could buy: said by his seller, and what similar clients take."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clientarium.core.ground import UserError
from clientarium.core.readings import GroupPotential, PeerPotential
from clientarium.decisions.people import rules
from clientarium.decisions.potential import can_declare, declare, history_visible_to, potential_of
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.plan_forms import typed_money
from clientarium.interfaces.web.screens import everyone_signed_in, screen
from clientarium.interfaces.web.views.card import seen_client

GROUPS_SHOWN = 8
PEERS_SHOWN = 12
SAID_SHOWN = 5


@require_GET
@screen(everyone_signed_in)
def of_client(request: HttpRequest, client_id: int) -> HttpResponse:
    """The block, by itself: it asks the ledger, so the card does not wait for it."""
    client = seen_client(request, client_id)
    potential = potential_of(client.pk, by=request.user)
    computed, peers = potential.computed, potential.peers
    groups = shown_groups(computed, sees_money=rules.sees_money(request.user))
    context: dict[str, Any] = {
        "client": client,
        "potential": potential,
        "groups": groups[:GROUPS_SHOWN],
        "more_groups": max(len(groups) - GROUPS_SHOWN, 0),
        "named_peers": peers.visible[:PEERS_SHOWN] if peers else (),
        "unnamed_peers": peers.count - len(peers.visible[:PEERS_SHOWN]) if peers else 0,
        "said_before": history_visible_to(request.user, client=client)[1 : 1 + SAID_SHOWN],
        "sees_money": rules.sees_money(request.user),
        "declares": can_declare(request.user),
    }
    return render(request, "card/_potential.html", context)


@require_POST
@screen(can_declare)
def declared(request: HttpRequest, client_id: int) -> HttpResponse:
    """Keep what was said, and return to the card."""
    client = seen_client(request, client_id)
    try:
        volume = typed_money(request.POST.get("volume", ""))
        declare(client, volume=volume, assortment=request.POST.get("assortment", ""), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except UserError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("The potential is saved."))
    return redirect("client", client_id=client.pk)


def shown_groups(computed: PeerPotential | None, *, sees_money: bool) -> list[GroupPotential]:
    """The dearest first; for whoever may not see money the most often taken, or the order would tell it."""
    if computed is None:
        return []
    return sorted(computed.groups, key=lambda group: (-group.expected if sees_money else -group.buyers, group.name))
