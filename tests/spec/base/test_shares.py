title = "A client among the whole base"

sales = """
    client | sold_on    | doc | revenue | cost
    birch  | 2026-03-10 | 1   | 500     | 450
    cedar  | 2026-03-10 | 2   | 300     | 100
    maple  | 2026-03-10 | 3   | 300     | 350
    aspen  | 2026-03-10 | 4   | 100     |
    hazel  | 2024-03-10 | 5   | 900     | 100
"""


def test_revenue_from_the_largest_down_with_ties_in_client_order(spec):
    expected = """
        client | revenue_12m_share | revenue_12m_rank | revenue_12m_cum_share | revenue_12m_share_ahead
        birch  | 5/12              | 1                | 5/12                  | 0
        cedar  | 3/12              | 2                | 8/12                  | 5/12
        maple  | 3/12              | 3                | 11/12                 | 8/12
        aspen  | 1/12              | 4                | 1                     | 11/12
        hazel  | 0                 | null             | null                  | null
    """
    spec(sales, as_of="2026-03-31", expected=expected)


def test_negative_margin_comes_last_and_unknown_margin_has_no_place(spec):
    # Margins are 200, 50 and -50 of 200 in all: the running share passes 100 % before it ends there.
    expected = """
        client | margin_12m_share | margin_12m_rank | margin_12m_cum_share | margin_12m_share_ahead
        cedar  | 1                | 1               | 1                    | 0
        birch  | 0.25             | 2               | 1.25                 | 1
        maple  | -0.25            | 3               | 1                    | 1.25
        aspen  | null             | null            | null                 | null
        hazel  | 0                | null            | null                 | null
    """
    spec(sales, as_of="2026-03-31", expected=expected)


def test_a_base_without_margin_has_no_shares(spec):
    loss = """
        client | sold_on    | doc | revenue | cost
        birch  | 2026-03-10 | 1   | 100     | 150
    """
    expected = """
        client | margin_12m_share | margin_12m_rank | margin_12m_cum_share | margin_12m_share_ahead
        birch  | null             | 1               | null                 | null
    """
    spec(loss, as_of="2026-03-31", expected=expected)
