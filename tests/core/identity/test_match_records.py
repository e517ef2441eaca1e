"""Duplicates in tables with any columns, judged on public labelled sets; nothing of the labels is shown to the model."""

import csv
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from clientarium.core.identity import Role, guess_role, match_records, record_clusters
from tests.core.intake.tables import SHARED

SETS = SHARED / "data" / "dedupe"
CHICAGO = ["name", "address", "zip", "phone", "fax", "website", "email"]
RESTAURANTS = ["name", "address", "city", "cuisine"]
PEOPLE = ["given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state", "date_of_birth", "soc_sec_id"]  # fmt: skip


def read(file, columns, truth="true_id"):
    if not SETS.exists():
        pytest.skip(f"no labelled sets in {SETS}")
    with (SETS / file).open(newline="", encoding="utf-8") as lines:
        rows = [{key: (cell or "").strip() or None for key, cell in row.items()} for row in csv.DictReader(lines)]
    owners = np.unique([row[truth] for row in rows], return_inverse=True)[1]
    return pa.Table.from_pylist(rows).select(columns), owners


def pairs_in(labels):
    return {
        (int(a), int(b))
        for label in np.unique(labels)
        for members in [np.nonzero(labels == label)[0]]
        for place, a in enumerate(members)
        for b in members[place + 1 :]
    }


def f1(found, wanted):
    return 2 * len(found & wanted) / (len(found) + len(wanted))


# The floors of SCIENCE.md 4.2, whose thresholds were tuned on the labels.
@pytest.mark.parametrize(
    ("file", "columns", "pair_floor", "cluster_floor"),
    [
        ("dedupeio_chicago_childcare_orgs.csv", CHICAGO, 0.904, 0.892),
        ("restaurants_fodors_zagats.csv", RESTAURANTS, 0.904, 0.904),
        ("febrl1.csv", PEOPLE, 0.998, 0.998),
    ],
)
def test_better_than_what_was_tuned_on_the_labels(file, columns, pair_floor, cluster_floor):
    table, owners = read(file, columns)
    pairs = match_records(table, columns)
    wanted = pairs_in(owners)
    likely = {
        (pair["a"], pair["b"]) for pair in pairs.drop_columns("reasons").to_pylist() if pair["probability"] >= 0.5
    }
    assert f1(likely, wanted) > pair_floor
    assert f1(pairs_in(record_clusters(pairs, table.num_rows)), wanted) > cluster_floor


def test_roles_are_guessed_from_names_and_cells():
    columns = {
        "Наименование": ["ООО Ромашка"], "Телефон": ["8 912"], "E-mail": ["a@b.ru"], "ИНН": ["7707083893"],
        "Адрес": ["Москва"], "date_of_birth": ["19800101"], "phoneNumber": ["1"], "soc_sec_id": ["1"], "postcode": ["1"],
        "surname": ["x"], "x1": ["a@b.ru"], "x2": ["2001-02-03"], "x3": ["123456789"], "x4": ["12"], "x5": ["some words"],
        "x6": [None],
    }  # fmt: skip
    guessed = {
        name: guess_role(name, pa.chunked_array([pa.array(cells, pa.string())])) for name, cells in columns.items()
    }
    assert guessed == {
        "Наименование": Role.NAME, "Телефон": Role.PHONE, "E-mail": Role.EMAIL, "ИНН": Role.ID, "Адрес": Role.ADDRESS,
        "date_of_birth": Role.DATE, "phoneNumber": Role.PHONE, "soc_sec_id": Role.ID, "postcode": Role.NUMBER,
        "surname": Role.NAME, "x1": Role.EMAIL, "x2": Role.DATE, "x3": Role.ID, "x4": Role.NUMBER, "x5": Role.TEXT,
        "x6": Role.TEXT,
    }  # fmt: skip


def firms():
    rows = [
        {"id": n, "name": f"Firm {chr(65 + n)}{n}x", "phone": f"+7912000{n:04d}", "opened": 1990 + n % 30}
        for n in range(60)
    ]
    return pa.Table.from_pylist([*rows, {**rows[7], "id": 60}, {**rows[9], "id": 61, "name": "FIRM, J9X"}])


def test_columns_of_any_type_and_a_key_column_left_out():
    pairs = match_records(firms()).to_pylist()
    likely = [(pair["a"], pair["b"]) for pair in pairs if pair["probability"] > 0.5]
    assert likely == [(7, 60), (9, 61)]
    assert {why["field"] for pair in pairs for why in pair["reasons"]} <= {"name", "phone", "opened"}


def test_dates_that_are_no_text():
    assert guess_role("opened", pa.chunked_array([pa.array([date(2020, 1, 1)])])) is Role.DATE


def test_a_large_table_is_learned_from_a_part_of_its_pairs(monkeypatch):
    monkeypatch.setattr("clientarium.core.identity.matching.scoring._MOST_FITTED", 30)
    likely = [(pair["a"], pair["b"]) for pair in match_records(firms()).to_pylist() if pair["probability"] > 0.5]
    assert likely == [(7, 60), (9, 61)]


def test_a_number_that_differs_is_never_sure():
    rows = firms().drop_columns("id").to_pylist()
    rows = [{**row, "inn": f"77{place:08d}"} for place, row in enumerate(rows)]
    pairs = match_records(pa.Table.from_pylist(rows)).to_pylist()
    assert not any(pair["sure"] for pair in pairs)


def test_roles_given():
    pairs = match_records(firms(), {"name": "name"})
    assert {why["field"] for pair in pairs.to_pylist() for why in pair["reasons"]} == {"name"}
    with pytest.raises(ValueError, match="colour"):
        match_records(firms(), {"name": "colour"})


def test_clusters_of_rows_are_numbered_by_their_first():
    labels = record_clusters(match_records(firms()), 62)
    assert labels.tolist() == [*range(60), 7, 9]


@pytest.mark.parametrize("rows", [0, 1])
def test_tables_without_pairs(rows):
    assert match_records(firms().slice(0, rows)).num_rows == 0
    assert record_clusters(match_records(firms().slice(0, rows)), rows).tolist() == list(range(rows))


def test_columns_of_nothing():
    table = pa.table({"name": pa.array([None, None, None], pa.string()), "phone": pa.nulls(3)})
    assert match_records(table).num_rows == 0
