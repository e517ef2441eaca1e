"""A wave from its opening to its result: marks, what they mean, closing, approval, undo, and what goes wrong meanwhile."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError
from clientarium.decisions.clients import (
    Client,
    Holding,
    Merge,
    merge_clients,
    state_model,
    transfer_client,
    unmerge_clients,
)
from clientarium.decisions.people import Seller, User
from clientarium.decisions.plans import plan_of_choice
from clientarium.decisions.portfolios import dismiss_seller
from clientarium.decisions.waves import (
    Choice,
    Fate,
    Outcome,
    Wave,
    approve_wave,
    cancel_wave,
    close_wave,
    counter_of,
    counters_of,
    keep_first,
    kept_by,
    mark_clients,
    open_wave,
    prolong_wave,
    reopen_wave,
    spare_clients,
    undo_approval,
)
from tests.cast import make_client
from tests.decisions.contacts.published import AS_OF, publish

TODAY, LAST, AFTER = date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 4)
APRIL_MAY = date(2026, 5, 1)
FORECAST = {"expected_orders_30d": 1.0, "expected_orders_90d": 3.0, "expected_orders_365d": 12.0}


@pytest.fixture
def firm(base):
    """Anna holds Birch (120 000 a year), Elm (60 000) and Fir (10 000); Boris Cedar; Dill is nobody's."""
    base.elm = make_client("Вяз", holder=base.anna_sells)
    base.fir = make_client("Ель", holder=base.anna_sells)
    money = {base.birch: 120_000, base.elm: 60_000, base.fir: 10_000, base.cedar: 90_000, base.dill: 5_000}
    rows = {
        client: {
            "expected_margin_365d": margin,
            "expected_margin_90d": margin / 4,
            "expected_margin_30d": margin / 12,
            "margin_12m": margin,
            "orders_12m": 12,
            "p_alive": 0.9,
            "typical_gap_days": 30.0,
            **FORECAST,
        }
        for client, margin in money.items()
    }
    publish(AS_OF, rows)
    Holding.objects.update(first_day=date(2026, 1, 1))
    base.wave = open_wave(opened_on=TODAY, closes_on=LAST, rule="Оставьте своих", by=base.head)
    return base


def mark(firm, *clients, keeps=True, day=TODAY):
    return mark_clients(firm.wave, firm.anna_sells, [one.pk for one in clients], keeps=keeps, day=day, by=firm.anna)


def kept(firm):
    return sorted(kept_by(firm.wave, firm.anna_sells.pk).values_list("name", flat=True))


def holders():
    rows = Client.objects.filter(merged_into__isnull=True).order_by("pk").values_list("name", "holder__name")
    return dict(rows)


def state_holders():
    return dict(state_model()._default_manager.order_by("pk").values_list("name", "holder_id"))


def test_a_seller_marks_and_unmarks_only_his_own(firm):
    assert mark(firm, firm.birch, firm.elm, firm.cedar, firm.dill) == 2
    assert mark(firm, firm.elm, keeps=False) == 1
    assert kept(firm) == ["Берёза"]
    with pytest.raises(PermissionDenied):
        mark_clients(firm.wave, firm.anna_sells, [firm.birch.pk], keeps=True, day=TODAY, by=firm.boris)
    for user in (firm.marketer, firm.support, firm.administrator, firm.nobody):
        with pytest.raises(PermissionDenied):
            mark_clients(firm.wave, firm.anna_sells, [firm.birch.pk], keeps=True, day=TODAY, by=user)


def test_the_counter_says_what_the_choice_means(firm):
    mark(firm, firm.birch, firm.fir)
    counter = counter_of(firm.wave, firm.anna_sells, by=firm.anna)
    plan = plan_of_choice([firm.birch.pk, firm.fir.pk], APRIL_MAY)
    assert (counter.held.held, counter.kept.held, counter.left, counter.month) == (3, 2, 1, APRIL_MAY)
    assert (counter.plan, counter.plan.clients) == (plan, 2)
    assert counter.plan.margin > 0
    assert counter.kept.hours == pytest.approx(counter.held.hours * 2 / 3)
    assert not (counter.is_over_norm or counter.is_over_ceiling or counter.is_over_hours)


