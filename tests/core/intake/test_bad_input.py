"""Each bad file ends in one clear sentence, or in its rows refused with reasons: nothing half-loaded, nothing dead."""

import gzip
import io
import os
import signal
import subprocess
import zipfile

import openpyxl
import pyarrow as pa
import pytest

from clientarium.core.ground import UserError
from clientarium.core.intake import Cancelled, Limits, inspect_file, stage_file

from .tables import (
    SALES,
    TODAY,
    csv_bytes,
    parquet_of,
    refused_of,
    rows_of,
    stage_here,
    understand_here,
    write_zip,
)

HEAD = ["Дата", "Клиент", "Количество", "Цена", "Сумма"]


def saved(tmp_path, content, name="a.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def sparse_xlsx(path):
    """A legal 1.4 KB workbook whose two cells ask for 17 thousand million."""
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active["XFD1048576"] = "y"
    book.save(path)
    return path


def bomb_zip():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * (60 * 1024 * 1024))
    return packed.getvalue()


def half(content):
    return content[: len(content) // 2]


def xlsx_bytes():
    packed = io.BytesIO()
    book = openpyxl.Workbook()
    for row in SALES:
        book.active.append(row)
    book.save(packed)
    return packed.getvalue()


DAMAGED = "The file is damaged or was not written to its end. Save it again and send the new file."
REFUSED_FILES = {
    "empty.csv": (b"", "The file is empty."),
    "blank.csv": (b"\r\n\r\n;;;\r\n", "There is not one filled row in the table."),
    "rubbish.csv": (bytes(range(256)) * 20, "This is not a table: the file holds binary data."),
    "zeros.csv": (b"\0" * 1000, "This is not a table: the file holds binary data."),
    "page.xls": (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "This is a web page or XML under another name."),
    "a.pdf.csv": (b"%PDF-1.7 ...", "This is a PDF file; a table is needed."),
    "photo.xlsx": (b"\x89PNG\r\n\x1a\n....", "This is a PNG file; a table is needed."),
    "report.mxl": (b"MOXCEL\0\1\0", "This spreadsheet document of 1C (MXL) cannot be read"),
    "bomb.zip": (bomb_zip(), "The archive unpacks to more than 100 times its size: it looks like a zip bomb."),
    "bomb.csv.gz": (gzip.compress(b"0" * (60 * 1024 * 1024)), "The archive unpacks to more than 100 times its size: it looks like a zip bomb."),
    "half.xlsx": (half(xlsx_bytes()), DAMAGED),
    "half.csv.gz": (half(gzip.compress(os.urandom(5000).hex().encode())), "The archive is damaged or was not written to its end."),
    "wide.csv": (b";".join(b"x" for _ in range(10_000)) + b"\n", "The table has 10000 columns; 1000 are allowed."),
    "two.zip": (None, "The archive holds 2 tables: a.csv, b.csv. Unpack the archive and send each table as a file of its own."),
    "none.zip": (None, "There is no table in the archive."),
    "nested.zip": (None, "There is an archive inside the archive."),
}  # fmt: skip
ZIPS = {
    "two.zip": {"a.csv": b"1", "b.csv": b"2"},
    "none.zip": {"readme.md": b"1"},
    "nested.zip": {"a.csv": gzip.compress(b"1")},
}


@pytest.mark.parametrize("name", REFUSED_FILES)
def test_file_is_refused_with_a_reason(tmp_path, name):
    content, reason = REFUSED_FILES[name]
    path = write_zip(tmp_path / name, ZIPS[name]) if content is None else saved(tmp_path, content, name)
    with pytest.raises(UserError) as caught:
        understand_here(path)
    assert str(caught.value).startswith(reason)
    assert caught.value.cure is not None or name == "two.zip"


def test_half_a_parquet_is_refused(tmp_path):
    whole = parquet_of(tmp_path / "a.parquet", {"Дата": pa.array(["05.03.2025"])}).read_bytes()
    with pytest.raises(UserError, match="damaged"):
        understand_here(saved(tmp_path, half(whole), "b.parquet"))


def test_sparse_workbook_is_refused_before_a_reader_sees_it(tmp_path):
    with pytest.raises(UserError, match="stretches over 1048576 rows and 16384 columns"):
        inspect_file(sparse_xlsx(tmp_path / "sparse.xlsx"), name="sparse.xlsx", today=TODAY)


def test_reader_that_dies_of_memory_is_a_refused_file(tmp_path):
    blind = Limits(sparse_cells=10**12, dense_cells=10**12)
    with pytest.raises(UserError, match=r"would exhaust memory; it was refused. Save the table as CSV"):
        inspect_file(sparse_xlsx(tmp_path / "sparse.xlsx"), name="sparse.xlsx", today=TODAY, limits=blind)


def test_password_of_a_workbook_is_told(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", "x")
    content = bytearray((tmp_path / "a.zip").read_bytes())
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = content.index(mark) + (6 if mark == b"PK\x03\x04" else 8)
        content[at] |= 1
    with pytest.raises(UserError, match="protected by a password"):
        understand_here(saved(tmp_path, bytes(content), "b.zip"))


def test_wrong_extension_is_read_and_told(tmp_path):
    path = saved(tmp_path, csv_bytes(SALES), "sales.xlsx")
    assert [str(doubt) for doubt in understand_here(path).doubts] == [
        "The file is named “.xlsx” but holds CSV; it is read as CSV."
    ]
    assert len(rows_of(stage_here(path))) == 3


def test_letter_beside_the_only_table_of_an_archive_is_left_and_told(tmp_path):
    path = write_zip(tmp_path / "sales.zip", {"прочти.txt": "Добрый день!".encode(), "sales.csv": csv_bytes(SALES)})
    assert [str(doubt) for doubt in understand_here(path).doubts] == [
        "Of the archive only “sales.csv” is read, not: прочти.txt."
    ]
    assert len(rows_of(stage_here(path))) == 3


def test_doubled_headers_stay_apart(tmp_path):
    rows = [["Дата", "Клиент", "Сумма", "Сумма"], ["05.03.2025", "Ель", "1", "2"]]
    understanding = understand_here(saved(tmp_path, csv_bytes(rows)))
    assert [column.header for column in understanding.columns] == ["Дата", "Клиент", "Сумма", "Сумма (2)"]
    assert [str(doubt) for doubt in understanding.doubts] == ["Several columns have the same header: Сумма."]
    with pytest.raises(UserError, match="could both be"):
        understanding.layout()


CELLS = [
    (["05.03.2025", "Ель", "1", "NaN", "1"], "Цена", "Not a number"),
    (["05.03.2025", "Ель", "1e308", "1", "1"], "Количество", "The number is too large to be true"),
    (["05.03.2025", "Ель", "1", "1", "=A1*2"], "Сумма", "A formula instead of its result"),
    (["05.03.2025", "Ель", "1", "1", "#ДЕЛ/0!"], "Сумма", "Not a number"),
    (["00.00.0000", "Ель", "1", "1", "1"], "Дата", "There is no such day in the calendar"),
    (["31.12.9999", "Ель", "1", "1", "1"], "Дата", "The date is after %(latest)s"),
    (["", "Ель", "1", "1", "1"], "Дата", "The date is empty"),
    (["05.03.2025", "", "1", "1", "1"], "Клиент", "There is no client in the row"),
    (["05.03.2025", "Ель", "1", "", ""], "Сумма", "The amount is empty"),
    (["05.03.2025", "Е\0ль", "1", "1", "1"], "Клиент", "The cell holds binary data"),
    (["05.03.2025", "Е" * 3000, "1", "1", "1"], "Клиент", "The text is too long"),
]


@pytest.mark.parametrize(("cells", "column", "reason"), CELLS)
def test_row_is_refused_with_its_line_and_reason(tmp_path, cells, column, reason):
    good = ["05.03.2025", "Дуб", "-2", "10", "-20"]
    # A NUL would be binary rubbish at the beginning of a file; far from it, it is one bad cell.
    path = saved(tmp_path, csv_bytes([HEAD, *[good] * 900, cells, good]))
    staged = stage_here(path)
    assert [(row["line"], row["column"], row["reason"]) for row in refused_of(staged)] == [(902, column, reason)]
    assert (staged.rows_read, staged.accepted, staged.refused) == (902, 901, 1)
    assert staged.agree


def test_rows_of_wrong_width_are_refused_not_lost(tmp_path):
    content = "Дата;Клиент;Сумма\r\n05.03.2025;Ель;1\r\n06.03.2025;Дуб\r\n\r\n07.03.2025;Клён;2;лишнее\r\n08.03.2025;Ив"
    staged = stage_here(saved(tmp_path, content.encode()))
    assert [(row["line"], row["params"], row["value"]) for row in refused_of(staged)] == [
        (3, '{"found": "2", "expected": "3"}', "06.03.2025;Дуб"),
        (5, '{"found": "4", "expected": "3"}', "07.03.2025;Клён;2;лишнее"),
        (6, '{"found": "2", "expected": "3"}', "08.03.2025;Ив"),
    ]
    assert (staged.rows_read, staged.accepted, dict(staged.skipped)) == (5, 1, {"an empty row": 1})


def test_lines_of_another_encoding_are_refused(tmp_path):
    lines = [f"05.03.2025;Клиент {number};1\r\n".encode() for number in range(50)]
    lines[30] = "05.03.2025;Чужой;1\r\n".encode("cp1251")
    path = saved(tmp_path, "Дата;Клиент;Сумма\r\n".encode() + b"".join(lines))
    assert [doubt.msgid for doubt in understand_here(path).doubts] == [
        "Some lines are not in UTF-8 like the rest of the file; they are refused."
    ]
    staged = stage_here(path)
    assert [(row["line"], row["column"], row["reason"]) for row in refused_of(staged)] == [
        (32, "Клиент", "The text is in another encoding than the file")
    ]
    assert staged.accepted == 49


def test_lines_are_physical_beside_breaks_inside_quotes(tmp_path):
    content = 'Дата;Клиент;Сумма\n05.03.2025;"Ель\n\nлес";1\n06.03.2025;"Дуб\n;2\n07.03.2025"\n08.03.2025;Клён;x\n'
    staged = stage_here(saved(tmp_path, content.encode()))
    assert [(row["client_key"], row["row_no"]) for row in rows_of(staged)] == [("Ель лес", 2)]
    assert [(row["line"], row["value"]) for row in refused_of(staged)] == [
        (5, '06.03.2025;"Дуб'), (6, ";2"), (7, '07.03.2025"'), (8, "x"),
    ]  # fmt: skip


def test_unclosed_quote_swallows_nothing(tmp_path):
    content = 'Дата;Клиент;Сумма\n05.03.2025;"Ель;1\n06.03.2025;Дуб;2\n07.03.2025;"ИП ""Клён""";3\n'
    staged = stage_here(saved(tmp_path, content.encode()))
    assert [(row["client_key"], row["row_no"]) for row in rows_of(staged)] == [("Дуб", 3), ('ИП "Клён"', 4)]
    assert [row["line"] for row in refused_of(staged)] == [2]
    assert staged.rows_read == 3


def test_two_unclosed_quotes_give_their_lines_back(tmp_path):
    content = 'Дата;Клиент;Сумма\n05.03.2025;"Ель;1\n06.03.2025;"Дуб;2\n07.03.2025;Клён;3\n'
    staged = stage_here(saved(tmp_path, content.encode()))
    assert [row["client_key"] for row in rows_of(staged)] == ["Клён"]
    assert [(row["line"], row["reason"]) for row in refused_of(staged)] == [
        (2, "A quotation mark has swallowed the beginning of the next row")
    ]
    assert [row["row_no"] for row in rows_of(staged)] == [4]
    assert staged.agree


def test_formulas_never_computed_are_told(tmp_path):
    book = openpyxl.Workbook()
    for row in [["Дата", "Клиент", "Сумма"], ["05.03.2025", "Ель", "=1+1"], ["05.03.2025", "Дуб", 5]]:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert [str(doubt) for doubt in understand_here(tmp_path / "a.xlsx").doubts] == [
        "1 formulas have no computed value and read as empty; open the file in Excel and save it."
    ]
    staged = stage_here(tmp_path / "a.xlsx")
    assert [(row["line"], row["reason"]) for row in refused_of(staged)] == [(2, "The amount is empty")]


def test_layout_that_does_not_fit_names_the_column(tmp_path):
    layout = understand_here(saved(tmp_path, csv_bytes(SALES))).layout()
    other = saved(tmp_path, csv_bytes([["Дата", "Клиент"], ["05.03.2025", "Ель"]]), "b.csv")
    with pytest.raises(UserError, match="The file has no column “Документ” that its layout reads"):
        stage_here(other, layout=layout)


@pytest.mark.parametrize(("policy", "keys"), [("refuse", ["Ель"]), ("skip", ["Ель"]), ("anonymous", ["Ель", "—"])])
def test_rows_without_a_client_go_where_the_layout_says(tmp_path, policy, keys):
    path = saved(
        tmp_path, csv_bytes([["Дата", "Клиент", "Сумма"], ["05.03.2025", "Ель", "1"], ["05.03.2025", "", "2"]])
    )
    staged = stage_here(path, no_client=policy)
    assert [row["client_key"] for row in rows_of(staged)] == keys
    assert (staged.refused, dict(staged.skipped)) == {
        "refuse": (1, {}), "skip": (0, {"no client in the row": 1}), "anonymous": (0, {}),
    }[policy]  # fmt: skip
    assert staged.agree


def big_csv(tmp_path, rows=400_000):
    line = b"05.03.2025;Client;1,50\r\n"
    return saved(tmp_path, "Дата;Клиент;Сумма\r\n".encode() + line * rows, "big.csv")


def test_told_to_stop_it_stops(tmp_path):
    path = big_csv(tmp_path)
    layout = understand_here(path).layout()
    seen = []
    with pytest.raises(Cancelled, match="was stopped"):
        stage_file(path, name="big.csv", layout=layout, out_dir=tmp_path / "out", today=TODAY, currency="RUB",
                   progress=seen.append, cancelled=lambda: bool(seen))  # fmt: skip


def test_reading_past_its_time_is_stopped(tmp_path):
    with pytest.raises(UserError, match="took too long"):
        inspect_file(saved(tmp_path, csv_bytes(SALES)), name="a.csv", today=TODAY, limits=Limits(inspect_seconds=0))


def test_killed_child_is_a_refused_file(tmp_path):
    path = big_csv(tmp_path, rows=2_000_000)
    layout = understand_here(path).layout()
    mine = str(os.getpid())

    def kill_the_child(rows):
        children = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", mine], capture_output=True, text=True, check=True
        ).stdout
        pids = [int(line.split()[0]) for line in children.splitlines() if "clientarium.core.intake.child" in line]
        for pid in pids:
            os.kill(pid, signal.SIGKILL)

    with pytest.raises(UserError, match="would exhaust memory"):
        stage_file(
            path,
            name="big.csv",
            layout=layout,
            out_dir=tmp_path / "out",
            today=TODAY,
            currency="RUB",
            progress=kill_the_child,
        )


def test_empty_first_sheet_is_passed_over(tmp_path):
    book = openpyxl.Workbook()
    book.create_sheet("Продажи")
    for row in SALES:
        book["Продажи"].append(row)
    book.save(tmp_path / "a.xlsx")
    understanding = understand_here(tmp_path / "a.xlsx")
    assert (understanding.table, [table.name for table in understanding.tables]) == ("Продажи", ["Sheet", "Продажи"])
    assert stage_here(tmp_path / "a.xlsx").accepted == 3


def test_table_that_begins_far_from_the_corner(tmp_path):
    book = openpyxl.Workbook()
    for number, row in enumerate(SALES, start=5):
        for column, cell in enumerate(row, start=3):
            book.active.cell(number, column, cell)
    book.save(tmp_path / "a.xlsx")
    staged = stage_here(tmp_path / "a.xlsx")
    assert [row["row_no"] for row in rows_of(staged)] == [6, 7, 8]
