"""Small tables written in every format, and staged in this process or in the child."""

import csv
import dataclasses
import gzip
import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from clientarium.core.intake import LIMITS, Layout, Staged, Understanding
from clientarium.core.intake.inspection import understand
from clientarium.core.intake.readers import open_source
from clientarium.core.intake.staging import Staging

TODAY = date(2026, 1, 31)
SHARED = Path(__file__).parents[3] / "../shared"

SALES = [
    ["Дата", "Документ", "Клиент", "Номенклатура", "Количество", "Сумма", "Себестоимость"],
    ["05.03.2025", "Р-1", "ООО «Берёза»", "Гвозди", "2", "1500,50", "1000"],
    ["06.03.2025", "Р-2", "ИП Кедров", "Шурупы", "1", "300", "250,25"],
    ["07.03.2025", "Р-3", "ООО «Берёза»", "Гвозди", "-1", "-750,25", "-500"],
]


def csv_bytes(rows: list[list[str]], *, delimiter: str = ";", encoding: str = "utf-8", newline: str = "\r\n") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return text.getvalue().encode(encoding)


def write_xlsx(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def write_ods(path: Path, rows: list[list[str]]) -> Path:
    book = OpenDocumentSpreadsheet()
    table = Table(name="Лист1")
    for row in rows:
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(str(path))
    return path


def write_gz(path: Path, content: bytes) -> Path:
    path.write_bytes(gzip.compress(content))
    return path


def write_zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def understand_here(path: Path, *, known_layouts: tuple[Layout, ...] = (), kind: str | None = None) -> Understanding:
    """Inspect without the child: the same code, quick enough for hundreds of examples."""
    source = open_source(path, name=path.name, work=path.parent, limits=LIMITS)
    return understand(source, known_layouts=known_layouts, kind=kind, sheet=None, today=TODAY, limits=LIMITS)


def stage_here(path: Path, *, layout: Layout | None = None, today: date = TODAY, **changes: object) -> Staged:
    layout = dataclasses.replace(layout or understand_here(path).layout(), **changes)
    out_dir = path.parent / f"{path.name}.staged"
    out_dir.mkdir(exist_ok=True)
    source = open_source(
        path, name=path.name, work=path.parent, limits=LIMITS, encoding=layout.encoding, delimiter=layout.delimiter
    )
    staging = Staging(layout=layout, out_dir=out_dir, name=path.name, today=today, currency="RUB")
    return staging.run(source, limits=LIMITS, progress=lambda rows: None)


def rows_of(staged: Staged, table: str = "sales") -> list[dict[str, object]]:
    return [row for path in staged.tables.get(table, ()) for row in pq.read_table(path).to_pylist()]


def refused_of(staged: Staged) -> list[dict[str, object]]:
    return [] if staged.refused_rows is None else pq.read_table(staged.refused_rows).to_pylist()


def clients_of(staged: Staged) -> list[dict[str, object]]:
    return [] if staged.clients is None else pq.read_table(staged.clients).to_pylist()


def parquet_of(path: Path, columns: dict[str, pa.Array]) -> Path:
    pq.write_table(pa.table(columns), path)
    return path
