"""Changing what is known of one who asks: his margin, his penalty and how likely it is. Scenarios are counted anew."""

from decimal import Decimal

from django.db import transaction

from clientarium.core.ground import N_, UserError
from clientarium.core.strategy import choice_as_json
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import CapacityVerb
from ..models import Row, Shortlist
from ..queries.lists import contenders_of
from ..queries.wanted import Wanted
from .making import require
from .scenarios import SECONDS, answer_of, hands_of

LARGEST = Decimal(10) ** 15


@transaction.atomic
def edit_row(
    shortlist: Shortlist, position: int, *, margin: Decimal, penalty: Decimal, probability: float, by: User
) -> Row:
    """The figures of one row; the same ones change nothing. Hands laid on scenarios stand.

    Raises UserError for figures that make no sense, for a list decided upon, Row.DoesNotExist for a row it has not.
    """
    require(by)
    shortlist = Shortlist.objects.select_for_update().get(pk=shortlist.pk)
    row: Row = shortlist.rows.get(position=position)
    if not (margin.is_finite() and penalty.is_finite() and abs(margin) < LARGEST and 0 <= penalty < LARGEST):
        raise UserError(N_("Write sums of money; a penalty is not below zero."))
    if not 0 <= probability <= 1:
        raise UserError(N_("The probability is between 0 and 100 %."))
    if shortlist.scenarios.filter(decided_at__isnull=False).exists():
        raise UserError(N_("The list is decided upon."), cure=N_("Take the decision back first."))
    before = {"margin": str(row.margin), "penalty": str(row.penalty), "probability": row.probability}
    row.margin, row.penalty = margin.quantize(Decimal("0.01")), penalty.quantize(Decimal("0.01"))
    row.probability = probability
    after = {"margin": str(row.margin), "penalty": str(row.penalty), "probability": row.probability}
    if before == after:
        return row
    row.save(update_fields=["margin", "penalty", "probability"])
    count_anew(shortlist)
    record(CapacityVerb.ROW_EDITED, target=shortlist, by=by, data={"row": position, "from": before, "to": after})
    return row


def count_anew(shortlist: Shortlist) -> None:
    """Every scenario under the rows of now; together they take no longer than a few single ones."""
    contenders, scenarios = contenders_of(shortlist), list(shortlist.scenarios.all())
    for scenario in scenarios:
        wanted = Wanted.of(scenario.capacity, scenario.weights)
        seconds = max(2 * SECONDS / len(scenarios), 1.0)
        choice = answer_of(contenders, wanted, fixed=hands_of(scenario.fixed), seconds=seconds)
        scenario.answer = choice_as_json(choice)
        scenario.save(update_fields=["answer"])