def test_counters_of_all_are_those_of_each(firm):
    mark(firm, firm.birch)
    found = counters_of(firm.wave, by=firm.head, day=TODAY)
    assert [one for one, _at in found] == [
        counter_of(firm.wave, seller, by=firm.head) for seller in (firm.anna_sells, firm.boris_sells)
    ]
    assert [at is None for _one, at in found] == [False, True]
    with pytest.raises(PermissionDenied):
        counters_of(firm.wave, by=firm.anna, day=TODAY)


def test_whoever_keeps_everybody_gets_a_plan_on_everybody(firm):
    mark(firm, firm.birch, firm.elm, firm.fir)
    held = state_model()._default_manager.filter(holder=firm.anna_sells).values("pk")
    assert counter_of(firm.wave, firm.anna_sells, by=firm.anna).plan == plan_of_choice(held, APRIL_MAY)


def test_keep_the_dearest(firm):
    mark(firm, firm.fir)
    keep_first(firm.wave, firm.anna_sells, 2, order="expected_margin_365d", day=TODAY, by=firm.anna)
    assert kept(firm) == ["Берёза", "Вяз"]
    keep_first(firm.wave, firm.anna_sells, 0, order="expected_margin_365d", day=TODAY, by=firm.anna)
    assert kept(firm) == []


def test_marks_end_with_the_wave(firm):
    with pytest.raises(UserError):
        mark(firm, firm.birch, day=AFTER)
    prolong_wave(firm.wave, closes_on=AFTER, by=firm.head)
    assert mark(firm, firm.birch, day=AFTER) == 1
    close_wave(firm.wave, day=AFTER, by=firm.head)
    with pytest.raises(UserError):
        mark(firm, firm.elm, day=AFTER)


def test_closing_moves_nobody_and_approval_frees_the_unmarked(firm):
    mark(firm, firm.birch)
    before = holders()
    close_wave(firm.wave, day=LAST, by=firm.head)
    assert holders() == before
    spare_clients(firm.wave, [firm.fir.pk, firm.birch.pk], reason="его брат", by=firm.head)
    fates = {one.client.name: one.fate for one in Outcome.objects.select_related("client")}
    assert fates == {"Берёза": Fate.KEPT, "Вяз": Fate.POOL, "Ель": Fate.SPARED, "Кедр-canary-cedar": Fate.POOL}
    entry = approve_wave(firm.wave, on=AFTER, by=firm.owner)
    assert (entry.data["freed"], entry.data["stayed"]) == (2, 0)
    assert {name for name, holder in holders().items() if holder} == {"Берёза", "Ель"}
    assert {name for name, holder in state_holders().items() if holder} == {"Берёза", "Ель"}
    assert Holding.objects.get(client=firm.elm).last_day == date(2026, 5, 3)


def test_undo_of_the_approval_is_exact(firm):
    mark(firm, firm.birch)
    rows, before = list(Holding.objects.order_by("pk").values()), holders()
    close_wave(firm.wave, day=LAST, by=firm.head)
    approve_wave(firm.wave, on=AFTER, by=firm.head)
    assert undo_approval(firm.wave, by=firm.head) == 3
    assert (list(Holding.objects.order_by("pk").values()), holders()) == (rows, before)
    approve_wave(firm.wave, on=AFTER, by=firm.head)  # and once more
    assert holders()["Вяз"] is None


def test_undo_leaves_alone_whom_somebody_has_been_given_since(firm):
    close_wave(firm.wave, day=LAST, by=firm.head)
    approve_wave(firm.wave, on=AFTER, by=firm.head)
    transfer_client(firm.elm, to=firm.boris_sells, on=AFTER, reason="взял", by=firm.head)
    assert undo_approval(firm.wave, by=firm.head) == 3
    assert (holders()["Вяз"], holders()["Берёза"]) == ("Борис", "Анна")


def test_reopening_throws_the_outcomes_away_and_keeps_the_marks(firm):
    mark(firm, firm.birch)
    close_wave(firm.wave, day=LAST, by=firm.head)
    reopen_wave(firm.wave, closes_on=AFTER, reason="не успели", by=firm.head)
    assert (Outcome.objects.count(), kept(firm)) == (0, ["Берёза"])
    cancel_wave(firm.wave, reason="передумали", by=firm.head)
    assert Wave.objects.get().state == "cancelled"
    with pytest.raises(UserError):
        close_wave(firm.wave, day=AFTER, by=firm.head)


