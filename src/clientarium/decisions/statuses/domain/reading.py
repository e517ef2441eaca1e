"""Answers that come as a file rather than one by one."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied

from clientarium.core.ground import N_
from clientarium.decisions.clients import LegalEntity
from clientarium.decisions.journal import record
from clientarium.decisions.people import User
from clientarium.decisions.runs import Lease, ReceivedFile, Run, RunKind, enqueue, path_of

from ..choices import StatusVerb
from ..models import StatusAnswer
from ..rules import can_check_statuses
from .due import make_missing_entities
from .noting import note_answer, spread_known_answers
from .providers import RegisterAnswer, Requisites, read_register_file

AT_ONCE = 200
"""Answers of one transaction: a stopped run has kept all before, and reading the file again changes nothing in them."""

READING_REGISTER = N_("Reading the register file")
NOTING = N_("Noting the statuses")
PROBLEMS_KEPT = 20
FILE_LANE = "status_check"


def start_reading(received: ReceivedFile, *, by: User | None) -> Run:
    """Queue the reading of a register file."""
    if by is not None and not can_check_statuses(by):
        raise PermissionDenied
    return enqueue(RunKind.STATUS_CHECK, arguments={"file": received.pk}, by=by, lane=FILE_LANE)


def reading_run(lease: Lease) -> dict[str, object]:
    """The work of a run over a file: counts of lines read, of ours, of changes, and the first lines not understood."""
    received = ReceivedFile.objects.get(pk=lease.run.arguments["file"])
    lease.progress(READING_REGISTER)
    found = read_register_file(path_of(received), received.name)
    make_missing_entities()
    spread_known_answers()
    answers = ours_among(found.answers)
    counts = {"read": len(found.answers) + len(found.problems), "ours": len(answers), "changed": 0}
    for first in range(0, len(answers), AT_ONCE):
        lease.progress(NOTING, first, len(answers))
        with lease.commit():
            for answer in answers[first : first + AT_ONCE]:
                counts["changed"] += sum(
                    change.is_alert for change in note_answer(answer, source=received.name[:100], by=None)
                )
    with lease.commit():
        record(StatusVerb.STATUSES_READ, target=received, by=lease.run.created_by, data=counts)
    problems = [str(problem) for problem in found.problems]
    return {**counts, "not_understood": len(problems), "first_problems": problems[:PROBLEMS_KEPT]}


def ours_among(answers: Sequence[RegisterAnswer]) -> list[RegisterAnswer]:
    """The answers about firms of the base that say something new.

    A line without a KPP speaks of every entity with its INN; firms that are not in the base are passed over.
    """
    places: dict[str, set[str]] = {}
    for inn, kpp in LegalEntity.objects.filter(inn__isnull=False).values_list("inn", "kpp").distinct():
        places.setdefault(str(inn), set()).add(kpp or "")
    known = {
        (inn, kpp): (status, on)
        for inn, kpp, status, on in StatusAnswer.objects.values_list("inn", "kpp", "status", "status_on")
    }
    spread = [one for answer in answers for one in _spread(answer, places.get(answer.about.inn, set()))]
    return [one for one in spread if known.get((one.about.inn, one.about.kpp)) != (one.status, one.status_on)]


def _spread(answer: RegisterAnswer, places: set[str]) -> list[RegisterAnswer]:
    about = answer.about
    wanted = {about.kpp} & places if about.kpp else places
    return [
        RegisterAnswer(Requisites(about.inn, kpp), answer.status, answer.status_on, answer.name, answer.ogrn)
        for kpp in sorted(wanted)
    ]
