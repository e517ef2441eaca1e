"""How many questions to the database a page costs, however much there is to show."""

from datetime import date
from typing import Any

import pytest

from clientarium.decisions.clients import Client, Note
from tests.decisions.runs.company import HEAD

COUNTED_ON = (date(2026, 1, 30),)
SALES = HEAD + "09.01.2026;Д-1;Берёза;1000,00;600,00;Анна\n30.01.2026;Д-3;Берёза;2000,00;1000,00;Анна\n"

CARD_QUERIES = 14
"""Session, person, the client, the publication for his state and for the words, the company's fields, the state,
contacts, notes, sellers to hand him to, and the snapshot and the last pulse for the frame."""

PULSE_QUERIES = 7
"""Session, person, the snapshot, the publication, the whole base by layer and grade, whether costs are known, the last
pulse."""


@pytest.mark.parametrize("item_count", [1, 3])
def test_a_card_costs_the_same_with_one_note_and_with_three(
    counted: Any, signed_in: Any, django_assert_num_queries: Any, item_count: int
) -> None:
    birch = Client.objects.get(name="Берёза", created_import__isnull=False)
    for number in range(item_count):
        Note.objects.create(client=birch, author=counted.owner, text=f"Заметка {number}")
    browser = signed_in(counted.owner)
    browser.get(f"/clients/{birch.pk}/")
    with django_assert_num_queries(CARD_QUERIES):
        page = browser.get(f"/clients/{birch.pk}/").content.decode()
    assert page.count("Заметка ") == item_count


def test_the_first_screen_reads_the_base_once(counted: Any, signed_in: Any, django_assert_num_queries: Any) -> None:
    browser = signed_in(counted.owner)
    browser.get("/")
    with django_assert_num_queries(PULSE_QUERIES):
        assert browser.get("/").status_code == 200
