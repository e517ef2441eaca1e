"""Files nobody prepared are understood without a hint, and their known sums come out."""

from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from .tables import SHARED, clients_of, stage_here, understand_here

DATA = SHARED / "data"
pytestmark = pytest.mark.skipif(
    not DATA.exists(), reason="NO REAL DATA: ../shared/data is not there, nothing is proved"
)

# name: (rows, clients, sums as ../shared/data/README.md and the files themselves give them)
KNOWN = {
    "cdnow_master.csv": (69_659, 23_570, {"quantity": "167881", "revenue": "2500315.63"}),
    "superstore.csv": (9_994, 793, {"revenue": "2297200.8603", "margin": "286397.0217", "cost": "2010803.8386"}),
    "classicmodels_lines.csv": (2_996, 98, {"revenue": "9604190.61", "cost": "5778310.36"}),
    "northwind_lines.csv": (2_155, 89, {"revenue": "1265793.0414", "quantity": "51317"}),
    "grocery_elog.csv": (10_483, 1_525, {"revenue": "0"}),
    "apparel_trans.csv": (3_187, 600, {"revenue": "124356.90"}),
}


@pytest.fixture
def link(tmp_path):
    def linked(name):
        (tmp_path / name).symlink_to((DATA / name).resolve())
        return tmp_path / name

    return linked


@pytest.mark.parametrize("name", KNOWN)
def test_sums_of_a_real_file(link, name):
    staged = stage_here(link(name))
    rows, clients, sums = KNOWN[name]
    assert (staged.rows_read, staged.accepted, staged.refused, staged.skipped) == (rows, rows, 0, {})
    assert len(clients_of(staged)) == clients
    assert {meaning: staged.totals[meaning].accepted for meaning in sums} == {
        meaning: Decimal(sum_) for meaning, sum_ in sums.items()
    }
    assert staged.agree


MEANINGS = {
    "superstore.csv": {
        "client_id": "client_code", "client_name": "client", "segment": "segment", "doc_id": "doc", "date": "date", "product": "product",
        "category": "product_group", "sub_category": None, "qty": "quantity", "discount": "discount_rate", "revenue": "revenue",
        "profit": "margin", "cost": "cost", "state": "ignore", "city": "city",
    },
    "cdnow_sample.csv": {
        "client_id": "client_code", "client_id_master": None, "date": "date", "qty": "quantity", "revenue": "revenue"
    },
    "iowa_liquor_products.csv": {"product": "product", "category": "product_group", "description": "product_name"},
    "northwind_customers.csv": {"customer_id": "client_code", "company_name": "client", "city": "city", "phone": "phones"},
    "classicmodels_customers.csv": {"customerNumber": "client_code", "customerName": "client", "salesRepEmployeeNumber": "seller"},
    "iowa_liquor_stores.csv": {"Store": "client_code", "Name": "client", "City": "city"},
}  # fmt: skip


@pytest.mark.parametrize("name", MEANINGS)
def test_meanings_of_a_real_file(link, name):
    understanding = understand_here(link(name))
    found = {column.header: column.meaning for column in understanding.columns}
    assert understanding.questions == ()
    assert {header: found[header] for header in MEANINGS[name]} == MEANINGS[name]


@pytest.mark.slow
def test_online_retail_as_csv_under_its_own_headers(tmp_path):
    source = pq.read_table(DATA / "online_retail_ii.parquet")
    names = {
        "doc_id": "Invoice",
        "product": "StockCode",
        "description": "Description",
        "qty": "Quantity",
        "ts": "InvoiceDate",
        "price": "Price",
        "client_id": "Customer ID",
        "country": "Country",
    }
    table = source.select(list(names)).rename_columns(list(names.values()))
    table = table.set_column(7, "Country", table["Country"].cast(pa.string()))
    table = table.set_column(6, "Customer ID", table["Customer ID"].cast(pa.float64()).cast(pa.string()))
    table = table.set_column(4, "InvoiceDate", pc.strftime(table["InvoiceDate"], "%Y-%m-%d %H:%M:%S"))
    path = tmp_path / "online_retail_ii.csv"
    pyarrow.csv.write_csv(table, path)
    understanding = understand_here(path)
    assert {column.header: column.meaning for column in understanding.columns} == {
        "Invoice": "doc", "StockCode": "product", "Description": "product_name", "Quantity": "quantity", "InvoiceDate": "date",
        "Price": "price", "Customer ID": "client_code", "Country": "ignore",
    }  # fmt: skip
    staged = stage_here(path, no_client="skip")
    assert (staged.rows_read, staged.accepted, dict(staged.skipped)) == (
        1_044_847,
        809_560,
        {"no client in the row": 235_287},
    )
    known = source.filter(pc.is_valid(source["client_id"]))
    sales = pq.read_table(staged.tables["sales"][0])
    assert len(clients_of(staged)) == 5_942
    assert float(pc.sum(sales["revenue"]).as_py()) == pytest.approx(pc.sum(known["revenue"]).as_py(), abs=1)
    assert pc.sum(sales["is_return"]).as_py() == pc.sum(pc.less(known["qty"], 0)).as_py()
    assert staged.agree
