"""Setting the norms of time: versions of the file, what they were when the base was counted, what each change does."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError
from clientarium.core.readings import DocumentCount, LoadCounts, TouchCount
from tests.homes import empty_home

pytestmark = pytest.mark.django_db

SALES_HOUR = ("hourly_cost", "sales")
COUNTED = LoadCounts(
    touches=(
        TouchCount("A", "Продажи", "call", 10, 4, 60.0),
        TouchCount("D", None, "call", 10, 10, 0.0),
        TouchCount("D", "Бухгалтерия", "document", 2, 1, 20.0),
    ),
    documents=(
        DocumentCount("A", 1, 10, Decimal(90_000)),
        DocumentCount("D", 5, 10, Decimal(10_000)),
        DocumentCount(None, 3, 0, Decimal(0)),
    ),
    measure="margin",
)


@pytest.fixture
def home(tmp_path, settings, db):
    return empty_home(tmp_path, settings)


@pytest.fixture
def snapshot(home):
    from clientarium.decisions.runs.models import Snapshot

    now = datetime.now(UTC)
    return Snapshot.objects.create(
        as_of=date(2026, 3, 31), ledger_version=1, rows=1, made_at=now - timedelta(hours=1), is_published=True
    )


def test_a_saved_norm_is_a_version_and_a_line_of_the_journal(home, cast):
    from clientarium.decisions.attention import current_norms, norms_history, set_norms
    from clientarium.decisions.journal import Entry

    version = set_norms({SALES_HOUR: Decimal(1500)}, by=cast.owner, note="новый оклад")
    assert current_norms().hourly("sales") == 1500
    assert "# What an hour of a department costs the firm" in version.text
    assert [(one.by, one.note) for one in norms_history()] == [(cast.owner, "новый оклад"), (None, "")]
    assert list(Entry.objects.filter(verb__startswith="norms").values_list("verb", "by", "reason")) == [
        ("norms_saved", cast.owner.pk, "новый оклад")
    ]


def test_the_same_norms_are_saved_by_nobody(home, cast):
    from clientarium.decisions.attention import norms_history, set_norms

    assert set_norms({SALES_HOUR: Decimal(1000)}, by=cast.head) is None
    assert norms_history() == []


def test_an_earlier_text_comes_back(home, cast):
    from clientarium.decisions.attention import current_norms, norms_history, restore_norms, set_norms

    set_norms({SALES_HOUR: Decimal(1500)}, by=cast.owner)
    restore_norms(norms_history()[-1], by=cast.head)
    assert (current_norms().hourly("sales"), len(norms_history())) == (1000, 3)


def test_who_does_not_decide_sets_nothing(home, cast):
    from clientarium.decisions.attention import set_norms

    for user in (cast.anna, cast.marketer, cast.support, cast.administrator):
        with pytest.raises(PermissionDenied):
            set_norms({SALES_HOUR: Decimal(1)}, by=user)


def test_two_who_edit_at_once_do_not_overwrite_each_other(home, cast):
    from clientarium.decisions.attention import set_norms
    from clientarium.decisions.grades import norms_path, text_hash

    opened = text_hash(norms_path().read_text("utf-8"))
    set_norms({SALES_HOUR: Decimal(1500)}, by=cast.owner, expected_hash=opened)
    with pytest.raises(UserError, match="Somebody changed the norms"):
        set_norms({SALES_HOUR: Decimal(1200)}, by=cast.head, expected_hash=opened)


def test_figures_keep_to_the_norms_of_their_count(snapshot, cast):
    """Saved after the count: the page goes by the earlier ones and says so, until the next count."""
    from clientarium.decisions.attention import counted_norms, set_norms, waits_for_pulse
    from clientarium.decisions.runs.models import Snapshot

    assert not waits_for_pulse()
    set_norms({SALES_HOUR: Decimal(1500)}, by=cast.owner)
    assert (counted_norms().hourly("sales"), waits_for_pulse()) == (1000, True)
    Snapshot.objects.update(made_at=datetime.now(UTC))
    assert (counted_norms().hourly("sales"), waits_for_pulse()) == (1500, False)


def test_load_of_counts_by_hand(home):
    """A: 60 measured, 4 calls at 8, 10 documents at 33; D: 10 calls at 8, 20 measured, one document at 15, 10 at 33."""
    from clientarium.decisions.attention import current_norms, load_of

    load = load_of(COUNTED, current_norms())
    assert {one.key: (one.minutes_measured, one.minutes_estimated) for one in load.keys} == {
        "A": (60.0, 362.0),
        "D": (20.0, 425.0),
    }
    assert {one.key: one.load_share for one in load.keys} == pytest.approx({"A": 422 / 867, "D": 445 / 867})
    assert {one.key: one.money_share for one in load.keys} == {"A": 0.9, "D": 0.1}
    assert load.heaviest is not None
    assert (load.heaviest.key, load.measured_share) == ("D", pytest.approx(80 / 867))
    assert {one.service: one.hours for one in load.services} == pytest.approx(
        {"sales": (92 + 80 + 200) / 60, "accounting": (35 + 160) / 60, "warehouse": 300 / 60}
    )


def test_by_documents_alone_everything_is_estimated(home):
    from clientarium.decisions.attention import Basis, current_norms, load_of

    load = load_of(COUNTED, current_norms(), basis=Basis.DOCUMENTS)
    assert ([one.load_share for one in load.keys], load.measured_share) == ([0.5, 0.5], 0.0)


def test_without_touches_the_effort_is_unknown_not_nought(home):
    from dataclasses import replace

    from clientarium.decisions.attention import Basis, current_norms, load_of

    quiet = replace(COUNTED, touches=())
    load = load_of(quiet, current_norms())
    assert ({one.load_share for one in load.keys}, load.heaviest, load.has_touches) == ({None}, None, False)
    by_documents = load_of(quiet, current_norms(), basis=Basis.DOCUMENTS)
    assert [one.load_share for one in by_documents.keys] == [0.5, 0.5]


def test_nothing_sold_nothing_done(home):
    from clientarium.decisions.attention import current_norms, load_of

    load = load_of(LoadCounts((), (), "revenue"), current_norms())
    assert (load.keys, load.services, load.hours, load.measured_share) == ((), (), 0, None)


def test_a_wrong_norm_is_tried_by_nobody(home):
    from clientarium.decisions.attention import tried_norms

    with pytest.raises(UserError) as caught:
        tried_norms({("hourly_cost", "default"): None})
    assert caught.value.place.startswith("norms.yaml:")


def test_departments_of_the_files_take_the_norms_of_their_services(home, cast):
    from clientarium.decisions.attention import current_norms, norms_of_services, set_norms, unnamed_departments

    norms = current_norms()
    names = unnamed_departments(COUNTED, norms)
    assert (names, norms.hourly("Продажи"), norms.minutes("document", "Бухгалтерия")) == (
        ["Бухгалтерия", "Продажи"],
        900,
        15,
    )
    set_norms(norms_of_services(names, norms), by=cast.owner)
    norms = current_norms()
    assert (unnamed_departments(COUNTED, norms), norms.hourly("Продажи")) == ([], 1000)
    assert norms.minutes("document", "Бухгалтерия") == 10


def test_before_the_first_count_there_is_nothing_to_tell(home, cast):
    from clientarium.decisions.attention import hours_of, load_by, try_norms, whale_of

    assert (load_by("grade", user=cast.owner), whale_of(user=cast.owner)) == (None, None)
    assert hours_of([1, 2], by=cast.owner) == {}
    assert try_norms({SALES_HOUR: Decimal(1)}, user=cast.owner).after is None
