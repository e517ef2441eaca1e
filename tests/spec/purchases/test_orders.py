title = "Orders"

sales = """
    client | sold_on    | doc | revenue
    birch  | 2026-03-31 | 10  | 60
    birch  | 2026-03-31 | 10  | 40
    birch  | 2026-03-01 | 11  | 100
    birch  | 2026-02-28 | 12  | 100
    birch  | 2025-04-01 | 13  | 100
    birch  | 2025-03-31 | 14  | 100
    birch  | 2026-03-15 | 15  | 30
    birch  | 2026-03-15 | 15  | -30
    cedar  | 2026-03-02 |     | 10
    cedar  | 2026-03-02 |     | 20
    cedar  | 2026-03-03 |     | 5
"""


def test_a_document_above_zero_is_an_order_and_a_day_where_there_is_no_number(spec):
    expected = """
        client | orders_1m | orders_3m | orders_12m | orders_prev_12m | orders_all | is_active_1m | sales_documents_12m
        birch  | 2         | 3         | 4          | 1               | 5          | yes          | 5
        cedar  | 2         | 2         | 2          | 0               | 2          | yes          | 2
        maple  | 0         | 0         | 0          | 0               | 0          | no           | 0
    """
    spec(sales, as_of="2026-03-31", expected=expected)


def test_one_number_in_two_sources_is_two_orders(spec):
    twice = """
        client | sold_on    | source | doc | revenue
        birch  | 2026-03-31 | 1c     | 10  | 60
        birch  | 2026-03-31 | site   | 10  | 40
    """
    spec(twice, "orders_12m", as_of="2026-03-31", expected={"birch": 2})


def test_a_window_of_a_month_starts_after_the_last_day_of_february(spec):
    edge = """
        client | sold_on    | doc | revenue
        birch  | 2024-02-29 | 1   | 10
        birch  | 2024-03-01 | 2   | 10
    """
    spec(edge, "orders_1m", as_of="2024-03-31", expected={"birch": 1})
