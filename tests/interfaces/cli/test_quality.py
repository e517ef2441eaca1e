"""`clientarium quality`, as a program and as a person reads it."""

import pytest

from tests.decisions.quality.conftest import AS_OF, base

__all__ = ["base"]

pytestmark = pytest.mark.django_db


def test_the_document_tells_score_faults_sellers_and_trend(base):
    from clientarium.decisions.quality import note_quality
    from clientarium.interfaces.cli.quality import quality_document

    note_quality(AS_OF)
    found = quality_document()
    assert {name: found[name] for name in ("as_of", "score", "score_by_money", "money", "clients", "faulty")} == {
        "as_of": AS_OF,
        "score": 40.0,
        "score_by_money": 27.5,
        "money": "margin_12m",
        "clients": 3,
        "faulty": 2,
    }
    assert [(one["kind"], one["clients"], int(one["money"])) for one in found["faults"]] == [
        ("no_contact", 2, 5000),
        ("bad_contact", 1, 5000),
        ("inn_wrong", 1, 5000),
        ("inn_missing", 1, 0),
        ("empty_field", 2, 5000),
        ("never_verified", 2, 5000),
        ("no_cost", 1, 0),
    ]
    assert [(one["seller"], one["score"]) for one in found["sellers"]] == [
        (base.boris_sells.name, 13),
        (base.anna_sells.name, 100),
        (None, 7),
    ]
    assert found["trend"] == [{"as_of": AS_OF, "score": 40.0, "score_by_money": 27.5, "clients": 3}]


def test_before_the_first_check_the_score_is_unknown(cast):
    from clientarium.interfaces.cli.quality import quality_document

    assert quality_document()["score"] is None


def test_people_read_kinds_by_name(base, capsys):
    from clientarium.interfaces.cli.commands.quality import _show
    from clientarium.interfaces.cli.quality import quality_document

    _show(quality_document())
    told = capsys.readouterr().out
    assert "40" in told.splitlines()[0]
    assert "inn_check = 'wrong' and data_quality is not null" in told
