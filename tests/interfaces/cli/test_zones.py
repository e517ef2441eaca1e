"""`clientarium zones`: the search as a program and as a person reads it."""

from types import SimpleNamespace

import pytest

from tests.decisions.zones.conftest import definitions_home, zoned

__all__ = ["definitions_home", "zoned"]

pytestmark = pytest.mark.django_db


def test_the_document_names_the_zone_and_how_chance_was_kept_out(zoned: SimpleNamespace) -> None:
    from clientarium.decisions.zones import Search
    from clientarium.interfaces.cli.zone_report import heading, zone_table, zones_document

    heard: list[str] = []
    found = zones_document("margin_per_hour", listener=lambda phase, _done, _total: heard.append(phase))
    (zone,) = found["zones"]
    assert (zone["expression"], zone["sentence"], zone["clients"]) == ("city = 'Пермь'", "city — «Пермь»", 60)
    assert (found["method"], found["clients"], found["reason"]) == ("shuffle", 240, None)
    assert zone["condition"].startswith("city = 'Пермь' and orders_12m > 0")
    assert zone["by_chance"] <= 0.05
    assert [row[:2] for row in zone_table(found)] == [("city — «Пермь»", 60)]
    assert "240" in next(iter(heading(found)))
    assert list(dict.fromkeys(heard)) == [
        "Reading the clients",
        "Looking for zones",
        "Checking against chance",
        "Describing the clients",
    ]
    assert Search.objects.get().findings.count() == 1
