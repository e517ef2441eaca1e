title = "Discount and share of returns"

sales = """
    client | sold_on    | doc | revenue | discount
    birch  | 2026-03-10 | 1   | 900     | 100
    birch  | 2026-03-11 | 2   | 500     |
    birch  | 2026-03-12 | 3   | 100     | 0
    birch  | 2026-03-20 | 4   | -150    |
    cedar  | 2026-03-20 | 5   | -150    |
"""


def test_lines_without_a_known_discount_are_left_out(spec):
    # 100 off 1100 before discount; 150 returned of 1500 sold.
    expected = """
        client | discount_pct_12m | return_share_12m
        birch  | 100/1100         | 0.1
        cedar  | null             | null
    """
    spec(sales, as_of="2026-03-31", expected=expected)
