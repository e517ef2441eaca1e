"""How loads are read when later ones overlap them: decided by dates and names alone."""

from datetime import date

from clientarium.core.facts import SALES
from clientarium.core.ledger.loads import Load, LoadMode, LoadState, TableLoad
from clientarium.core.ledger.superseding import Part, merged, reading_parts


def january(first, last):
    return date(2026, 1, first), date(2026, 1, last)


def made(import_id, days, mode=LoadMode.APPEND, hides=(), undated=0, source="1c"):
    first, last = january(*days)
    part = TableLoad(rows=5, first_on=first, last_on=last, hides=hides, undated=undated)
    return Load(import_id, 0, LoadState.LOADED, source, mode, first, last, {"sales": part})


def test_loads_nobody_overlaps_are_one_plain_scan():
    loads = [made("a", (1, 9)), made("b", (5, 15), LoadMode.REPLACE, source="shop"), made("c", (3, 3))]
    assert reading_parts(SALES, loads) == [Part(("a", "b", "c"))]


def test_load_replaced_whole_is_not_read():
    loads = [made("a", (1, 9)), made("b", (1, 5), LoadMode.REPLACE), made("c", (6, 20), LoadMode.REPLACE)]
    assert reading_parts(SALES, loads) == [Part(("b", "c"))]


def test_load_replaced_whole_is_read_for_its_undated_rows():
    loads = [made("a", (2, 9), undated=1), made("b", (1, 9), LoadMode.REPLACE)]
    assert reading_parts(SALES, loads) == [Part(("b",)), Part(("a",), (january(2, 9),))]


def test_load_replaced_in_part_is_filtered_by_the_days_that_meet():
    loads = [made("a", (1, 20)), made("b", (5, 8), LoadMode.REPLACE), made("c", (9, 30), LoadMode.REPLACE)]
    assert reading_parts(SALES, loads) == [Part(("b", "c")), Part(("a",), (january(5, 20),))]


def test_only_loads_with_documents_sent_again_are_filtered_by_them():
    loads = [made("a", (1, 9)), made("b", (1, 9)), made("c", (1, 9), LoadMode.UPSERT, hides=("a",))]
    assert reading_parts(SALES, loads) == [Part(("b", "c")), Part(("a",), (), ("c",))]


def test_periods_that_touch_become_one():
    assert merged([january(7, 9), january(1, 3), january(4, 5), january(8, 12)]) == [january(1, 5), january(7, 12)]
