"""Generated sales for benches: `staged_sales` writes parquet of the staged schema with DuckDB, repeatably."""

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
