"""A small company's files, and shortcuts to send them through the real thing."""

import io

from clientarium.decisions.runs import Run, RunState, receive_file, run_now, start_import, start_undo, understand_file

LAYOUTS = {}
HEAD = "Дата;Номер;Клиент;Сумма;Себестоимость;Менеджер\n"

JANUARY = HEAD + (
    "09.01.2026;Д-1;Берёза;1000,00;600,00;Анна\n"
    "15.01.2026;Д-2;Кедр;500,00;450,00;Борис\n"
    "30.01.2026;Д-3;Берёза;2000,00;1000,00;Анна\n"
)
JANUARY_SENT_AGAIN = HEAD + (
    "09.01.2026;Д-1;Берёза;1100,00;600,00;Анна\n"  # corrected
    "20.01.2026;Д-4;Укроп;700,00;300,00;Борис\n"  # forgotten the first time; Д-2 was deleted
    "30.01.2026;Д-3;Берёза;2000,00;1000,00;Анна\n"
)
FEBRUARY = HEAD + (
    "02.02.2026;Д-5;Кедр;300,00;200,00;Борис\n"
    "29.02.2026;Д-6;Кедр;300,00;200,00;Борис\n"  # there is no such day
    "27.02.2026;Д-7;Осина;400,00;100,00;Анна\n"
)


def received(text, *, by, name="sales.csv"):
    return receive_file(io.BytesIO(text.encode()), name=name, by=by)


def queue_file(text, *, by, name="sales.csv", **wishes):
    file = received(text, by=by, name=name)
    return start_import(file, layout=layout_of(file, text), by=by, **({"source": "1c"} | wishes))


def layout_of(file, text):
    """What the program itself understands about files with this head; asked once, because asking takes a process."""
    head = text.split("\n")[0]
    if head not in LAYOUTS:
        LAYOUTS[head] = understand_file(file).layout()
    return LAYOUTS[head]


def load_file(text, *, by, **wishes):
    """The loaded import."""
    return run_now(queue_file(text, by=by, **wishes)).imports.get()


def undo(import_, *, by):
    return run_now(start_undo(import_, by=by, reason="by mistake"))


def run_waiting_pulse():
    return run_now(Run.objects.get(kind="pulse", state=RunState.QUEUED))


def facts():
    """{(client, document): revenue} as the ledger shows them now."""
    from clientarium.decisions.clients import Client
    from clientarium.decisions.runs import open_ledger

    names = dict(Client.objects.values_list("pk", "name"))
    with open_ledger().engine() as engine:
        rows = engine.fetch("select client_id, doc_id, revenue from sales").to_pylist()
    return {(names[row["client_id"]], row["doc_id"]): str(row["revenue"].normalize()) for row in rows}


def cards():
    from clientarium.decisions.clients import Client

    return sorted(Client.objects.values_list("name", "city", "holder__name", "created_import"), key=str)
