title = "Cost and margin where cost may be unknown"

sales = """
    client | sold_on    | doc | revenue | cost
    birch  | 2026-03-10 | 1   | 1000    | 600
    birch  | 2026-03-10 | 1   | 500     |
    birch  | 2026-03-20 | 2   | -100    | -60
    birch  | 2026-01-20 | 3   | 200     | 100
    birch  | 2024-06-01 | 4   | 100     | 50
    cedar  | 2026-03-15 | 5   | 300     |
"""


def test_an_unknown_cost_is_not_zero(spec):
    expected = """
        client | cost_1m | cost_3m | cost_12m | cost_prev_12m | cost_all | margin_1m | margin_3m | margin_12m | margin_prev_12m | margin_all
        birch  | 540     | 640     | 640      | 50            | 690      | 360       | 460       | 460        | 50              | 510
        cedar  | null    | null    | null     | 0             | null     | null      | null      | null       | 0               | null
        maple  | 0       | 0       | 0        | 0             | 0        | 0         | 0         | 0          | 0               | 0
    """
    spec(sales, as_of="2026-03-31", expected=expected)


def test_says_how_much_of_the_revenue_it_speaks_of(spec):
    # Turnover with a known cost is 1000 + 100 + 200 of 1800.
    expected = """
        client | revenue_with_cost_12m | revenue_with_cost_prev_12m | margin_known_share_12m | margin_12m_change
        birch  | 1100                  | 100                        | 1300/1800              | 410
        cedar  | null                  | 0                          | 0                      | null
        maple  | 0                     | 0                          | null                   | 0
    """
    spec(sales, as_of="2026-03-31", expected=expected)
