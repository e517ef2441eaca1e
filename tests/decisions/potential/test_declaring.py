"""What sellers say a client could take: kept for ever, 0 is not "not asked"."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError

ON = date(2026, 3, 30)


def test_declared_newest_word_stands_and_older_ones_are_kept(cast):
    from clientarium.decisions.potential import declare, declared_of, history_visible_to

    first = declare(cast.birch, volume=Decimal(50_000), assortment="bolts", by=cast.anna, on=ON)
    second = declare(cast.birch, volume=Decimal(0), by=cast.head, on=ON)
    assert declared_of([cast.birch.pk, cast.cedar.pk]) == {cast.birch.pk: second}
    assert history_visible_to(cast.anna, client=cast.birch) == [second, first]
    assert (first.seller, second.seller) == (cast.anna_sells, cast.anna_sells)
    assert history_visible_to(cast.boris, client=cast.birch) == []


def test_declared_zero_is_not_unasked(cast):
    from clientarium.decisions.potential import declare

    assert declare(cast.birch, volume=Decimal(0), by=cast.anna, on=ON).volume_month == 0
    assert declare(cast.birch, volume=None, assortment="nuts", by=cast.anna, on=ON).volume_month is None


def test_declared_same_word_makes_no_line(cast):
    from clientarium.decisions.journal import Entry
    from clientarium.decisions.potential import declare

    said = [declare(cast.birch, volume=Decimal("10.005"), assortment=" bolts ", by=cast.anna, on=ON) for _ in "ab"]
    assert said[0] == said[1]
    assert Entry.objects.filter(verb="potential_declared").count() == 1


@pytest.mark.parametrize(
    ("volume", "assortment"), [(None, "  "), (Decimal(-1), ""), (Decimal(10) ** 16, ""), (Decimal("NaN"), "")]
)
def test_declared_nonsense_is_refused(cast, volume, assortment):
    from clientarium.decisions.potential import declare

    with pytest.raises(UserError):
        declare(cast.birch, volume=volume, assortment=assortment, by=cast.anna, on=ON)


def test_declared_only_by_whoever_leads_or_holds_the_client(cast):
    from clientarium.decisions.clients import Client
    from clientarium.decisions.potential import declare

    with pytest.raises(Client.DoesNotExist):
        declare(cast.birch, volume=Decimal(1), by=cast.boris, on=ON)
    for one in (cast.marketer, cast.support, cast.administrator):
        with pytest.raises(PermissionDenied):
            declare(cast.birch, volume=Decimal(1), by=one, on=ON)


def test_declared_on_a_merged_card_speaks_of_the_client(cast):
    from clientarium.decisions.clients import merge_clients
    from clientarium.decisions.potential import declare, declared_of

    said = declare(cast.cedar, volume=Decimal(7), by=cast.boris, on=ON)
    merge_clients(cast.cedar, into=cast.birch, by=cast.head)
    assert declared_of([cast.birch.pk]) == {cast.birch.pk: said}
