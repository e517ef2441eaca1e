"""What the pages of redistributions say: moves with their reasons in words, drafts side by side, what has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clientarium.core.ground import Message
from clientarium.decisions.moves import ChangeSince, Draft, DraftState, Impact, Move, impact_of, total_of
from clientarium.decisions.runs import RunState, message_of

WHY: Mapping[str, str | Promise] = {
    "past": gettext_lazy("has bought from him before"),
    "region": gettext_lazy("his region"),
    "segment": gettext_lazy("his segment"),
    "products": gettext_lazy("knows what the client buys"),
    "strategy": gettext_lazy("his way of working"),
    "language": gettext_lazy("speaks his language"),
    "cold": gettext_lazy("cold: the clock has run out"),
    "idle": gettext_lazy("cold with the present seller"),
    "no_room": gettext_lazy("no room: the places go to clients worth more"),
    "room": gettext_lazy("here is room, there is none"),
    "from_pool": gettext_lazy("nobody serves him"),
}
TONES = {
    DraftState.MAKING: "accent",
    DraftState.READY: "accent",
    DraftState.APPROVED: "accent",
    DraftState.APPLIED: "good",
    DraftState.FAILED: "bad",
}


@dataclass(frozen=True)
class MoveRow:
    """A move with its reasons: [(words, money a year or None)]."""

    move: Move
    reasons: Sequence[tuple[str, float | None]]

    @classmethod
    def of(cls, move: Move) -> "MoveRow":
        told = [(str(WHY.get(one["code"], one["code"])), one["money"] or None) for one in move.reasons]
        return cls(move, told)


@dataclass(frozen=True)
class DraftRow:
    """A draft in the list: its tone, and what went wrong with one that was not computed."""

    draft: Draft
    tone: str
    problem: Message | None
    cure: Message | None

    @classmethod
    def of(cls, draft: Draft) -> "DraftRow":
        run = draft.run
        failed = run is not None and run.state == RunState.FAILED and run.message
        problem, cure = message_of(run.message) if run is not None and failed else (None, None)
        return cls(draft, TONES.get(DraftState(draft.state), ""), problem, cure)

    @property
    def is_live(self) -> bool:
        return self.draft.state == DraftState.MAKING


@dataclass(frozen=True)
class Side:
    """One of the drafts compared: its sellers and their total."""

    draft: Draft
    total: Impact
    by_seller: Mapping[int, Impact]


def side_by_side(drafts: Sequence[Draft]) -> dict[str, Any]:
    """Drafts as columns, sellers as rows, the worst figures of each marked by nobody: the leader judges."""
    sides = []
    names: dict[int, str] = {}
    for draft in drafts:
        rows = [row for row in impact_of(draft) if row.seller is not None]
        names |= {row.seller.pk: row.seller.name for row in rows if row.seller}
        sides.append(Side(draft, total_of(rows), {row.seller.pk: row for row in rows if row.seller}))
    ordered = sorted(names, key=lambda pk: names[pk])
    return {
        "sides": sides,
        "rows": [(names[pk], [side.by_seller.get(pk) for side in sides]) for pk in ordered],
    }


def change_words(change: ChangeSince) -> str:
    """«Берёза: теперь у Бориса»."""
    if change.kind == "merged" and change.client and change.into:
        return _("%(client)s: merged into %(into)s") % {"client": change.client.name, "into": change.into.name}
    if change.kind == "left" and change.seller:
        return _("%(seller)s sells here no more") % {"seller": change.seller.name}
    assert change.client is not None
    if change.seller is None:
        return _("%(client)s: nobody holds him now") % {"client": change.client.name}
    return _("%(client)s: now with %(seller)s") % {"client": change.client.name, "seller": change.seller.name}
