title = "Margin per cent and return on cost"

sales = """
    client | sold_on    | doc | revenue | cost
    large  | 2026-03-10 | 1   | 1000000 | 900000
    small  | 2026-03-10 | 2   | 200000  | 100000
    partly | 2026-03-10 | 3   | 500     | 400
    partly | 2026-03-10 | 3   | 500     |
    return | 2026-03-10 | 4   | -10     | -5
    older  | 2025-03-10 | 5   | 80      | 60
"""


def test_the_same_money_at_less_cost_ranks_higher(spec):
    # The worked rule: 10 % against 50 % of revenue, 11.1 % against 100 % of cost.
    expected = """
        client | margin_12m | margin_pct_12m | return_on_cost_12m
        large  | 100000     | 0.1            | 1/9
        small  | 100000     | 0.5            | 1
    """
    spec(sales, as_of="2026-03-31", expected=expected)


def test_is_over_the_lines_whose_cost_is_known_and_null_without_revenue(spec):
    expected = """
        client | margin_pct_12m | margin_pct_prev_12m | return_on_cost_12m
        partly | 0.2            | null                | 0.25
        return | null           | null                | null
        older  | null           | 0.25                | null
    """
    spec(sales, as_of="2026-03-31", expected=expected)
