"""Who would move if a number changed: asked of a counted base, nothing saved."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from clientarium.decisions.grades import SchemeVersion, scheme_path
from clientarium.decisions.runs import Run
from tests.decisions.runs.company import FEBRUARY, JANUARY, load_file, run_waiting_pulse
from tests.interfaces.web.small_scheme import small_definitions

AS_OF = date(2026, 2, 27)
SHARE = "number:A:parts.0.parts.0.right:percent"


@pytest.fixture
def counted(cast: Any, transactional_db: Any, settings: Any, tmp_path: Path) -> Any:
    """Birch brings 1 400 of margin, Aspen 300, Cedar 150: by the rule Birch alone is an A."""
    settings.CLIENTARIUM_HOME = tmp_path
    settings.CLIENTARIUM_DEFINITIONS = small_definitions(tmp_path / "definitions")
    for folder in ("ledger", "snapshots", "files", "staging"):
        (tmp_path / folder).mkdir()
    load_file(JANUARY, by=cast.owner)
    load_file(FEBRUARY, by=cast.owner)
    run_waiting_pulse()
    return cast


def moves(answer: Any) -> list[tuple[Any, ...]]:
    return [(move.before.code, move.after.code, move.clients, move.money) for move in answer.context["moves"]]


def test_a_changed_number_shows_who_would_move_and_saves_nothing(counted: Any, signed_in: Any) -> None:
    before, runs = scheme_path("grade").read_text(encoding="utf-8"), Run.objects.count()
    answer = signed_in(counted.head).post(reverse("preview_scheme", args=["grade"]), {SHARE: "80"})
    assert moves(answer) == [("D", "A", 1, 300)]
    changes = [(one.code.code, one.before, one.after, one.money) for one in answer.context["changes"]]
    assert changes == [("A", 1, 2, 300), ("D", 2, 1, -300)]
    assert [(mover.name, mover.before.code, mover.after.code) for mover in answer.context["movers"]] == [
        ("Осина", "D", "A")
    ]
    assert (scheme_path("grade").read_text(encoding="utf-8"), SchemeVersion.objects.count()) == (before, 0)
    assert Run.objects.count() == runs


def test_a_number_as_it_was_moves_nobody_and_asks_nothing(counted: Any, signed_in: Any) -> None:
    answer = signed_in(counted.head).post(reverse("preview_scheme", args=["grade"]), {SHARE: "50"})
    assert (answer.status_code, answer.context.get("found")) == (200, None)


def test_a_whole_text_is_tried_too(counted: Any, signed_in: Any) -> None:
    text = scheme_path("grade").read_text(encoding="utf-8").replace("return_on_cost_12m >= median", "0.01 >= median")
    answer = signed_in(counted.head).post(reverse("preview_scheme", args=["grade"]), {"text": text})
    assert moves(answer) == [("A", "D", 1, 1400)]
