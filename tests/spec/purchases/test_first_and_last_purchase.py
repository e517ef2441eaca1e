title = "First and last purchase, days since them"

sales = """
    client | sold_on    | doc | revenue
    birch  | 2026-01-10 | 1   | 100
    birch  | 2026-03-01 | 2   | 100
    birch  | 2026-03-20 | 3   | -40
    cedar  | 2026-03-31 | 4   | 50
    maple  | 2026-03-05 | 5   | -10
"""


def test_a_return_is_not_a_purchase(spec):
    expected = """
        client | first_purchase_on | last_purchase_on | days_since_last_purchase | tenure_days
        birch  | 2026-01-10        | 2026-03-01       | 30                       | 80
        cedar  | 2026-03-31        | 2026-03-31       | 0                        | 0
        maple  | null              | null             | null                     | null
    """
    spec(sales, as_of="2026-03-31", expected=expected)


def test_sales_after_as_of_do_not_exist(spec):
    spec(sales, "days_since_last_purchase", as_of="2026-03-30", expected={"birch": 29})
