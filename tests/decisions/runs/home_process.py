"""Run as a process over a home of its own: `prepare FILE…`, `worker`, `report`. It is killed by the tests."""

import json
import os
import sys
import threading
from pathlib import Path


def prepare(files):
    """Receive and queue the loading of `files`."""
    from clientarium.decisions.runs import receive_file, start_import, understand_file

    for file in map(Path, files):
        with file.open("rb") as stream:
            received = receive_file(stream, name=file.name, by=None)
        start_import(received, layout=understand_file(received).layout(), source="1c", by=None)


def worker():
    from clientarium.decisions.runs import work

    work(threading.Event(), poll_seconds=0.1)


def report():
    """Everything an interrupted run must have in common with an uninterrupted one."""
    from clientarium.decisions.clients import Client, Holding, SourceKey
    from clientarium.decisions.journal import Entry
    from clientarium.decisions.runs import Import, Run, open_ledger

    names = dict(Client.objects.values_list("pk", "name"))
    with open_ledger().engine() as engine:
        sums = engine.fetch(
            "select client_id, count(*) as lines, count(distinct line_no || '/' || coalesce(doc_id, '')) as distinct_lines,"
            " sum(revenue) as revenue from sales group by client_id"
        ).to_pylist()
    return {
        "imports": list(Import.objects.order_by("pk").values_list("state", "accepted", "refused", "clients_created")),
        "runs": sorted(Run.objects.filter(kind__in=["import", "pulse"]).values_list("kind", "state")),
        "loads": [load.rows for load in open_ledger().loads() if load.is_loaded],
        "facts": sorted((names[r["client_id"]], r["lines"], r["distinct_lines"], str(r["revenue"])) for r in sums),
        "clients": sorted(Client.objects.values_list("name", "code", "city", "holder__name")),
        "keys": sorted(SourceKey.objects.values_list("source", "key", "client__name", "is_reused")),
        "holdings": sorted(Holding.objects.values_list("client__name", "seller__name")),
        "loaded_entries": Entry.objects.filter(verb="import_loaded").count(),
        "staging": sorted(path.name for path in Path(os.environ["CLIENTARIUM_HOME"], "staging").iterdir()),
    }


def main():
    from clientarium.config.start import open_home

    open_home(Path(os.environ["CLIENTARIUM_HOME"]))
    action, *arguments = sys.argv[1:]
    if action == "prepare":
        prepare(arguments)
    elif action == "worker":
        worker()
    else:
        print(json.dumps(report(), ensure_ascii=False, default=str))


if __name__ == "__main__":
    main()
