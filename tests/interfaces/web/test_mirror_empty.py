"""The mirror and the outcomes before anything is counted."""

import re
from typing import Any

from django.urls import reverse

from clientarium.decisions.mirror import outcomes_of, read_ahead

CARDS = ("mirror_health", "mirror_strengths", "mirror_resistance", "mirror_composition", "outcomes_found")


def test_a_base_without_a_count_says_what_to_do(cast: Any, signed_in: Any) -> None:
    browser = signed_in(cast.owner)
    pages = {name: browser.get(reverse(name)).content.decode() for name in ("mirror", "outcomes")}
    told = {name: re.sub(r"<[^>]+>", " ", page) for name, page in pages.items()}
    assert "Пока не во что смотреться" in told["mirror"]
    assert "Пока не с чем сравнивать" in told["outcomes"]
    assert {browser.get(reverse(card)).status_code for card in CARDS} == {404}
    assert (outcomes_of(), read_ahead()) == (None, False)
