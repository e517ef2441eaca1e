title = "Purchase days and months with orders"

sales = """
    client | sold_on    | doc | revenue
    birch  | 2026-03-10 | 1   | 100
    birch  | 2026-03-10 | 2   | 100
    birch  | 2026-03-12 | 3   | 100
    birch  | 2026-02-16 | 4   | 100
    birch  | 2026-02-15 | 5   | 100
    birch  | 2025-01-15 | 6   | 100
    birch  | 2026-01-20 | 7   | -10
"""


def test_two_documents_of_a_day_are_one_day_and_months_count_back_from_as_of(spec):
    # Months end on the 15th: 16 February to 15 March is one, 16 January to 15 February another.
    expected = """
        client | purchase_days_12m | purchase_days_all | active_months_12m
        birch  | 4                 | 5                 | 2
        maple  | 0                 | 0                 | 0
    """
    spec(sales, as_of="2026-03-15", expected=expected)
