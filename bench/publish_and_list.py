"""Publishing a snapshot to the lists, and the pages people open, on SQLite and on PostgreSQL.

Each page is asked three times by a signed-in owner through Django's test client; the middle time counts. A query that
takes longer than SLOW_SECONDS is kept with its plan.
"""

import html
import os
import re
import shutil
import statistics
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyarrow as pa

from bench.databases import has_postgres, postgres, sqlite
from bench.firm import AS_OF, firm_in
from bench.pulse_at_scale import make_firm_in, pulse_of
from bench.report import Figure, measured, publish

TITLE = "publish and list"
SIZES = {True: (20_000, 1_000), False: (20_000_000, 1_000_000)}
PAGE_SECONDS = 1.0
SLOW_SECONDS = 0.1
TIMES = 3
FAR_PAGE = 100
NEXT_LINK = re.compile(r'rel="next" href="([^"]*)"')
NAMES = ("Ромашка", "Берёза", "Кедр", "Северный путь", "Технополис", "Гранит", "Весна", "Рассвет", "Маяк", "Орион")
SELLERS, CITIES = 200, 60
FIRST_HELD = date(2026, 1, 1)

PAGES = {
    "list, first page": "/clients/",
    "list, by a condition": "/clients/?where=" + quote("grade = 'A' and days_since_last_purchase > 60"),
    "list, by a condition few meet": "/clients/?where=" + quote("revenue_12m > 200000 and city = 'City 5'"),
    "list, by a condition nobody meets": "/clients/?where=" + quote("orders_12m > 100000"),
    "list, by name": "/clients/?sort=name",
    "list, by revenue": "/clients/?sort=-revenue_12m",
    "list, by a column without an index": "/clients/?sort=-typical_gap_days",
    "sums of all": "/clients/totals/",
    "sums by a condition": "/clients/totals/?where=" + quote("grade = 'A' and days_since_last_purchase > 60"),
    "search by the beginning of a name": "/search/?q=" + quote("берёза 7"),
    "search by a part of a name": "/search/?q=" + quote("путь 777"),
    "search, nothing found": "/search/?q=" + quote("никогда"),
    "card": "/clients/1000/",
    "card: timeline": "/clients/1000/timeline/",
    "card: products": "/clients/1000/products/",
    "card: documents": "/clients/1000/documents/",
    "pulse": "/",
    "pulse: losses": "/pulse/losses/",
    "pulse: attention": "/pulse/attention/",
    "pulse: abc": "/pulse/abc/",
    "pulse: concentration": "/pulse/concentration/",
    "quality": "/quality/",
    "duplicates": "/duplicates/",
    "portfolios": "/portfolios/",
    "portfolio of a seller": "/portfolios/1/",
    "clock": "/clock/",
    "waves": "/waves/",
    "moves": "/moves/",
    "plans": "/plans/",
    "plan of a seller": "/plans/1/",
    "win-back: results": "/winback/results/",
    "win-back: the lost": "/winback/lost/",
    "win-back: why they leave": "/winback/report/",
    "attention": "/strategy/attention/",
    "attention: load by grade": "/strategy/attention/load/?by=grade&basis=all",
    "attention: whale": "/strategy/attention/whale/?basis=all",
    "attention: clients": "/strategy/attention/clients/?basis=all",
    "norms": "/strategy/norms/",
    "release: groups": "/strategy/releases/groups/",
    "release: steps of a group": "/strategy/releases/new/?where=" + quote("grade = 'D'"),
    "capacity": "/strategy/capacity/",
    "stress: verdict": "/strategy/stress/verdict/",
    "stress: hole": "/strategy/stress/hole/?top=3",
    "stress: successors": "/strategy/stress/successors/?top=3",
    "stress: slices": "/strategy/stress/slices/",
    "zones": "/strategy/zones/",
    "size against margin": "/strategy/zones/size/",
    "mirror: health": "/strategy/mirror/health/",
    "mirror: strengths": "/strategy/mirror/strengths/?by=segment",
    "mirror: resistance": "/strategy/mirror/resistance/?by=segment",
    "outcomes": "/strategy/outcomes/found/",
    "reviews": "/reviews/",
}


