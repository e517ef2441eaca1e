"""The journal: inside the decision's transaction, unchangeable, seen by few."""

import pytest
from django.db import IntegrityError, transaction


def test_who_reads_the_journal(cast):
    from clientarium.decisions.journal import Entry, entries_visible_to

    count = Entry.objects.count()
    seen = {user.username: entries_visible_to(user).count() for user in cast.users}
    assert count == 3
    assert seen == {"olga": 3, "hugo": 3, "ada": 3, "anna": 0, "boris": 0, "mila": 0, "sam": 0, "nemo": 0}


def test_entry_goes_with_its_decision(cast):
    from clientarium.decisions.clients import ClientVerb
    from clientarium.decisions.journal import Entry, record

    with pytest.raises(RuntimeError, match="half way"), transaction.atomic():
        record(ClientVerb.CLIENT_EDITED, target=cast.birch, by=cast.owner)
        raise RuntimeError("half way")
    assert not Entry.objects.filter(verb=ClientVerb.CLIENT_EDITED).exists()


def test_entry_is_never_changed(cast):
    from clientarium.decisions.journal import Entry

    entry = Entry.objects.first()
    entry.reason = "другое"
    with pytest.raises(AssertionError):
        entry.save()


def test_entry_is_undone_once(cast):
    from clientarium.decisions.clients import ClientVerb
    from clientarium.decisions.journal import Entry, record

    first = Entry.objects.earliest("pk")
    undoing = record(ClientVerb.CLIENT_EDITED, target=None, by=cast.owner, undoes=first)
    first.refresh_from_db()
    assert first.is_undone and first.undone_by == undoing and not undoing.is_undone
    with pytest.raises(IntegrityError), transaction.atomic():
        record(ClientVerb.CLIENT_EDITED, target=None, by=cast.owner, undoes=first)


def test_every_verb_has_a_title(cast):
    from clientarium.decisions.clients import ClientVerb
    from clientarium.decisions.journal import UserVerb, title_of

    verbs = [*ClientVerb, *UserVerb]
    assert [str(title_of(verb)) for verb in verbs] == [str(verb.label) for verb in verbs]
    assert title_of("an_old_verb") == "an_old_verb"
