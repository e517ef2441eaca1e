"""Two worlds get the same imports, undoings and edits; cards are merged and taken apart in one of them only.

Source `m` is the world with merges, source `p` the plain one: so p says what every card of m is by itself. After any
sequence: own values equal, nothing lost, every fact counted once under the client its card belongs to, the lists show
exactly the clients that stand, and once everything is taken apart the cards show exactly what they show in p.

CLIENTARIUM_MERGE_EXAMPLES (3) and CLIENTARIUM_MERGE_STEPS (12) make it larger.
"""

import os
import shutil
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from clientarium.core.ledger import Ledger
from tests.cast import make_user
from tests.core.ledger.staging import stage
from tests.decisions.clients.test_cards import import_cards

EXAMPLES = int(os.environ.get("CLIENTARIUM_MERGE_EXAMPLES", "3"))
STEPS = int(os.environ.get("CLIENTARIUM_MERGE_STEPS", "12"))
ON = date(2026, 4, 1)
KEYS = [f"k{number}" for number in range(6)]
WORLDS = ("m", "p")
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "city": st.sampled_from(["Тула", "Орёл", "Псков"]),
        "inn": st.sampled_from(["7707083893", "500100732259"]),
        "kpp": st.just("770701001"),
        "phones": st.sampled_from(["+7 912 345-67-89", "+7 912 345-67-80"]),
        "seller": st.sampled_from(["Вера", "Глеб"]),
    },
)
ROWS = st.dictionaries(st.sampled_from(KEYS), CELLS, min_size=1, max_size=4)
PICK = st.integers(min_value=0, max_value=1_000)


