"""Whatever is in the file: records and sums are accepted, refused or skipped, and nothing else; dialects do not matter."""

import csv
import io
import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clientarium.core.intake import Layout, LayoutColumn

from .tables import rows_of, stage_here

HEADERS = ["Дата", "Документ", "Клиент", "Количество", "Сумма"]
MEANINGS = ["date", "doc", "client", "quantity", "revenue"]

words = st.text("абвАБВ xyz0159.,;\"'«»-\t\n=+@", max_size=10)
dates = st.one_of(st.sampled_from(["05.03.2025", "31.02.2025", "2025-03-05", "", "Итого", "45670"]), words)
numbers = st.one_of(
    st.decimals(min_value=-(10**6), max_value=10**6, places=2).map(lambda number: f"{number}".replace(".", ",")),
    st.sampled_from(["", "NaN", "1e308", "1 234,5", "=1", "x"]),
)
rows = st.lists(st.tuples(dates, words, words, numbers, numbers), max_size=12)


def layout(**changes):
    columns = tuple(LayoutColumn(header, meaning) for header, meaning in zip(HEADERS, MEANINGS, strict=True))
    return Layout(kind="sales", columns=columns, decimal_mark=",", **changes)


def staged_from(content, **changes):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(content)
        staged = stage_here(path, layout=layout(**changes))
        return staged, rows_of(staged)


def written(table, *, delimiter, newline, encoding):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=newline, quoting=csv.QUOTE_ALL).writerows([HEADERS, *table])
    return text.getvalue().encode(encoding)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows, st.sampled_from(["refuse", "skip", "anonymous"]))
def test_no_record_and_no_sum_is_lost(table, policy):
    content = written(table, delimiter=";", newline="\r\n", encoding="utf-8")
    staged, facts = staged_from(content, delimiter=";", no_client=policy)
    assert staged.rows_read == len(table)
    assert staged.rows_read == staged.accepted + staged.refused + sum(staged.skipped.values())
    assert staged.accepted == len(facts)
    assert staged.agree
    if "revenue" in staged.totals:
        assert staged.totals["revenue"].accepted == sum((row["revenue"] for row in facts), Decimal(0))


clean = st.lists(
    st.tuples(
        st.just("05.03.2025"),
        st.text("абв №/-0159", min_size=1, max_size=6).map(str.strip).filter(bool),
        st.text('АБВ абв«»";,\t5', min_size=1, max_size=9)
        .map(str.strip)
        .filter(lambda text: bool(text) and "\t" not in text),
        st.integers(-9, 9).map(str),
        st.decimals(min_value=-(10**6), max_value=10**6, places=2).map(lambda number: f"{number}".replace(".", ",")),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    clean,
    st.sampled_from([";", "\t", ",", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1251"]),
)
def test_every_dialect_gives_what_was_written(table, delimiter, newline, encoding):
    staged, facts = staged_from(written(table, delimiter=delimiter, newline=newline, encoding=encoding))
    assert [(row["doc_id"], row["client_key"], row["quantity"], row["revenue"]) for row in facts] == [
        (doc, " ".join(client.split()), Decimal(quantity), Decimal(amount.replace(",", ".")))
        for _, doc, client, quantity, amount in table
    ]
    assert (staged.refused, staged.skipped) == (0, {})
