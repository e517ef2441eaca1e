"""Two hundred reports drawn at random come back fact for fact, to the last kopeck."""

import os
import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from clientarium.core.intake.kinds.parties import seller_key
from tests.core.intake.tables import rows_of, stage_here, understand_here

from .drawn import Drawn, reports

# The same two hundred every time; ask for another number and they are new ones.
ASKED = os.environ.get("CLIENTARIUM_REPORT_EXAMPLES")  # set: how many new reports to draw
EXAMPLES = int(ASKED or 200)
NAMES = ("client_key", "product", "doc_id", "sold_on", "seller", "quantity", "revenue", "cost")


def comparable(facts: list[dict[str, object]]) -> list[tuple[str, ...]]:
    return sorted(tuple(_text(fact.get(name)) for name in NAMES) for fact in facts)


def _text(value: object) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else "" if value is None else str(value)


@settings(max_examples=EXAMPLES, derandomize=ASKED is None, deadline=None, suppress_health_check=list(HealthCheck))
@given(reports())
def test_report_comes_back_fact_for_fact(drawn: Drawn) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = drawn.write(Path(folder))
        understanding = understand_here(path)
        layout = understanding.layout()
        staged = stage_here(path, layout=layout, no_client="anonymous")
        expected = [{**fact, "seller": fact["seller"] and seller_key(str(fact["seller"]))} for fact in drawn.facts]
        assert comparable(rows_of(staged)) == comparable(expected)
        assert (staged.refused, staged.agree) == (0, True)
        assert understanding.report is not None
        assert understanding.report.agrees
        assert understanding.report.has_total == drawn.has_total
