"""Two cards side by side: what each says, what speaks for one client, what one of them would be afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clientarium.decisions.clients import (
    Client,
    ContactKind,
    CustomField,
    DuplicatePair,
    LegalEntity,
    MergePreview,
    NotDuplicate,
    contacts_of,
    custom_fields,
    entities_of,
    preview_merge,
)
from clientarium.decisions.people import Seller

TITLES: dict[str, str | Promise] = {
    "name": _("Client’s name"),
    "inn": _("INN"),
    "kpp": _("KPP"),
    "ogrn": _("OGRN"),
    "code": _("Code"),
    "city": _("City"),
    "address": _("Address"),
    "segment": _("Segment"),
    "holder": _("Held by"),
    "phones": _("Phones"),
    "emails": _("E-mails"),
}
"""In the order of the page; the search for duplicates calls its reasons by the same words."""

MONEY = ("revenue_12m", "margin_12m")


@dataclass(frozen=True)
class ComparedRow:
    """One line of the table. `reasons` are those of the search; `after`: what the client would show."""

    title: str | Promise
    kept: str
    alias: str
    after: str
    is_borrowed: bool
    reasons: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def weight(self) -> float | None:
        return sum(float(reason["weight"]) for reason in self.reasons) if self.reasons else None

    @property
    def differs(self) -> bool:
        return bool(self.kept and self.alias and self.kept != self.alias)


@dataclass(frozen=True)
class Compared:
    """`kept` is the card that stays, `alias` the one that becomes a part of it."""

    kept: Client
    alias: Client
    pair: DuplicatePair | None
    answer: NotDuplicate | None
    preview: MergePreview
    rows: list[ComparedRow]

    @property
    def holder_changes(self) -> bool:
        """Whether somebody loses a client by this merge."""
        return self.alias.holder_id is not None and self.alias.holder_id != (
            self.preview.holder.pk if self.preview.holder else None
        )

    def figures(self, word: str) -> tuple[Any, Any]:
        """(of the card that stays, of the other)."""
        return tuple(self.preview.figures[one.pk].get(word) for one in (self.kept, self.alias))  # type: ignore[return-value]


def compared(kept: Client, alias: Client) -> Compared:
    """Everything the page of two cards says."""
    first, second = sorted((kept.pk, alias.pk))
    pair = DuplicatePair.objects.filter(a_id=first, b_id=second).first()
    answer = NotDuplicate.objects.filter(Q(a_id=first, b_id=second)).select_related("by").first()
    preview = preview_merge(alias, into=kept)
    reasons: dict[str, list[Mapping[str, Any]]] = {}
    for reason in pair.reasons if pair else []:
        reasons.setdefault(reason["field"], []).append(reason)
    fields = list(custom_fields())
    left, right = words_of(kept, fields), words_of(alias, fields)
    after = after_words(preview, left, right, fields)
    titles = TITLES | {one.word: str(one) for one in fields}
    known = [word for word in titles if left.get(word) or right.get(word) or word in reasons]
    borrowed = preview.borrowed
    rows = [
        ComparedRow(
            title=titles[word],
            kept=left.get(word, ""),
            alias=right.get(word, ""),
            after=after.get(word, ""),
            is_borrowed=word in borrowed or (word in ("phones", "emails") and after.get(word) != left.get(word)),
            reasons=reasons.pop(word, []),
        )
        for word in known
    ]
    rows += [ComparedRow(name, "", "", "", False, found) for name, found in reasons.items()]
    return Compared(kept, alias, pair, answer, preview, rows)


def words_of(client: Client, fields: list[CustomField]) -> dict[str, str]:
    """word → text of what the card shows; unknown ones left out."""
    contacts = contacts_of(client)
    entities: list[LegalEntity] = list(entities_of(client))
    said: dict[str, Any] = {
        **{word: getattr(client, word) for word in ("name", "inn", "kpp", "code", "city", "segment")},
        "holder": client.holder.name if client.holder else None,
        "ogrn": ", ".join(sorted({one.ogrn for one in entities if one.ogrn})),
        "address": "; ".join(sorted({one.address for one in entities if one.address})),
        "phones": ", ".join(one.value for one in contacts if one.kind == ContactKind.PHONE),
        "emails": ", ".join(one.value for one in contacts if one.kind == ContactKind.EMAIL),
        **{one.word: client.fields.get(one.slug) for one in fields},
    }
    return {word: str(value) for word, value in said.items() if value not in (None, "")}


def after_words(
    preview: MergePreview, left: Mapping[str, str], right: Mapping[str, str], fields: list[CustomField]
) -> dict[str, str]:
    """word → text of what the client would show."""
    after = {"name": left["name"]}
    for word in ("code", "inn", "kpp", "city", "segment", *(one.word for one in fields)):
        if word in preview.shown:
            after[word] = str(preview.shown[word][0])
    holder: Seller | None = preview.holder
    if holder:
        after["holder"] = holder.name
    for word, between in (("phones", ", "), ("emails", ", "), ("ogrn", ", "), ("address", "; ")):
        both = [part for text in (left.get(word), right.get(word)) if text for part in text.split(between)]
        if both:
            after[word] = between.join(dict.fromkeys(both))
    return after
