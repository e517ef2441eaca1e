"""A published base with a forecast, state and snapshot alike: what a pulse leaves, without a pulse."""

from datetime import UTC, date, datetime
from pathlib import Path

from clientarium.core.ground.expressions import ValueType
from tests.core.readings.years import COLUMNS, write, year

AS_OF = date(2026, 10, 31)
QUARTER_AGO = date(2026, 7, 31)

KINDS = {
    "int64": ValueType.INTEGER,
    "double": ValueType.NUMBER,
    "string": ValueType.TEXT,
    "date32[day]": ValueType.DATE,
}
CARD = ("client_id", "segment", "city", "seller")
"""Words of the card: a state takes them from the card itself."""


def publish(settings, rows, *, as_of=AS_OF, is_current=True):
    """`rows`: what years.year makes, `client_id` that of a client."""
    from clientarium.decisions.clients import publish_state
    from clientarium.decisions.runs.models import Snapshot

    write(Path(settings.CLIENTARIUM_HOME), rows, as_of=as_of)
    Snapshot.objects.create(
        as_of=as_of,
        ledger_version=-1,
        rows=len(rows),
        is_published=is_current,
        made_at=datetime(2026, 11, 1, tzinfo=UTC),
    )
    if is_current:
        names = [name for name in COLUMNS if name not in CARD]
        columns = [(name, KINDS.get(str(COLUMNS[name]), ValueType.MONEY).value) for name in names]
        publish_state(columns, [(row["client_id"], *(row.get(name) for name in names)) for row in rows], as_of=as_of)


def three(cast, **more):
    """Birch brings 600 a year and grows, Cedar 300, Dill 100 and could take more."""
    return [
        year(cast.birch.pk, 600, past=600, before=500, grade="A", layer="anchor", segment="Агро", seller="Анна"),
        year(cast.cedar.pk, 300, grade="C", layer="growth", segment="ЖКХ", seller="Борис", **more),
        year(cast.dill.pk, 100, past=100, before=400, grade="C", layer="growth", segment="ЖКХ"),
    ]
