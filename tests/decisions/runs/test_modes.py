"""What an import does with what its source sent before."""

from datetime import date

from clientarium.core.ledger import Load, LoadMode, LoadState, TableLoad
from clientarium.core.pipeline import Layout, LayoutColumn, Staged
from clientarium.decisions.runs import ImportMode, choose_mode
from clientarium.decisions.runs.domain.modes import covers_whole_months


def layout(*meanings, kind="sales", shape="lines"):
    return Layout(kind=kind, shape=shape, columns=tuple(LayoutColumn(f"h{m}", m) for m in meanings))


def load(first_on, last_on, *, rows=100, source="1c", state=LoadState.LOADED):
    part = TableLoad(rows=rows, first_on=first_on, last_on=last_on)
    return Load("a" * 32, 0, state, source, LoadMode.APPEND, first_on, last_on, {"sales": part})


JANUARY = (date(2026, 1, 9), date(2026, 1, 30))  # the holidays before, a weekend after
LINES = layout("date", "client", "revenue")
DOCUMENTS = layout("date", "client", "revenue", "doc")


def staged(days, *, rows, headers=("Дата", "Сумма")):
    return Staged(
        kind="sales", rows_read=rows, accepted=rows, refused=0, skipped={}, totals={}, first_on=days[0], last_on=days[1],
        tables={}, clients=None, sellers=None, refused_rows=None, headers=headers, doubts=(),
    )  # fmt: skip


def chosen(layout, days, *, loads=(), rows=100, headers=("Дата", "Сумма")):
    mode = choose_mode(layout, source="1c", staged=staged(days, rows=rows, headers=headers), loads=loads)
    return mode.mode, mode.first_on, mode.last_on


def test_mode_of_new_days_is_append_without_documents_and_upsert_with_them():
    assert chosen(LINES, JANUARY) == (ImportMode.APPEND, None, None)
    assert chosen(DOCUMENTS, JANUARY) == (ImportMode.UPSERT, None, None)


def test_mode_of_whole_months_sent_before_is_replace():
    assert chosen(DOCUMENTS, JANUARY, loads=[load(*JANUARY)]) == (ImportMode.REPLACE, *JANUARY)
    assert chosen(LINES, JANUARY, loads=[load(*JANUARY)]) == (ImportMode.REPLACE, *JANUARY)


def test_mode_of_a_part_of_a_month_keeps_the_other_documents():
    days = (date(2026, 1, 12), date(2026, 1, 16))
    assert chosen(DOCUMENTS, days, loads=[load(*JANUARY)]) == (ImportMode.UPSERT, None, None)
    assert chosen(LINES, days, loads=[load(*JANUARY)]) == (ImportMode.REPLACE, *days)


def test_mode_of_a_file_much_smaller_than_what_is_there_keeps_the_other_documents():
    assert chosen(DOCUMENTS, JANUARY, loads=[load(*JANUARY, rows=1000)], rows=100) == (ImportMode.UPSERT, None, None)


def test_mode_looks_only_at_loads_in_force_of_the_same_source_and_days():
    others = [
        load(*JANUARY, source="site"),
        load(*JANUARY, state=LoadState.UNDONE),
        load(date(2025, 12, 1), date(2025, 12, 31)),
    ]
    assert chosen(DOCUMENTS, JANUARY, loads=others) == (ImportMode.UPSERT, None, None)


def test_mode_of_a_matrix_of_months_speaks_of_whole_months():
    matrix = layout("client", shape="months")
    months = (date(2026, 1, 31), date(2026, 2, 28))
    assert chosen(matrix, months, loads=[load(*JANUARY)]) == (ImportMode.REPLACE, date(2026, 1, 1), date(2026, 2, 28))


def test_mode_of_cards_and_dimensions_is_upsert():
    assert chosen(layout("client", kind="clients"), (None, None)) == (ImportMode.UPSERT, None, None)


def test_covers_whole_months_allows_for_holidays():
    assert covers_whole_months(date(2026, 1, 9), date(2026, 2, 27))
    assert not covers_whole_months(date(2026, 1, 12), date(2026, 2, 28))
    assert not covers_whole_months(date(2026, 1, 1), date(2026, 2, 20))


def test_mode_of_mended_rows_is_append_whatever_was_loaded():
    """The workbook of refused rows holds parts of documents whose other lines are loaded: it replaces none of them."""
    headers = ("Дата", "Сумма", "Clientarium: строка файла")
    for layout_ in (LINES, DOCUMENTS):
        assert chosen(layout_, JANUARY, loads=[load(*JANUARY)], headers=headers) == (ImportMode.APPEND, None, None)