def bench(folder: Path, *, small: bool) -> None:
    lines, clients = SIZES[small]
    measured("facts", make_firm_in, folder, lines, clients)
    if not firm_in(folder, lines=lines, clients=clients).snapshots.dates():
        measured("snapshot", pulse_of, folder, lines, clients)
    home = firm_in(folder, lines=lines, clients=clients).home
    databases: dict[str, Callable[[], AbstractContextManager[str]]] = {"SQLite": lambda: sqlite(home)}
    if has_postgres():
        databases["PostgreSQL"] = postgres
    figures: list[Figure] = []
    for name, database in databases.items():
        with database() as address:
            figures += on_database(name, address, folder, lines, clients)
    slowest = max((figure.seconds for figure in figures if "list" in figure.name), default=0.0)
    publish(
        TITLE + (" small" if small else ""),
        figures,
        ratios={"slowest page of the list, seconds": slowest},
        limits={"slowest page of the list, seconds": PAGE_SECONDS},
    )


def on_database(name: str, address: str, folder: Path, lines: int, clients: int) -> list[Figure]:
    where = (address, folder, lines, clients)
    figures = [
        measured(f"{name}: {clients:,} clients found or made", fill_clients, *where),
        measured(f"{name}: publish", publish_again, *where),
    ]
    pages = measured(f"{name}: pages", open_pages, *where)
    for page, found in pages.details["pages"].items():
        queries = f"{found['queries']} queries, {found['kilobytes']} KB"
        figures.append(Figure(f"{name}: {page}", found["seconds"], pages.peak_mb, queries, found, pages.load))
    return figures


def open_database(address: str, folder: Path, lines: int, clients: int) -> Any:
    """Django on the firm's home with that database; the firm."""
    firm = firm_in(folder, lines=lines, clients=clients)
    os.environ["CLIENTARIUM_HOME"], os.environ["CLIENTARIUM_DATABASE_URL"] = str(firm.home), address
    from clientarium.config.start import open_home

    open_home(firm.home)
    return firm


def fill_clients(address: str, folder: Path, lines: int, clients: int) -> dict[str, Any]:
    firm = open_database(address, folder, lines, clients)
    from django.db import connection

    from clientarium.decisions.clients import resolve_clients
    from clientarium.decisions.people import Seller

    staged = pa.table(
        {
            "client_key": [f"C{number}" for number in range(clients)],
            "client_name": [f"ООО «{NAMES[number % len(NAMES)]} {number}»" for number in range(clients)],
        }
    )
    started = time.perf_counter()
    keys = resolve_clients(staged, source="bench", import_id="bench", by=None)
    seconds = time.perf_counter() - started
    assert keys["client_id"].to_pylist() == list(range(1, clients + 1)), "the ledger knows them by these numbers"
    Seller.objects.bulk_create(
        Seller(source="bench", key=f"S{number}", name=f"Продавец {number}", name_key=f"продавец {number}")
        for number in range(SELLERS)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "update clients_client set holder_id = (select min(id) from people_seller) + id %% %s,"
            " city = 'City ' || (id %% %s)",
            [SELLERS, CITIES],
        )
        cursor.execute(
            "insert into clients_holding (client_id, seller_id, first_day, cause, reason)"
            " select id, holder_id, %s, 'sales', '' from clients_client",
            [FIRST_HELD],
        )
    show_snapshot(firm)
    return {"seconds": seconds}


def show_snapshot(firm: Any) -> None:
    """What a pulse run notes at its end; the pages look for it."""
    from django.utils import timezone

    from clientarium.decisions.runs.models import Snapshot

    info = firm.snapshots.info(AS_OF)
    Snapshot.objects.create(
        as_of=AS_OF, ledger_version=info.ledger_version, definitions_hash=info.definitions_hash,
        standing_hash=info.standing_hash, program_version="bench", engine=info.engine, content_hash=info.content_hash,
        rows=info.rows, made_at=timezone.now(), published_at=timezone.now(), is_published=True,
    )  # fmt: skip


