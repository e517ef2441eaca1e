"""Loading, re-sending, undoing: whole or not at all, and exactly back."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from clientarium.core.ground import UserError
from clientarium.decisions.clients import Client
from clientarium.decisions.journal import Entry
from clientarium.decisions.runs import (
    Import,
    ImportMode,
    ImportState,
    Run,
    RunState,
    cancel_run,
    preview_import,
    reconcile,
    run_now,
    start_import,
    start_undo,
    understand_file,
    usual_source,
)
from tests.decisions.runs.company import (
    FEBRUARY,
    JANUARY,
    JANUARY_SENT_AGAIN,
    cards,
    facts,
    load_file,
    queue_file,
    received,
    undo,
)

JANUARY_FACTS = {("Берёза", "Д-1"): "1E+3", ("Кедр", "Д-2"): "5E+2", ("Берёза", "Д-3"): "2E+3"}


def waiting_pulses():
    return Run.objects.filter(kind="pulse", state=RunState.QUEUED).count()


def test_load_brings_facts_clients_holders_and_queues_one_pulse(home, cast):
    import_ = load_file(JANUARY, by=cast.owner)
    assert facts() == JANUARY_FACTS
    assert (import_.state, import_.mode, import_.accepted, import_.refused) == ("loaded", ImportMode.UPSERT, 3, 0)
    assert (import_.clients_created, import_.clients_matched, import_.counts) == (2, 0, {"sales": 3})
    assert import_.totals["revenue"] == {
        "file": "3500.0000",
        "accepted": "3500.0000",
        "refused": "0",
        "skipped": "0",
    }
    born = Client.objects.filter(created_import=import_.import_id)
    assert set(born.values_list("name", "holder__name")) == {("Берёза", "Анна"), ("Кедр", "Борис")}
    load_file(FEBRUARY, by=cast.owner)
    assert waiting_pulses() == 1


def test_load_keeps_refused_rows_with_their_reasons(home, cast):
    import_ = load_file(FEBRUARY, by=cast.owner)
    assert (import_.rows_read, import_.accepted, import_.refused, import_.skipped) == (3, 2, 1, 0)
    assert (home / import_.refused_path).is_file()
    assert import_.totals["revenue"]["refused"] == "300.0000"


def test_preview_writes_nothing(home, cast):
    load_file(JANUARY, by=cast.owner)
    before = (facts(), cards(), Import.objects.count(), sorted((home / "staging").iterdir()))
    file = received(FEBRUARY, by=cast.owner)
    preview = preview_import(file, layout=understand_file(file).layout(), source="1c")
    assert (preview.staged.accepted, preview.staged.refused) == (2, 1)
    assert (preview.clients_matched, preview.clients_new) == (1, 1)
    assert (preview.mode.mode, preview.already) == (ImportMode.UPSERT, None)
    assert (facts(), cards(), Import.objects.count(), sorted((home / "staging").iterdir())) == before


def test_same_file_twice_is_recognised_and_loaded_again_only_when_forced(home, cast):
    first = load_file(JANUARY, by=cast.owner)
    with pytest.raises(UserError, match=f"already loaded: import no. {first.pk} of .* by Olga"):
        queue_file(JANUARY, by=cast.head, name="another name.csv")
    again = load_file(JANUARY, by=cast.head, force=True)
    assert again.mode == ImportMode.REPLACE
    assert facts() == JANUARY_FACTS


def test_same_file_by_two_users_at_the_same_moment_is_taken_once(home, cast):
    file = received(JANUARY, by=cast.owner)
    layout = understand_file(file).layout()
    barrier, taken, refused = threading.Barrier(2), [], []

    def send(user):
        barrier.wait()
        try:
            taken.append(start_import(file, layout=layout, source="1c", by=user))
        except UserError as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(user,)) for user in (cast.owner, cast.head)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(taken), len(refused), Import.objects.count(), Run.objects.count()) == (1, 1, 1, 1)
    assert "is already loaded: import no." in refused[0]


def test_sent_again_period_replaces_itself(home, cast):
    load_file(JANUARY, by=cast.owner)
    load_file(FEBRUARY, by=cast.owner)
    again = load_file(JANUARY_SENT_AGAIN, by=cast.owner)
    assert again.mode == ImportMode.REPLACE
    assert facts() == {
        ("Берёза", "Д-1"): "1.1E+3",
        ("Укроп", "Д-4"): "7E+2",
        ("Берёза", "Д-3"): "2E+3",
        ("Кедр", "Д-5"): "3E+2",
        ("Осина", "Д-7"): "4E+2",
    }


def test_user_may_overrule_the_mode(home, cast):
    load_file(JANUARY, by=cast.owner)
    load_file(JANUARY_SENT_AGAIN, by=cast.owner, mode="upsert")
    assert facts() == JANUARY_FACTS | {("Берёза", "Д-1"): "1.1E+3", ("Укроп", "Д-4"): "7E+2"}


def test_undo_restores_facts_and_cards_exactly(home, cast):
    load_file(JANUARY, by=cast.owner)
    before = (facts(), cards())
    again = load_file(JANUARY_SENT_AGAIN, by=cast.owner)
    assert (facts(), cards()) != before
    undo(again, by=cast.head)
    again.refresh_from_db()
    assert (facts(), cards()) == before
    assert (again.state, again.undone_by) == (ImportState.UNDONE, cast.head)
    entry = Entry.objects.get(verb="import_undone")
    assert (entry.by, entry.reason, entry.target_id) == (cast.head, "by mistake", str(again.pk))


def test_undo_of_the_first_import_leaves_clients_others_speak_of(home, cast):
    first = load_file(JANUARY, by=cast.owner)
    load_file(FEBRUARY, by=cast.owner)
    undo(first, by=cast.owner)
    assert facts() == {("Кедр", "Д-5"): "3E+2", ("Осина", "Д-7"): "4E+2"}
    assert not Client.objects.filter(name="Берёза", created_import=first.import_id).exists()
    assert Client.objects.filter(name="Кедр").count() == 1


def test_undone_file_can_be_loaded_again(home, cast):
    undo(load_file(JANUARY, by=cast.owner), by=cast.owner)
    assert facts() == {}
    load_file(JANUARY, by=cast.owner)
    assert facts() == JANUARY_FACTS


def test_undo_is_for_loaded_imports_and_for_those_who_may_import(home, cast):
    import_ = load_file(JANUARY, by=cast.owner)
    with pytest.raises(PermissionDenied):
        start_undo(import_, by=cast.anna)
    undo(import_, by=cast.owner)
    with pytest.raises(UserError, match="Only a loaded import can be undone"):
        start_undo(import_, by=cast.owner)


def test_failed_import_leaves_nothing_and_says_why(home, cast):
    before = cards()
    run = queue_file("Дата;Номер;Клиент;Сумма\n31.02.2026;Д-1;Берёза;10,00\n30.02.2026;Д-2;Липа;10,00\n", by=cast.owner)
    with pytest.raises(UserError, match="No row of"):
        run_now(run)
    run.refresh_from_db()
    assert (run.state, run.message["params"]["refused"], run.imports.get().state) == ("failed", 2, ImportState.FAILED)
    assert (facts(), cards(), list((home / "staging").iterdir()), waiting_pulses()) == ({}, before, [], 0)


def test_cancelled_while_waiting_never_runs(home, cast):
    run = cancel_run(queue_file(JANUARY, by=cast.owner), by=cast.head)
    assert (run.state, run.imports.get().state) == (RunState.CANCELLED, ImportState.CANCELLED)
    assert run_now(run).state == RunState.CANCELLED
    assert facts() == {}
    load_file(JANUARY, by=cast.owner)
    assert facts() == JANUARY_FACTS


@pytest.mark.parametrize("phase", ["Reading the file", "Finding the clients", "Filling the cards", "Writing the facts"])
def test_cancelled_in_the_middle_takes_back_what_it_began(home, cast, phase):
    before = cards()
    run = queue_file(JANUARY, by=cast.owner)

    def cancel_at(name, _done, _total):
        if name == phase and not Run.objects.get(pk=run.pk).cancel_requested:
            cancel_run(run, by=cast.owner)
            threading.Event().wait(2.5)  # the heartbeat looks once a second

    done = run_now(run, listener=cancel_at)
    assert (done.state, done.imports.get().state) == (RunState.CANCELLED, ImportState.CANCELLED)
    assert (facts(), cards(), list((home / "staging").iterdir()), waiting_pulses()) == ({}, before, [], 0)


def test_reconcile_undoes_a_load_whose_import_is_not_meant_to_be_there(home, cast):
    import_ = load_file(JANUARY, by=cast.owner)
    Import.objects.filter(pk=import_.pk).update(state=ImportState.CANCELLED)
    assert facts() == JANUARY_FACTS
    reconcile()
    assert facts() == {}


def test_file_of_no_named_source_comes_from_where_the_last_one_came(home, cast):
    assert usual_source() == "files"
    load_file(JANUARY, by=cast.owner, source="1С")
    file = received(FEBRUARY, by=cast.owner)
    preview = preview_import(file, layout=understand_file(file).layout())
    assert (usual_source(), preview.clients_matched, preview.clients_new) == ("1С", 1, 1)
    undo(Import.objects.get(), by=cast.owner)
    assert usual_source() == "files"
