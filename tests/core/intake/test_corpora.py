"""Hostile corpora: every file ends in facts or refusals, no record lost; every string survives in every text field."""

import json

import pytest

from clientarium.core.ground import UserError
from clientarium.core.intake import LIMITS
from clientarium.core.intake.readers import open_source

from .tables import SHARED, clients_of, csv_bytes, refused_of, rows_of, stage_here, understand_here

CORPORA = SHARED / "corpora"
pytestmark = pytest.mark.skipif(
    not CORPORA.exists(), reason="NO CORPORA: ../shared/corpora is not there, nothing is proved"
)
SPECTRUM = sorted(path.stem for path in (CORPORA / "csv-spectrum/csvs").glob("*.csv")) if CORPORA.exists() else []


def test_every_file_of_the_spectrum_is_seen():
    assert len(SPECTRUM) == 12


@pytest.mark.parametrize("name", SPECTRUM)
def test_spectrum_reads_as_its_authors_say(tmp_path, name):
    path = tmp_path / f"{name}.csv"
    path.write_bytes((CORPORA / f"csv-spectrum/csvs/{name}.csv").read_bytes())
    expected = json.loads((CORPORA / f"csv-spectrum/json/{name}.json").read_text())
    if name == "location_coordinates":
        # Their JSON is one object and tells another phone than their CSV.
        expected = [expected | {"Contact Phone Number": "2095257564"}]
    source = open_source(path, name=path.name, work=tmp_path, limits=LIMITS)
    first = source.head(path.name, rows=1)[0]
    rows = [
        dict(zip(first.cells, cells, strict=True))
        for grid in source.grids(path.name, after_line=first.line, width=len(first.cells))
        for cells in zip(*([_text(cell) for cell in column.to_pylist()] for column in grid.columns), strict=True)
    ]
    assert [{key: value.replace("\r\n", "\n") for key, value in row.items()} for row in rows] == [
        {key: str(value).replace("\r\n", "\n") for key, value in row.items()} for row in expected
    ]


def _text(cell):
    return cell.decode() if isinstance(cell, bytes) else cell


@pytest.mark.parametrize("name", SPECTRUM)
def test_spectrum_ends_in_a_question_or_a_reason(tmp_path, name):
    path = tmp_path / f"{name}.csv"
    path.write_bytes((CORPORA / f"csv-spectrum/csvs/{name}.csv").read_bytes())
    with pytest.raises(UserError):
        understand_here(path, kind="sales").layout()


def naughty():
    return json.loads((CORPORA / "blns.json").read_text())


def test_naughty_strings_in_every_text_field_of_sales(tmp_path):
    headers = [
        "Дата",
        "Документ",
        "Клиент",
        "Артикул",
        "Номенклатура",
        "Товарная группа",
        "Сумма",
        "Менеджер",
        "Подразделение",
        "Город",
    ]
    path = tmp_path / "a.csv"
    strings = [text for text in naughty() if "\0" not in text]
    path.write_bytes(csv_bytes([headers, *(["05.03.2025", *[text] * 5, "1", *[text] * 3] for text in strings)]))
    staged = stage_here(path)
    assert staged.rows_read == len(strings) > 500
    assert staged.agree
    kept = [text.strip() for text in strings]
    facts = rows_of(staged)
    assert len(facts) + len(refused_of(staged)) + sum(staged.skipped.values()) == len(strings)
    assert {row["doc_id"] for row in facts} <= {text or None for text in kept} | {None}
    assert staged.accepted >= len(strings) - 20


def test_naughty_strings_on_cards(tmp_path):
    headers = ["Код", "Наименование", "ИНН", "КПП", "Телефон", "E-mail", "Город", "Менеджер", "Сегмент"]
    path = tmp_path / "a.csv"
    strings = [text for text in naughty() if text.strip() and "\0" not in text]
    path.write_bytes(csv_bytes([headers, *([f"К-{number}", *[text] * 8] for number, text in enumerate(strings))]))
    staged = stage_here(path)
    cards = clients_of(staged)
    assert len(cards) + staged.refused + sum(staged.skipped.values()) == len(strings)
    assert {card["inn"] for card in cards} <= {text.strip() for text in strings} | {None}
    assert staged.agree
