"""Taking a decision about categories back, exactly."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from clientarium.core.ground import N_, UserError
from clientarium.decisions.journal import Entry, record
from clientarium.decisions.people import User

from ..choices import GradeVerb, ProposalState, SchemeVerb
from ..models import CategoryInterval, Proposal
from .permission import require_confirming
from .state import put_category_into_state, put_decisions_into_state


@transaction.atomic
def undo_decision(entry: Entry, *, by: User, reason: str = "") -> Entry:
    """Restore the categories, the proposals and the lists as they were before `entry`; the entry of the undoing.

    Raises UserError if it was undone before, is no decision about categories, or was decided upon again since.
    """
    require_confirming(by)
    if entry.verb not in GradeVerb.values:
        raise UserError(N_("This entry of the journal is no decision about categories."))
    if Entry.objects.filter(undoes=entry).exists():
        raise UserError(N_("This decision was already undone."))
    opened = CategoryInterval.objects.filter(opened_by=entry)
    overtaken = opened.filter(last_day__isnull=False).count()
    if overtaken:
        raise UserError(
            N_("%(clients)s clients of this decision were graded again later."),
            cure=N_("Undo the later decision first."),
            clients=overtaken,
        )
    undoing: Entry = record(
        SchemeVerb.DECISION_UNDONE, target=None, by=by, reason=reason, data=entry.data, undoes=entry
    )
    _show_what_was(entry)
    opened.delete()
    CategoryInterval.objects.filter(closed_by=entry).update(last_day=None, closed_by=None)
    _put_proposals_back(entry)
    return undoing


def _show_what_was(entry: Entry) -> None:
    if entry.verb == GradeVerb.PROPOSALS_CONFIRMED:
        put_decisions_into_state(Proposal.objects.filter(decision=entry), field="from_category")
    elif entry.verb == GradeVerb.CATEGORY_OVERRIDDEN:
        put_category_into_state(int(entry.target_id), scheme=entry.data["scheme"], category=entry.data["from"])


def _put_proposals_back(entry: Entry) -> None:
    """To waiting, unless a newer proposal about the same client and scheme waits already."""
    undecided = {"decided_by": None, "decided_at": None, "decision": None, "lapsed": False}
    decided = Proposal.objects.filter(decision=entry)
    newer = Proposal.objects.filter(
        client_id=OuterRef("client_id"), scheme=OuterRef("scheme"), state=ProposalState.WAITING
    )
    decided.filter(Exists(newer)).update(state=ProposalState.SUPERSEDED, **undecided)
    decided.update(state=ProposalState.WAITING, **undecided)