class Worlds(RuleBasedStateMachine):
    """Everything happens in one transaction, taken back at the end of each example."""

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.home = Path(tempfile.mkdtemp())
        self.ledger = Ledger(self.home / "ledger")
        self.head = make_user("glafira", role="head")
        self.imports, self.facts, self.notes, self.number = [], {}, 0, 0
        self.ids = {world: {} for world in WORLDS}
        # Kept by a person's merge where the plain world deletes: from then on the two may differ.
        self.parted = set()

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        shutil.rmtree(self.home, ignore_errors=True)

    @rule(rows=ROWS)
    def bring(self, rows):
        self.number += 1
        import_id = f"imp-{self.number}"
        for world in WORLDS:
            cards = [{"key": f"{world}{key}", "name": f"{world} {key}", **cells} for key, cells in rows.items()]
            _, found = import_cards(cards, import_id=import_id + world, source=world, on=ON)
            self.ids[world].update({key[1:]: client_id for key, client_id in found.items()})
        amounts = {key: self.number * 100 + place for place, key in enumerate(rows)}
        self.load(import_id, amounts)
        self.imports.append(import_id)
        self.facts[import_id] = amounts

    def load(self, import_id, amounts):
        import pyarrow as pa

        rows = [
            {"client_key": key, "sold_on": ON, "revenue": amount, "doc_id": import_id}
            for key, amount in amounts.items()
        ]
        paths = stage(self.home / "staging", "sales", rows)
        keys = pa.table({"client_key": list(amounts), "client_id": [self.ids["m"][key] for key in amounts]})
        self.ledger.load({"sales": paths}, import_id=import_id, source="m", mode="append", keys=keys)

    @precondition(lambda self: self.imports)
    @rule(pick=PICK)
    def undo(self, pick):
        from clientarium.decisions.clients import Client, undo_cards

        import_id = self.imports.pop(pick % len(self.imports))
        del self.facts[import_id]
        self.ledger.undo(import_id)
        known = {key for amounts in self.facts.values() for key in amounts}
        for world in WORLDS:
            in_ledger = [client_id for key, client_id in self.ids[world].items() if key in known]
            undo_cards(import_id + world, in_ledger=in_ledger, by=None)
            alive = set(Client.objects.values_list("pk", flat=True))
            self.ids[world] = {key: pk for key, pk in self.ids[world].items() if pk in alive}
        self.parted |= set(self.ids["m"]) ^ set(self.ids["p"])

    @precondition(lambda self: len(self.roots()) > 1)
    @rule(one=PICK, other=PICK, by_person=st.booleans())
    def merge(self, one, other, by_person):
        from clientarium.decisions.clients import merge_clients

        roots = self.roots()
        alias = roots[one % len(roots)]
        into = [root for root in roots if root != alias][other % (len(roots) - 1)]
        merge_clients(alias, into=into, by=self.head if by_person else None, despite_answer=True)

    @precondition(lambda self: self.merges())
    @rule(pick=PICK)
    def unmerge(self, pick):
        from clientarium.decisions.clients import unmerge_clients

        merges = self.merges()
        unmerge_clients(merges[pick % len(merges)], by=self.head)

    @precondition(lambda self: self.roots())
    @rule(pick=PICK, word=st.sampled_from(["city", "segment", "inn", "kpp"]), is_emptied=st.booleans())
    def edit(self, pick, word, is_emptied):
        from clientarium.decisions.clients import edit_client

        self.number += 1
        for client in self.in_both(pick):
            edit_client(client, {word: "" if is_emptied else f"{word} {self.number}"}, by=self.head)

    @precondition(lambda self: self.roots())
    @rule(pick=PICK, stopped=st.booleans())
    def stop(self, pick, stopped):
        from clientarium.decisions.clients import mark_stopped

        clients = self.in_both(pick)
        if clients[0].is_stopped == stopped:
            return  # nothing to decide: he is shown so already, perhaps for the sake of a merged card
        for client in clients:
            mark_stopped(client, stopped=stopped, reason="так надо", by=self.head)

    @precondition(lambda self: self.roots())
    @rule(pick=PICK)
    def write_note(self, pick):
        from clientarium.decisions.clients import add_note

        for client in self.in_both(pick):
            add_note(client, text="слово", by=self.head)
        self.notes += 1

    def in_both(self, pick):
        """A root of m, and the same card in p where it is there."""
        from clientarium.decisions.clients import Client

        roots = self.roots()
        root = roots[pick % len(roots)]
        key = next(key for key, pk in self.ids["m"].items() if pk == root.pk)
        return [root, *Client.objects.filter(pk=self.ids["p"].get(key, 0))]

    def roots(self):
        from clientarium.decisions.clients import Client

        return list(Client.objects.filter(pk__in=self.ids["m"].values(), merged_into__isnull=True).order_by("pk"))

    def merges(self):
        from clientarium.decisions.clients import Merge

        return list(Merge.objects.filter(undone_at__isnull=True).order_by("pk"))

    @invariant()
    def own_values_are_those_of_the_plain_world(self):
        for key in self.comparable():
            assert own(self.ids["m"][key]) == own(self.ids["p"][key]), key

    @invariant()
    def nothing_is_lost_or_counted_twice(self):
        from clientarium.decisions.clients import aliases_table, contacts_of, notes_of, roots_of

        roots = self.roots()
        ids = self.ids["m"]
        expected = Counter()
        root_of = roots_of(ids.values())
        for amounts in self.facts.values():
            for key, amount in amounts.items():
                expected[root_of[ids[key]]] += amount
        assert self.sold(aliases_table()) == expected
        assert sum(notes_of(root).count() for root in roots) == self.notes
        for root in roots:
            family = [pk for pk, top in root_of.items() if top == root.pk]
            assert {one.normalised for one in contacts_of(root)} == numbers_of(family)

    @invariant()
    def lists_show_the_clients_that_stand(self):
        from clientarium.decisions.clients import Client, state_model

        standing = Client.objects.filter(merged_into__isnull=True)
        shown = state_model().objects.all()
        columns = ("name", "search_name", "holder_id")
        assert sorted(shown.values_list("pk", *columns)) == sorted(standing.values_list("pk", *columns))

    @invariant()
    def trees_are_flat_and_whole(self):
        from clientarium.decisions.clients import Client

        parents = {merge.alias_id: merge.into_id for merge in self.merges()}
        for pk, merged_into in Client.objects.values_list("pk", "merged_into"):
            root = pk
            while root in parents:
                root = parents[root]
            assert (merged_into or pk) == root

    @precondition(lambda self: self.merges())
    @rule()
    def everything_apart_shows_what_was_never_merged(self):
        from clientarium.decisions.clients import Client, unmerge_clients

        for merge in reversed(self.merges()):
            unmerge_clients(merge, by=self.head)
        rows = Client.objects.in_bulk([*self.ids["m"].values(), *self.ids["p"].values()])
        for key in self.comparable():
            assert shown(rows[self.ids["m"][key]]) == shown(rows[self.ids["p"][key]]), key

    def comparable(self):
        return sorted((set(self.ids["m"]) & set(self.ids["p"])) - self.parted)

    def sold(self, aliases):
        if self.ledger.version() < 0:
            return Counter()
        with self.ledger.engine(aliases=aliases) as engine:
            rows = engine.fetch("select client_id, sum(revenue) as money from sales group by all").to_pylist()
        return Counter({row["client_id"]: int(row["money"]) for row in rows})


def shown(client):
    return (
        client.inn, client.kpp, client.city, client.segment, client.is_stopped, client.holder_id,
        {word: None for word, lender in client.borrowed.items() if lender is not None},
    )  # fmt: skip


def own(client_id):
    """What the row of a card says by itself, whatever it shows, with everything that hangs on it."""
    from clientarium.decisions.clients import Client

    client = Client.objects.get(pk=client_id)
    lent = {word for word, lender in client.borrowed.items() if lender is not None}
    words = {"inn": client.inn, "kpp": client.kpp, "city": client.city, "segment": client.segment,
             "is_stopped": client.is_stopped, "holder": client.holder_id}  # fmt: skip
    return (
        {word: (False if word == "is_stopped" else None) if word in lent else value for word, value in words.items()},
        sorted(client.contacts.values_list("kind", "normalised")),
        sorted(client.holdings.values_list("seller", "first_day", "last_day", "cause")),
        sorted((inn, kpp or "") for inn, kpp in client.legal_entities.values_list("inn", "kpp")),
        client.notes.count(),
    )


def numbers_of(client_ids):
    from clientarium.decisions.clients import Contact

    return set(Contact.objects.filter(client_id__in=client_ids).values_list("normalised", flat=True))


@pytest.mark.django_db(transaction=True)
def test_merging_changes_nothing_but_what_is_shown():
    run_state_machine_as_test(
        Worlds,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking such worlds takes minutes
        ),
    )