def publish_again(address: str, folder: Path, lines: int, clients: int) -> dict[str, Any]:
    firm = open_database(address, folder, lines, clients)
    from clientarium.decisions.clients import publish_state
    from clientarium.decisions.clients.domain import publish as steps
    from clientarium.decisions.runs.domain.homes import current_definitions
    from clientarium.decisions.runs.domain.publish import published_names

    known = set(firm.snapshots.columns(AS_OF))
    names = [name for name in published_names(current_definitions()) if name.name in known]
    parts = {name: timed(steps, name) for name in ("fill", "index", "take_place")}
    started = time.perf_counter()
    publish_state(names, firm.snapshots.batches(AS_OF), as_of=AS_OF)
    seconds = time.perf_counter() - started
    taken = {name: round(sum(times), 2) for name, times in parts.items()}
    note = f"{len(names)} columns; " + ", ".join(f"{name} {took}" for name, took in taken.items())
    return {"seconds": seconds, "note": note, "steps": taken}


def timed(module: Any, name: str) -> list[float]:
    """Have the calls of `module.name` timed into the list that is returned."""
    inner, times = getattr(module, name), []

    def outer(*arguments: Any, **named: Any) -> Any:
        started = time.perf_counter()
        try:
            return inner(*arguments, **named)
        finally:
            times.append(time.perf_counter() - started)

    setattr(module, name, outer)
    return times


def open_pages(address: str, folder: Path, lines: int, clients: int) -> dict[str, Any]:
    firm = open_database(address, folder, lines, clients)
    from django.conf import settings
    from django.test import Client

    from clientarium.decisions.people import Seller, User
    from clientarium.interfaces.web import assets

    settings.ALLOWED_HOSTS = ["testserver"]
    # A copy: somebody may be building the frontend anew meanwhile.
    assets.MANIFEST = shutil.copyfile(assets.MANIFEST, firm.home / "manifest.json")
    (firm.home / "static").mkdir(exist_ok=True)
    owner = User.objects.create(username="owner", role="owner", password="!", email="owner@bench.test")
    seller = User.objects.create(
        username="seller", role="seller", password="!", email="s@bench.test", seller=Seller.objects.first()
    )
    browser, portfolio = Client(), Client()
    browser.force_login(owner)
    portfolio.force_login(seller)
    browser.get("/clients/")  # templates and definitions are read once per process
    pages = {name: asked(browser, address) for name, address in PAGES.items()}
    pages[f"list, page {FAR_PAGE}"] = asked(browser, far_page(browser))
    pages["list, a seller's portfolio"] = asked(portfolio, "/clients/")
    pages["sums of a seller's portfolio"] = asked(portfolio, "/clients/totals/")
    return {"pages": pages}


def asked(browser: Any, address: str) -> dict[str, Any]:
    """Seconds, queries and size of one page; its slow queries with their plans."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times = []
    for _ in range(TIMES):
        with CaptureQueriesContext(connection) as captured:
            started = time.perf_counter()
            answer = browser.get(address)
            times.append(time.perf_counter() - started)
        assert answer.status_code == 200, (address, answer.status_code, answer.content[:500])
    slow = [query for query in captured.captured_queries if float(query["time"]) > SLOW_SECONDS]
    return {
        "seconds": round(statistics.median(times), 3),
        "first_seconds": round(times[0], 3),
        "queries": len(captured),
        "kilobytes": len(answer.content) // 1024,
        "slow": [{"seconds": query["time"], "sql": query["sql"], "plan": plan_of(query["sql"])} for query in slow],
    }


def plan_of(sql: str) -> list[str]:
    from django.db import connection

    if not sql.lstrip("(").upper().startswith("SELECT"):
        return []
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN (ANALYZE, BUFFERS) "
    with connection.cursor() as cursor:
        try:
            cursor.execute(explain + sql.replace("%", "%%"), [])
        except Exception as problem:  # noqa: BLE001 -- Django shows SQLite's parameters only nearly as they were
            return [f"no plan: {problem}"]
        return [str(row[-1]) for row in cursor.fetchall()]


def far_page(browser: Any) -> str:
    """The address of page 100, come to as people do: by the link to the next."""
    address = "/clients/"
    for _ in range(FAR_PAGE - 1):
        link = NEXT_LINK.search(browser.get(address).content.decode())
        if link is None:
            break
        address = "/clients/" + html.unescape(link[1])
    return address
