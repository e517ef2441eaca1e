"""Generated sales for benches: `staged_sales` writes parquet of the staged schema with DuckDB, repeatably."""

from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

LINES_PER_DOCUMENT = 3
DAYS = 1825
LAST_DAY = "2026-10-31"


def staged_sales(folder: Path, *, lines: int, clients: int) -> Path:
    """`lines` sale lines of `clients` clients over five years; a skewed base as real ones are."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "sales.parquet"
    documents = max(1, lines // LINES_PER_DOCUMENT)
    with duckdb.connect() as connection:
        connection.execute("set threads = 2; set memory_limit = '4GB'; set preserve_insertion_order = false")
        connection.execute(f"set temp_directory = '{folder}'")
        connection.execute(_sales_sql(target, documents=documents, clients=clients))
    return target


def _sales_sql(target: Path, *, documents: int, clients: int) -> str:
    # hash() gives repeatable pseudo-random numbers whatever the thread order.
    return f"""
    copy (
      with documents as (
        select i as document,
               least({clients} - 1, (power((hash(i) % 1000003) / 1000003.0, 2) * {clients})::bigint) as client,
               date '{LAST_DAY}' - (hash(i * 7 + 1) % {DAYS})::integer as sold_on
        from range({documents}) as numbers(i)
      ), lines as (
        select document, client, sold_on, j as line_no, hash(document * 31 + j) as noise
        from documents, range(1, {LINES_PER_DOCUMENT} + 1) as lines_of(j)
      )
      select 'D' || document as doc_id, line_no::bigint as line_no, sold_on, 'C' || client as client_key,
             'P' || (noise % 5000) as product, ((noise % 20) + 1)::decimal(18,4) as quantity,
             (((noise % 500000) / 100.0 + 5) * case when noise % 97 = 0 then -1 else 1 end)::decimal(18,4) as revenue,
             case when noise % 11 = 0 then null
                  else ((noise % 400000) / 100.0 * if(noise % 97 = 0, -1, 1))::decimal(18,4) end as cost,
             case when noise % 5 = 0 then ((noise % 3000) / 100.0)::decimal(18,4) end as discount,
             'RUB' as currency, 'S' || (client % 200) as seller, null::varchar as channel,
             noise % 97 = 0 as is_return, (document * {LINES_PER_DOCUMENT} + line_no)::bigint as row_no
      from lines
    ) to '{target}' (format parquet, compression zstd)
    """


def staged_touches(folder: Path, *, touches: int, clients: int) -> Path:
    """`touches` calls, letters and meetings over the same five years; minutes were measured for every second one."""
    return _staged(
        folder / "touches.parquet",
        f"""select 'T' || i as touch_id, date '{LAST_DAY}' - (hash(i * 5 + 2) % {DAYS})::integer as touched_on,
            {_client_sql("i + 77", clients)} as client_key,
            ['call', 'letter', 'meeting', 'message', 'visit', 'ticket', 'document'][(hash(i * 3) % 7)::int + 1] as kind,
            ['sales', 'support', 'accounting'][(hash(i * 11) % 3)::int + 1] as department, 'S' || (i % 200) as seller,
            case when i % 2 = 0 then (hash(i * 13) % 60 + 1)::decimal(9,2) end as minutes,
            null::varchar as direction, null::varchar as result, i::bigint as row_no from range({touches}) as t(i)""",
    )


def staged_payments(folder: Path, *, payments: int, clients: int) -> Path:
    """Payments due over the same years: a tenth of them not yet paid, the rest up to 20 days early or late."""
    return _staged(
        folder / "payments.parquet",
        f"""select 'D' || i as doc_id, date '{LAST_DAY}' - (hash(i * 5 + 3) % {DAYS})::integer as due_on,
            case when hash(i) % 10 > 0 then due_on + (hash(i * 17) % 40)::integer - 20 end as paid_on,
            {_client_sql("i + 33", clients)} as client_key, ((hash(i * 19) % 500000) / 100.0)::decimal(18,4) as amount,
            'RUB' as currency, i::bigint as row_no from range({payments}) as t(i)""",
    )


def _staged(target: Path, sql: str) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("set threads = 2; set memory_limit = '4GB'; set preserve_insertion_order = false")
        connection.execute(f"copy ({sql}) to '{target}' (format parquet, compression zstd)")
    return target


def _client_sql(number: str, clients: int) -> str:
    """Few clients have most of the facts, as in `staged_sales`."""
    share = f"power((hash({number}) % 1000003) / 1000003.0, 2)"
    return f"'C' || least({clients} - 1, ({share} * {clients})::bigint)"


def cards(clients: int) -> pa.Table:
    """What the database knows of the same clients, in the shape the pulse takes."""
    ids = range(1, clients + 1)
    return pa.table(
        {
            "client_id": pa.array(ids, pa.int64()),
            "seller": [f"S{number % 200}" for number in ids],
            "city": [f"City {number % 60}" for number in ids],
            "segment": [("retail", "dealer", "chain")[number % 3] for number in ids],
            "created_on": pa.array([date(2021, 1, 1 + number % 28) for number in ids], pa.date32()),
            "is_stopped": [number % 200 == 0 for number in ids],
            "has_bad_review": [number % 500 == 0 for number in ids],
        }
    )


def client_keys(clients: int) -> pa.Table:
    """client_key → client_id for the generated base."""
    return pa.table(
        {
            "client_key": [f"C{number}" for number in range(clients)],
            "client_id": pa.array(range(1, clients + 1), pa.int64()),
        }
    )


def sales_csv(folder: Path, *, lines: int, clients: int) -> Path:
    """The same sales as a CSV a user would bring: Russian headers, `;`, dd.mm.yyyy, comma decimals, UTF-8."""
    staged = staged_sales(folder, lines=lines, clients=clients)
    target = folder / f"sales_{lines}.csv"
    with duckdb.connect() as connection:
        connection.execute("set threads = 2; set memory_limit = '4GB'")
        connection.execute(
            f"""copy (select strftime(sold_on, '%d.%m.%Y') as "Дата", doc_id as "Документ", client_key as "Контрагент",
                product as "Номенклатура", replace(quantity::varchar, '.', ',') as "Количество",
                replace(revenue::varchar, '.', ',') as "Сумма", replace(cost::varchar, '.', ',') as "Себестоимость",
                seller as "Менеджер" from read_parquet('{staged}')) to '{target}' (header, delimiter ';')"""
        )
    return target
