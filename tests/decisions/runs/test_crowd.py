"""CHECKS.md 7: four imports of overlapping files while five people edit cards; nothing is lost, nobody is locked out.

The 95th percentile of a person's write is printed (-s), not asserted: it depends on who else uses the machine.
"""

import random
import threading
import time
from collections import Counter

import pytest
from django.db import connection

from clientarium.core.ground import UserError
from clientarium.decisions.clients import Client, edit_client
from clientarium.decisions.journal import Entry
from clientarium.decisions.runs import Import, Run, work
from tests.decisions.runs.company import HEAD, facts, queue_file

pytestmark = [pytest.mark.reliability, pytest.mark.slow]

FILES, CLIENTS, LINES, PEOPLE, CARDS = 4, 300, 600, 5, 6
SECONDS = 400


def overlapping(number):
    """Lines of documents of its own, about clients half of whom are in the next file too."""
    first = number * CLIENTS // 2
    lines = (
        f"{line % 28 + 1:02}.01.2026;Ф{number}-{line};Клиент {first + line % CLIENTS};{line % 90 + 1},00;1,00;Анна\n"
        for line in range(LINES)
    )
    return HEAD + "".join(lines)


class Person(threading.Thread):
    """Counts up the phone of random cards, each time from what he saw; who was overtaken looks again."""

    def __init__(self, user, cards, stop):
        super().__init__()
        self.user, self.cards, self.stop = user, cards, stop
        self.done, self.overtaken, self.seconds, self.errors = Counter(), 0, [], []

    def run(self):
        chance = random.Random(self.user.pk)
        try:
            while not self.stop.is_set():
                self._edit(chance.choice(self.cards))
                time.sleep(0.02)
        except Exception as error:
            self.errors.append(error)
        finally:
            connection.close()

    def _edit(self, card):
        client = Client.objects.get(pk=card)
        seen = client.code
        began = time.monotonic()
        try:
            edit_client(client, {"code": str(int(seen or 0) + 1)}, by=self.user, was={"code": seen})
            self.done[card] += 1
        except UserError:
            self.overtaken += 1
        self.seconds.append(time.monotonic() - began)


def test_imports_and_people_at_once_lose_nothing(home, cast):
    for number in range(FILES):
        queue_file(overlapping(number), by=cast.owner, name=f"file{number}.csv", mode="append")
    cards = [
        Client.objects.create(name=f"Карточка {number}", search_name=f"карточка {number}").pk for number in range(CARDS)
    ]
    stop = threading.Event()
    people = [
        Person(user, cards, stop) for user in (cast.owner, cast.head, cast.marketer, cast.support, cast.administrator)
    ]
    workers = [threading.Thread(target=work, args=(stop,), kwargs={"poll_seconds": 0.1}) for _ in range(FILES)]
    for thread in [*people, *workers]:
        thread.start()
    until = time.monotonic() + SECONDS
    while Run.objects.filter(kind="import", state__in=["queued", "running"]).exists() and time.monotonic() < until:
        time.sleep(0.2)
    stop.set()
    for thread in [*people, *workers]:
        thread.join()
    assert [error for person in people for error in person.errors] == []
    assert list(Import.objects.values_list("state", "accepted", "refused")) == [("loaded", LINES, 0)] * FILES
    assert Counter(document.partition("-")[0] for _client, document in facts()) == {
        f"Ф{number}": LINES for number in range(FILES)
    }
    names = Counter(Client.objects.filter(created_import__isnull=False).values_list("name", flat=True))
    assert names == {f"Клиент {number}": 1 for number in range((FILES + 1) * CLIENTS // 2)}
    written = sum((person.done for person in people), Counter())
    assert {pk: int(code or 0) for pk, code in Client.objects.filter(pk__in=cards).values_list("pk", "code")} == {
        card: written[card] for card in cards
    }
    assert Entry.objects.filter(verb="client_edited").count() == sum(written.values()) > PEOPLE
    seconds = sorted(second for person in people for second in person.seconds)
    print(
        f"{len(seconds)} writes, p95 {seconds[len(seconds) * 95 // 100] * 1000:.0f} ms, worst {seconds[-1] * 1000:.0f} ms"
    )
