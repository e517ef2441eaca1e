"""The firm's list of reasons why clients leave."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clientarium.core.ground import N_, UserError
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import WinbackVerb
from ..models import Reason
from ..rules import can_edit_reasons

TITLE_CHARACTERS = 200


@transaction.atomic
def save_reason(reason: Reason | None, *, title_ru: str, title_en: str = "", is_ours: bool, by: User) -> Reason:
    """A new reason (None) or another wording of one. Raises UserError without a title, or for one that is there."""
    _require(by)
    title_ru, title_en = (" ".join(text.replace("\0", "").split()) for text in (title_ru, title_en))
    if not title_ru:
        raise UserError(N_("Write the reason."))
    if max(len(title_ru), len(title_en)) > TITLE_CHARACTERS:
        raise UserError(N_("At most %(limit)s characters fit here."), limit=TITLE_CHARACTERS)
    same = Reason.objects.filter(title_ru=title_ru).first()
    if same is not None and same != reason:
        raise UserError(N_("The reason “%(title)s” is in the list already."), title=title_ru)
    after = {"title_ru": title_ru, "title_en": title_en, "is_ours": is_ours}
    if reason is None:
        reason = Reason.objects.create(**after)
        record(WinbackVerb.LOSS_REASON_ADDED, target=reason, by=by, data=after)
        return reason
    before = {name: getattr(reason, name) for name in after}
    if before != after:
        for name, value in after.items():
            setattr(reason, name, value)
        reason.save(update_fields=list(after))
        record(WinbackVerb.LOSS_REASON_EDITED, target=reason, by=by, data={"from": before, "to": after})
    return reason


@transaction.atomic
def remove_reason(reason: Reason, *, is_removed: bool, by: User) -> Reason:
    """Offer it no more, or again; the cases that name it keep it."""
    _require(by)
    if reason.is_removed != is_removed:
        reason.is_removed = is_removed
        reason.save(update_fields=["is_removed"])
        verb = WinbackVerb.LOSS_REASON_REMOVED if is_removed else WinbackVerb.LOSS_REASON_RESTORED
        record(verb, target=reason, by=by)
    return reason


def _require(by: User) -> None:
    if not can_edit_reasons(by):
        raise PermissionDenied
