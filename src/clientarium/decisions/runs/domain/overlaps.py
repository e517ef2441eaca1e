"""Periods that cannot be told apart: a report without days of its own, and a report saved with a filter.

Every row of such a report bears the last day of its period. Half of an old period cannot be taken out of the base, and
what a filter left out of the new report must not disappear with the period it replaces: both stop the load. A mode the
user chooses himself is obeyed.
"""

from clientarium.core.ground import N_, UserError
from clientarium.core.pipeline import Layout, Staged

from ..choices import ImportMode, ImportState
from ..models import Import
from .modes import FACT_OF_KIND, ChosenMode


def refuse_overlap(chosen: ChosenMode, *, layout: Layout, staged: Staged, source: str) -> None:
    """UserError when loading as `chosen` would count days twice, or delete what the report only left out."""
    if layout.kind not in FACT_OF_KIND or staged.first_on is None or staged.last_on is None:
        return
    if chosen.mode == ImportMode.REPLACE and staged.report is not None and staged.report.filters:
        raise UserError(
            N_("This report was saved with a filter (%(filter)s), and “%(source)s” has sent these days before: replacing them would delete the clients the filter left out."),  # noqa: E501 -- one sentence
            cure=N_("Save the report without the filter, or choose yourself what to do with the days loaded before."),
            filter=staged.report.filters[0][:200],
            source=source,
        )  # fmt: skip
    earlier = Import.objects.select_related("file").filter(
        state=ImportState.LOADED,
        source=source,
        kind=layout.kind,
        first_on__lte=staged.last_on,
        last_on__gte=staged.first_on,
    )
    for one in earlier.order_by("pk"):
        assert one.first_on and one.last_on, "the query asks for imports with days"
        covers = one.first_on >= staged.first_on and one.last_on <= staged.last_on
        if not covers and (layout.dated_by_period or one.layout.get("dated_by_period")):
            raise _cannot_be_cut(one, staged=staged)


def _cannot_be_cut(earlier: Import, *, staged: Staged) -> UserError:
    def days(first: object, last: object) -> str:
        return f"{first:%d.%m.%Y}–{last:%d.%m.%Y}"

    return UserError(
        N_("The period of this report (%(period)s) overlaps that of import no. %(number)s (%(earlier)s, “%(name)s”), and without days inside they cannot be told apart."),  # noqa: E501 -- one sentence
        cure=N_("Undo that import first, or save the report for a period that covers it whole or does not touch it."),
        period=days(staged.first_on, staged.last_on),
        number=earlier.pk,
        earlier=days(earlier.first_on, earlier.last_on),
        name=earlier.file.name,
    )  # fmt: skip
