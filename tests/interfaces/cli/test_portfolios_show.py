"""`clientarium portfolios show`, as a program and as a person reads it."""

import pytest

from tests.decisions.portfolios.conftest import base, home

__all__ = ["base", "home"]

pytestmark = pytest.mark.django_db


def test_the_document_tells_of_sellers_and_the_pool(base):
    from clientarium.interfaces.cli.portfolios import portfolios_document

    found = portfolios_document()
    assert [(one["seller"], one["held"], one["norm"], one["ceiling"], one["fill"]) for one in found["sellers"]] == [
        ("Анна", 1, [50, 60], 70, "under"),
        ("Борис", 1, [50, 60], 70, "under"),
    ]
    pool = found["pool"]
    wanted = {"clients_not_lost": 1, "above_ceilings": 0, "free_places": 138, "margin_year": 120_000.0}
    assert {name: pool[name] for name in wanted} == wanted
    assert pool["unheld"]["held"] == 1


def test_people_read_one_line_a_seller_and_the_pool(base, capsys):
    from clientarium.interfaces.cli.commands.portfolios import _show_pool, _show_sellers
    from clientarium.interfaces.cli.portfolios import portfolios_document

    found = portfolios_document()
    _show_sellers(found["sellers"])
    _show_pool(found["pool"])
    told = capsys.readouterr().out
    assert ("Анна" in told, "50–60" in told, "120000" in told, "138" in told) == (True, True, True, True)
