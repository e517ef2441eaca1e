title = "RFM scores"

sales = """
    client | sold_on    | doc | revenue | cost
    birch  | 2026-03-10 | 1   | 300     | 100
    birch  | 2026-02-10 | 2   | 300     | 100
    cedar  | 2025-12-20 | 3   | 100     | 50
    maple  | 2025-05-10 | 4   | 100     |
    hazel  | 2024-05-10 | 5   | 900     | 100
"""


def test_under_a_hundred_buyers_thresholds_are_fixed(spec):
    # Days 21, 101 and 325 against 30, 90, 180, 270; orders 2, 1, 1 against 2, 4, 6, 12;
    # margins 400 and 50 against a quarter, a half, one and two of their mean of 225.
    expected = """
        client | rfm_recency | rfm_frequency | rfm_value | rfm_monetary
        birch  | 5           | 2             | 400       | 4
        cedar  | 3           | 1             | 50        | 1
        maple  | 1           | 1             | null      | null
        hazel  | null        | null          | null      | null
    """
    spec(sales, as_of="2026-03-31", expected=expected)


def test_where_nobodys_cost_is_known_money_is_revenue(spec):
    without_cost = """
        client | sold_on    | doc | revenue
        birch  | 2026-03-10 | 1   | 300
        cedar  | 2026-03-10 | 2   | 100
    """
    spec(without_cost, "rfm_value", as_of="2026-03-31", expected={"birch": 300, "cedar": 100})


def test_among_a_hundred_buyers_a_score_is_a_fifth_with_equal_values_together(spec):
    # Twenty clients each with 1, 2, 3 and 4 units of money in one order, and twenty more like the last: the fifth
    # class stays empty, for the forty equal clients begin at the fourth.
    lines = [f"c{index:03} | 2026-03-10 | {index} | {10 * min(index // 20 + 1, 4)}" for index in range(100)]
    hundred = "\n".join(["client | sold_on | doc | revenue", *lines])
    expected = {"c000": 1, "c019": 1, "c020": 2, "c040": 3, "c060": 4, "c080": 4, "c099": 4}
    spec(hundred, "rfm_monetary", as_of="2026-03-31", expected=expected)
    spec(hundred, "rfm_frequency", as_of="2026-03-31", expected={"c000": 1, "c099": 1})
    spec(hundred, "rfm_recency", as_of="2026-03-31", expected={"c000": 1, "c099": 1})
