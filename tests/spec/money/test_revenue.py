title = "Revenue"

sales = """
    client | sold_on    | doc | revenue
    birch  | 2026-03-31 | 1   | 1000.50
    birch  | 2026-03-01 | 2   | -200
    birch  | 2026-01-01 | 3   | 300
    birch  | 2025-12-31 | 4   | 50
    birch  | 2025-03-31 | 5   | 400
    birch  | 2024-03-31 | 6   | 7
    birch  | 2026-04-01 | 7   | 9999
"""


def test_is_net_of_returns_and_windows_end_on_as_of(spec):
    expected = """
        client | revenue_1m | revenue_3m | revenue_12m | revenue_prev_12m | revenue_all | revenue_12m_change | revenue_12m_growth
        birch  | 800.50     | 1100.50    | 1150.50     | 400              | 1557.50     | 750.50             | 1.87625
        maple  | 0          | 0          | 0           | 0                | 0           | 0                  | null
    """
    spec(sales, as_of="2026-03-31", expected=expected)
