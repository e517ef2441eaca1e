title = "What the forecast says of a client"

sales = """
    client | sold_on    | doc | revenue | cost
    birch  | 2026-01-01 | 1   | 100     | 60
    birch  | 2026-01-29 | 2   | 100     | 60
    birch  | 2026-02-26 | 3   | 100     | 60
    cedar  | 2026-03-20 | 4   | 50      |
"""


def test_probabilities_are_those_of_the_forecast(spec):
    forecast = """
        client | p_alive | p_alive_7d | p_order_7d | p_order_30d
        birch  | 0.9     | 0.8        | 0.25       | 0.75
        cedar  | 0.6     | 0.55       | 0.1        | 0.4
    """
    expected = """
        client | p_alive | p_alive_7d | p_order_7d | p_order_30d
        birch  | 9/10    | 8/10       | 1/4        | 3/4
        cedar  | 6/10    | 55/100     | 1/10       | 4/10
        maple  | null    | null       | null       | null
    """
    spec(sales, as_of="2026-03-31", expected=expected, forecast=forecast)


def test_margin_is_expected_only_where_cost_is_known(spec):
    # Birch brings 40 of margin an order: 3 orders in 90 days are 120. Cedar's cost is not known: revenue only.
    forecast = """
        client | expected_orders_30d | expected_orders_90d | expected_orders_365d | expected_margin_30d | expected_margin_90d | expected_margin_365d | expected_revenue_90d | expected_revenue_365d
        birch  | 1                   | 3                   | 12                   | 40                  | 120                 | 480                  | 300                  | 1200
        cedar  | 0.5                 | 1.5                 | 6                    |                     |                     |                      | 75                   | 300
    """
    expected = """
        client | expected_orders_30d | expected_orders_90d | expected_orders_365d | expected_margin_30d | expected_margin_90d | expected_margin_365d | expected_revenue_90d | expected_revenue_365d
        birch  | 1                   | 3                   | 12                   | 40                  | 120                 | 480                  | 300                  | 1200
        cedar  | 1/2                 | 3/2                 | 6                    | null                | null                | null                 | 75                   | 300
        maple  | null                | null                | null                 | null                | null                | null                 | null                 | null
    """
    spec(sales, as_of="2026-03-31", expected=expected, forecast=forecast)


def test_the_window_counts_from_the_last_purchase_and_the_date_from_today(spec):
    # Birch bought on 26 February and takes 26 to 31 days: the window closed on 29 March, 2 days ago.
    forecast = """
        client | next_order_on | next_order_early | next_order_late | order_overdue_days
        birch  | 2026-04-02    | 2026-03-24       | 2026-03-29      | 2
        cedar  | 2026-04-20    | 2026-03-27       | 2026-06-30      | 0
    """
    expected = """
        client | next_order_on | next_order_early | next_order_late | order_overdue_days
        birch  | 2026-04-02    | 2026-03-24       | 2026-03-29      | 2
        cedar  | 2026-04-20    | 2026-03-27       | 2026-06-30      | 0
        maple  | null          | null             | null            | null
    """
    spec(sales, as_of="2026-03-31", expected=expected, forecast=forecast)


def test_one_purchase_is_answered_by_the_base(spec):
    forecast = """
        client | rhythm  | forecast_basis
        birch  | regular | own
        cedar  | unknown | base
    """
    expected = """
        client | rhythm  | forecast_basis
        birch  | regular | own
        cedar  | unknown | base
        maple  | null    | null
    """
    spec(sales, as_of="2026-03-31", expected=expected, forecast=forecast)
