"""The search for duplicates as a run, after imports and by hand, and what an import's preview says of doubles."""

import pytest

from .company import HEAD, layout_of, queue_file, received

CARDS = "Код;Клиент;ИНН;Телефон;Город\n"
FIRST = CARDS + (
    "001;ООО «Берёзовая роща»;7707083893;+7 912 345-67-89;Тула\n002;ИП Кедров Пётр;500100732259;+7 495 123-45-67;Орёл\n"
)
SECOND = CARDS + ("А-17;Березовая Роща ООО;7707083893;8 (912) 345-67-89;Тула\nА-18;Ромашка;;;Псков\n")


def run_all():
    from clientarium.decisions.runs import Run, RunState, run_now

    while (
        waiting := Run.objects.filter(state=RunState.QUEUED).exclude(kind="pulse").order_by("pk").first()
    ) is not None:
        assert run_now(waiting).state == RunState.DONE


def bring(text, *, by, name, source):
    from clientarium.decisions.runs import start_import

    file = received(text, by=by, name=name)
    start_import(file, layout=layout_of(file, text), source=source, by=by)
    run_all()


def rule(cast, **wishes):
    from clientarium.decisions.clients import set_merge_rule

    wishes = {"merges_sure": True, "sure_from": 0.9, "asks_from": 0.1, "looks_after_imports": True} | wishes
    return set_merge_rule(by=cast.administrator, **wishes)


@pytest.fixture
def company(cast, home):
    return cast


def test_new_clients_are_compared_after_an_import_and_sure_ones_merged(company):
    from clientarium.decisions.clients import Client, Merge
    from clientarium.decisions.runs import Run

    rule(company)
    bring(FIRST, by=company.owner, name="первый.csv", source="1c")
    bring(SECOND, by=company.owner, name="второй.csv", source="crm")
    merge = Merge.objects.select_related("alias", "into").get()
    assert (merge.alias.name, merge.into.name, merge.cause, merge.by) == (
        "Березовая Роща ООО",
        "ООО «Берёзовая роща»",
        "rule",
        None,
    )
    assert merge.reasons != []
    results = [run.result for run in Run.objects.filter(kind="identity").order_by("pk")]
    assert [result["merged"] for result in results] == [0, 1]
    assert Run.objects.filter(kind="pulse").exists()
    assert Client.objects.filter(merged_into__isnull=True, name__contains="рощ").count() == 1


def test_without_a_rule_nothing_is_searched_or_merged_by_itself(company):
    from clientarium.decisions.clients import DuplicatePair, Merge
    from clientarium.decisions.runs import Run, start_identity

    bring(FIRST, by=company.owner, name="первый.csv", source="1c")
    bring(SECOND, by=company.owner, name="второй.csv", source="crm")
    assert not Run.objects.filter(kind="identity").exists()
    start_identity(by=company.head)
    run_all()
    assert not Merge.objects.exists()
    pair = DuplicatePair.objects.select_related("a", "b").get()
    assert (pair.a.name, pair.b.name) == ("ООО «Берёзовая роща»", "Березовая Роща ООО")
    assert {"inn", "phones"} & {reason["field"] for reason in pair.reasons if reason["weight"] > 0}


def test_what_was_called_different_is_neither_asked_nor_merged(company):
    from clientarium.decisions.clients import Client, DuplicatePair, Merge, say_not_duplicate
    from clientarium.decisions.runs import start_identity

    rule(company, looks_after_imports=False)
    bring(FIRST, by=company.owner, name="первый.csv", source="1c")
    bring(SECOND, by=company.owner, name="второй.csv", source="crm")
    one, other = (Client.objects.get(name=name) for name in ("ООО «Берёзовая роща»", "Березовая Роща ООО"))
    say_not_duplicate(one, other, by=company.head)
    start_identity(by=company.administrator)
    run_all()
    assert (Merge.objects.count(), DuplicatePair.objects.count()) == (0, 0)


def test_preview_tells_known_new_and_doubtful(company):
    from clientarium.decisions.runs import preview_import

    bring(FIRST, by=company.owner, name="первый.csv", source="1c")
    file = received(SECOND, by=company.owner, name="второй.csv")
    preview = preview_import(file, layout=layout_of(file, SECOND), source="crm")
    assert (preview.clients_matched, preview.clients_new) == (0, 2)
    assert [(one.name, one.client_name) for one in preview.doubtful] == [("Березовая Роща ООО", "ООО «Берёзовая роща»")]
    again = preview_import(file, layout=layout_of(file, SECOND), source="1c")
    assert again.clients_new == 2


def test_sellers_do_not_search(company):
    from django.core.exceptions import PermissionDenied

    from clientarium.decisions.runs import start_identity

    with pytest.raises(PermissionDenied):
        start_identity(by=company.anna)


def test_sales_of_a_merged_card_count_for_the_client_after_the_pulse(company):
    """Merged, counted, taken apart, counted: each has his own figures again."""
    from clientarium.decisions.clients import Client, merge_clients, state_model, unmerge_clients
    from clientarium.decisions.runs import run_now, start_pulse

    sales = HEAD + ("09.01.2026;Д-1;Берёза и К;1000,00;600,00;Анна\n15.01.2026;Д-2;Берёза и Ко;500,00;450,00;Борис\n")
    run_now(queue_file(sales, by=company.owner))
    one, other = (Client.objects.get(name=name) for name in ("Берёза и К", "Берёза и Ко"))

    def counted():
        run_now(start_pulse(by=None))
        rows = state_model().objects.filter(pk__in=[one.pk, other.pk])
        return {row.pk: (int(row.revenue_all), row.orders_all) for row in rows}

    apart = {one.pk: (1000, 1), other.pk: (500, 1)}
    assert counted() == apart
    merge = merge_clients(other, into=one, by=company.head)
    assert counted() == {one.pk: (1500, 2)}
    unmerge_clients(merge, by=company.head)
    assert counted() == apart
