"""How the composition of the base changes (1.5.15): chance clients leave, lasting ones stay, or the other way round."""

from collections.abc import Sequence
from datetime import date

from clientarium.core.readings import Part, composition
from clientarium.decisions.clients import state_as_of
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.runs import Snapshot

from .keeping import content_keys, kept_by_date, measure_in_force
from .outcomes import dates_shown

SCHEMES = ("layer", "grade")


def mix_of(scheme: str) -> tuple[str, list[Part]]:
    """(measure, clients and money of each category of `scheme` on each month's last snapshot), oldest first."""
    as_of, keys, measure = state_as_of(), content_keys(), measure_in_force()
    if as_of is None or as_of not in keys:
        return measure, []
    live = Snapshot.objects.filter(is_backdated=False, as_of__lte=as_of).order_by("as_of")
    began_on = live.values_list("as_of", flat=True).first() or as_of
    dates = dates_shown([day for day in keys if day <= as_of], began_on=began_on)

    def read(missing: Sequence[date]) -> list[Part]:
        return composition(ledger_base(), scheme=scheme, dates=missing)

    parts = kept_by_date(
        f"composition:{scheme}",
        keys={day: keys[day] for day in dates},
        row=Part,
        measure=measure,
        read=read,
    )
    return measure, parts
