"""`clientarium winback list` as one document."""

import pytest

from clientarium.core.ground import UserError
from tests.decisions.winback.conftest import home, lost

__all__ = ["home", "lost"]


def test_document_has_the_dearest_first_and_how_far_each_has_come(lost):
    from clientarium.decisions.winback import Reason, take_client
    from clientarium.interfaces.cli.winning_back import winback_document

    case = take_client(lost.birch, by=lost.anna)
    case.reason = Reason.objects.get(title_ru="Цена")
    case.save()
    found = winback_document(limit=2)
    assert (found["clients"], found["expected"], found["measure"]) == (3, 18_000, "margin")
    assert [(one["client"], one["seller"], one["progress"], one["reason"]) for one in found["lost"]] == [
        ("Берёза", "Анна", "asked", "Цена"),
        (lost.cedar.name, "Борис", None, None),
    ]
    assert [one["is_measured"] for one in found["chances"]] == []
    assert winback_document("boris", limit=5)["clients"] == 1


def test_unknown_seller_is_named(lost):
    from clientarium.interfaces.cli.winning_back import winback_document

    with pytest.raises(UserError):
        winback_document("Никто", limit=5)
