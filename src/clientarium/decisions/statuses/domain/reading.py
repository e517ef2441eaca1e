"""Answers that come as a file rather than one by one."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clientarium.decisions.clients import LegalEntity
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import StatusVerb
from ..rules import can_check_statuses
from .due import make_missing_entities
from .noting import note_answer
from .providers import RegisterAnswer, Requisites


def take_answers(answers: Iterable[RegisterAnswer], *, source: str, by: User | None) -> dict[str, int]:
    """Note the answers about firms of the base: whole, or not at all. Counts of lines read, ours, and changes.

    A line without a KPP speaks of every entity with its INN; firms that are not in the base are passed over.
    """
    if by is not None and not can_check_statuses(by):
        raise PermissionDenied
    counts = {"read": 0, "ours": 0, "changed": 0}
    with transaction.atomic():
        make_missing_entities()
        known: dict[str, set[str]] = {}
        for inn, kpp in LegalEntity.objects.filter(inn__isnull=False).values_list("inn", "kpp").distinct():
            known.setdefault(str(inn), set()).add(kpp or "")
        for answer in answers:
            counts["read"] += 1
            ours = _ours(answer, known.get(answer.about.inn, set()))
            counts["ours"] += bool(ours)
            for one in ours:
                counts["changed"] += sum(change.is_alert for change in note_answer(one, source=source, by=by))
        record(StatusVerb.STATUSES_READ, target=None, by=by, data={"source": source, **counts})
    return counts


def _ours(answer: RegisterAnswer, places: set[str]) -> list[RegisterAnswer]:
    about = answer.about
    wanted = (about.kpp,) if about.kpp in places else places if not about.kpp else {""} & places
    return [
        RegisterAnswer(Requisites(about.inn, kpp), answer.status, answer.status_on, answer.name, answer.ogrn)
        for kpp in sorted(wanted)
    ]
