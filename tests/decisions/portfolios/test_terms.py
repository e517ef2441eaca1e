"""Terms by version, strategies of the policy, absences; who may set them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from clientarium.core.ground import UserError
from clientarium.decisions.clients import transfer_client
from clientarium.decisions.journal import Entry
from clientarium.decisions.portfolios import (
    Absence,
    TermsWritten,
    absences_on,
    add_seller,
    hours_left,
    note_absence,
    remove_absence,
    set_terms,
    terms_on,
    undo_terms,
    working_sellers,
)
from tests.cast import make_client, make_seller

TODAY = date(2026, 3, 31)
LATER = date(2026, 4, 20)


def terms_of(cast, day=TODAY):
    return terms_on(day, [cast.anna_sells.pk])[cast.anna_sells.pk]


def numbers(terms):
    return terms.strategy, terms.norm_low, terms.norm_high, terms.ceiling, terms.hours_month


def test_without_own_terms_the_policy_speaks(base):
    assert numbers(terms_of(base)) == ("keeper", 50, 60, 70, 100.0)


def test_a_strategy_has_its_own_norm(base):
    set_terms(base.anna_sells, TermsWritten(strategy="deep"), from_day=TODAY, reason="крупные", by=base.head)
    assert numbers(terms_of(base)) == ("deep", 25, 30, 35, 100.0)


def test_versions_are_kept_and_begin_on_their_day(base):
    first = TermsWritten(norm_low=40, norm_high=50, ceiling=60, hours_month=80, cities=(" Тверь ", "Тверь", "Клин"))
    set_terms(base.anna_sells, first, from_day=TODAY, reason="новый город", by=base.head)
    second = set_terms(base.anna_sells, TermsWritten(ceiling=90), from_day=LATER, reason="просит больше", by=base.owner)
    assert numbers(terms_of(base)) == ("keeper", 40, 50, 60, 80.0)
    assert terms_of(base).cities == {"Тверь", "Клин"}
    assert numbers(terms_of(base, LATER)) == ("keeper", 50, 60, 90, 100.0)
    undo_terms(second, by=base.head)
    assert numbers(terms_of(base, LATER)) == ("keeper", 40, 50, 60, 80.0)
    assert [entry.verb for entry in Entry.objects.filter(target_kind="people.seller").order_by("pk")] == [
        "terms_set",
        "terms_set",
        "terms_undone",
    ]


def test_the_norm_follows_a_low_ceiling(base):
    set_terms(base.anna_sells, TermsWritten(ceiling=20), from_day=TODAY, reason="полставки", by=base.head)
    assert numbers(terms_of(base)) == ("keeper", 20, 20, 20, 100.0)


@pytest.mark.parametrize(
    ("written", "day", "reason"),
    [
        (TermsWritten(norm_low=60, norm_high=50), TODAY, "why"),
        (TermsWritten(norm_high=80, ceiling=70), TODAY, "why"),
        (TermsWritten(strategy="magic"), TODAY, "why"),
        (TermsWritten(hours_month=800), TODAY, "why"),
        (TermsWritten(ceiling=-1), TODAY, "why"),
        (TermsWritten(ceiling=10), TODAY, " "),
        (TermsWritten(ceiling=10), date(2026, 3, 1), "why"),  # people worked by the earlier terms
    ],
)
def test_what_terms_are_refused(base, written, day, reason):
    with pytest.raises(UserError):
        set_terms(base.anna_sells, written, from_day=day, reason=reason, by=base.head)
    assert not Entry.objects.filter(verb="terms_set").exists()


def test_only_leaders_set_terms(base):
    for user in (base.anna, base.marketer, base.support, base.administrator, base.nobody):
        with pytest.raises(PermissionDenied):
            set_terms(base.anna_sells, TermsWritten(), reason="why", by=user)
        with pytest.raises(PermissionDenied):
            note_absence(base.anna_sells, first_day=TODAY, last_day=None, reason="why", by=user)


def test_an_absence_takes_its_working_days_off_the_hours(base):
    """April 2026 has 22 working days; the week 6-10 takes five of them."""
    absence = note_absence(
        base.anna_sells, first_day=date(2026, 4, 4), last_day=date(2026, 4, 12), reason="отпуск", by=base.head
    )
    assert hours_left(110, [absence], month=date(2026, 4, 1)) == pytest.approx(85)
    assert absences_on(date(2026, 4, 12)) == {base.anna_sells.pk: absence}
    assert absences_on(date(2026, 4, 13)) == {}
    assert base.anna_sells in working_sellers(date(2026, 4, 8))  # away is not gone
    with pytest.raises(UserError):
        note_absence(base.anna_sells, first_day=date(2026, 4, 10), last_day=None, reason="ещё", by=base.head)
    remove_absence(absence, by=base.head)
    assert not Absence.objects.exists()


def test_a_new_seller_works_from_his_first_day_with_terms(base):
    seller = add_seller("Вера", started_on=LATER, terms=TermsWritten(strategy="hunter"), by=base.head)
    assert seller not in working_sellers(TODAY)
    assert seller in working_sellers(LATER)
    assert terms_on(LATER)[seller.pk].strategy == "hunter"
    with pytest.raises(UserError):
        add_seller(" вера ", started_on=LATER, terms=TermsWritten(), by=base.head)


def test_a_seller_without_an_account_stays_when_a_wave_frees_all_his_clients(base):
    vera, freed_on = make_seller("Вера"), localdate() + timedelta(days=1)
    linden = make_client("Липа", holder=vera)
    transfer_client(linden, to=None, on=freed_on, reason="волна", by=base.head)
    assert vera in working_sellers(freed_on)
    assert vera not in working_sellers(freed_on + timedelta(days=120))
