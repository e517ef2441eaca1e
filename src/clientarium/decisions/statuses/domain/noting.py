"""Writing a status down: the entity, its history, the alert and the journal, in one transaction."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import ClientVerb, LegalEntity, LegalStatus
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import BY_PERSON, TROUBLED, StatusVerb
from ..models import StatusAnswer, StatusChange
from ..queries import changes_visible_to, entities_visible_to
from ..rules import can_handle_alert, can_set_status
from .providers import RegisterAnswer


@transaction.atomic
def set_status(
    entity: LegalEntity, status: LegalStatus | str, *, on: date | None = None, reason: str, by: User | None
) -> StatusChange | None:
    """A person's own word about a legal entity he sees; it stands until a register says something new.

    None where the status is that already. Raises UserError without a reason.
    """
    if by is not None:
        if not can_set_status(by):
            raise PermissionDenied
        entity = entities_visible_to(by).get(pk=entity.pk)
    if status not in LegalStatus.values:
        raise UserError(N_("There is no status “%(status)s”."), status=status)
    if not reason.strip():
        raise UserError(N_("This needs a reason."))
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise UserError(N_("A status cannot begin in the future."))
    return _note(entity, LegalStatus(status), on=day, source=BY_PERSON, by=by, reason=reason.strip())


@transaction.atomic
def note_answer(answer: RegisterAnswer, *, source: str, by: User | None = None) -> list[StatusChange]:
    """Keep a register's answer and what it changes: on every card that bears these requisites.

    A status set by hand stays while the register says what it said before that.
    """
    about = answer.about
    before = StatusAnswer.objects.select_for_update().filter(inn=about.inn, kpp=about.kpp).first()
    said_before = before.status if before else None
    StatusAnswer.objects.update_or_create(
        inn=about.inn,
        kpp=about.kpp,
        defaults={
            "status": answer.status,
            "status_on": answer.status_on,
            "name": answer.name[:500],
            "ogrn": answer.ogrn[:20],
            "source": source,
            "asked_at": timezone.now(),
        },
    )
    if answer.status is None:
        return []
    changes = []
    for entity in LegalEntity.objects.select_for_update().filter(inn=about.inn, **_kpp(about.kpp)):
        if entity.status_source == BY_PERSON and (before is not None and said_before == answer.status):
            continue
        on = answer.status_on or timezone.localdate()
        changed = _note(entity, answer.status, on=on, source=source, by=by, reason="")
        changes += [changed] if changed else []
    return changes


@transaction.atomic
def handle_alert(change: StatusChange, *, note: str = "", by: User) -> StatusChange:
    """Say that the change was looked at; whoever sees the client may."""
    if not can_handle_alert(by):
        raise PermissionDenied
    change = changes_visible_to(by).select_for_update(of=("self",)).get(pk=change.pk)
    if change.handled_at is None:
        change.handled_at, change.handled_by, change.handled_note = timezone.now(), by, note.strip()
        change.save(update_fields=["handled_at", "handled_by", "handled_note"])
        record(StatusVerb.STATUS_HANDLED, target=change.entity, by=by, reason=change.handled_note)
    return change


@transaction.atomic
def spread_known_answers() -> int:
    """Give entities without a status the answer that is already kept about their requisites; how many got one."""
    without = LegalEntity.objects.filter(status__isnull=True, inn__in=StatusAnswer.objects.values("inn"))
    answers = {(one.inn, one.kpp): one for one in StatusAnswer.objects.filter(inn__in=without.values("inn"))}
    given = 0
    for entity in without.select_related("client"):
        answer = answers.get((str(entity.inn), entity.kpp or ""))
        if answer and answer.status:
            on = answer.status_on or timezone.localdate(answer.asked_at)
            _note(entity, LegalStatus(answer.status), on=on, source=answer.source, by=None, reason="")
            given += 1
    return given


def _kpp(kpp: str) -> dict[str, object]:
    return {"kpp": kpp} if kpp else {"kpp__isnull": True}


def _note(
    entity: LegalEntity, status: LegalStatus, *, on: date, source: str, by: User | None, reason: str
) -> StatusChange | None:
    before = entity.status
    entity.status, entity.status_on, entity.status_source = status, on, source
    entity.save(update_fields=["status", "status_on", "status_source"])
    if before == status:
        return None
    is_alert = status in TROUBLED or before in TROUBLED
    change = StatusChange.objects.create(
        entity=entity,
        before=before,
        after=status,
        status_on=on,
        source=source,
        by=by,
        reason=reason,
        is_alert=is_alert and source != BY_PERSON,
    )
    if is_alert or source == BY_PERSON:  # the first “active” of a hundred thousand firms is no decision
        data = {"from": before, "to": str(status), "on": on, "source": source, "entity": str(entity)}
        record(ClientVerb.LEGAL_STATUS_SET, target=entity.client, by=by, reason=reason, data=data)
    return change