def test_a_seller_dismissed_in_mid_wave(firm):
    """His clients are in the pool by the dismissal; his marks count for nothing; the wave goes on without him."""
    mark(firm, firm.birch)
    User.objects.filter(pk=firm.anna.pk).update(is_active=True)
    dismiss_seller(firm.anna_sells, last_day=date(2026, 4, 10), frees_clients=True, reason="ушёл", by=firm.head)
    with pytest.raises(PermissionDenied):
        mark_clients(
            firm.wave, firm.anna_sells, [firm.elm.pk], keeps=True, day=TODAY, by=User.objects.get(pk=firm.anna.pk)
        )
    close_wave(firm.wave, day=LAST, by=firm.head)
    assert list(firm.wave.sellers.values_list("seller__name", flat=True)) == ["Борис"]
    assert list(Outcome.objects.values_list("client__name", "fate")) == [("Кедр-canary-cedar", Fate.POOL)]
    assert Choice.objects.filter(seller=firm.anna_sells).exists()  # history stays


def test_a_client_passed_on_in_mid_wave_is_unmarked_with_the_new_seller(firm):
    mark(firm, firm.elm)
    transfer_client(firm.elm, to=firm.boris_sells, on=date(2026, 4, 5), reason="ближе", by=firm.head)
    assert (kept(firm), list(kept_by(firm.wave, firm.boris_sells.pk))) == ([], [])


def test_a_client_merged_in_mid_wave_is_kept_as_the_one_he_is_now(firm):
    """Fir (marked) turns out to be Elm (unmarked): Elm is kept; taken apart, each is what he was."""
    mark(firm, firm.fir)
    merge_clients(firm.fir, into=firm.elm, by=firm.head)
    assert kept(firm) == ["Вяз"]
    mark(firm, firm.elm, keeps=False)
    assert kept(firm) == []
    mark(firm, firm.elm)
    unmerge_clients(Merge.objects.get(), by=firm.head, reason="разные")
    assert kept(firm) == ["Вяз"]


def test_a_client_merged_after_the_closing_stays_if_any_of_his_cards_was_kept(firm):
    mark(firm, firm.fir)
    close_wave(firm.wave, day=LAST, by=firm.head)
    merge_clients(firm.fir, into=firm.elm, by=firm.head)
    approve_wave(firm.wave, on=AFTER, by=firm.head)
    assert holders() == {"Берёза": None, "Кедр-canary-cedar": None, "Укроп-canary-dill": None, "Вяз": "Анна"}


def test_who_opens_and_what_is_refused(firm):
    with pytest.raises(UserError):  # one wave at a time
        open_wave(opened_on=TODAY, closes_on=LAST, by=firm.head)
    cancel_wave(firm.wave, reason="сначала", by=firm.head)
    for first, last in ((LAST, TODAY), (TODAY, date(2026, 12, 31))):
        with pytest.raises(UserError):
            open_wave(opened_on=first, closes_on=last, by=firm.head)
    for user in (firm.anna, firm.marketer, firm.administrator):
        with pytest.raises(PermissionDenied):
            open_wave(opened_on=TODAY, closes_on=LAST, by=user)
    User.objects.exclude(seller=None).update(is_active=False)
    with pytest.raises(UserError, match="Nobody sells"):
        open_wave(opened_on=TODAY, closes_on=LAST, by=firm.head)
    assert Seller.objects.count() == 2


def test_approval_cannot_begin_before_the_closing(firm):
    close_wave(firm.wave, day=LAST, by=firm.head)
    with pytest.raises(UserError):
        approve_wave(firm.wave, on=TODAY, by=firm.head)


def test_undo_after_a_merge_returns_the_client_whole(firm):
    """Elm and Fir were freed apart, then turned out to be one: he comes back once, to his own card's seller."""
    close_wave(firm.wave, day=LAST, by=firm.head)
    approve_wave(firm.wave, on=AFTER, by=firm.head)
    merge_clients(firm.fir, into=firm.elm, by=firm.head)
    assert undo_approval(firm.wave, by=firm.head) == 3
    assert (holders()["Вяз"], Holding.objects.filter(client=firm.elm, last_day=None).count()) == ("Анна", 1)
    open_holdings = Holding.objects.filter(last_day=None).values_list("client", flat=True)
    assert len(open_holdings) == len(set(open_holdings))
