title = "Revenue by months: variation and trend"

sales = """
    client | sold_on    | doc | revenue
    birch  | 2026-03-10 | 1   | 300
    birch  | 2026-02-10 | 2   | 300
    birch  | 2026-01-10 | 3   | 300
    birch  | 2025-12-10 | 4   | 300
    cedar  | 2026-03-10 | 5   | 600
    cedar  | 2026-02-10 | 6   | 300
    cedar  | 2026-01-10 | 7   | 300
    maple  | 2026-03-10 | 8   | -300
"""


def test_months_without_sales_count_as_zero_and_four_are_needed(spec):
    # Birch: four months of 300 and eight of 0, mean 100, deviation sqrt((4 x 200 x 200 + 8 x 100 x 100) / 12) = 141.42.
    # Cedar: 600, 300, 300 and nine of 0, mean 100, deviation sqrt((500 x 500 + 2 x 200 x 200 + 9 x 100 x 100) / 12).
    deviation = (420000 / 12) ** 0.5
    expected = f"""
        client | active_months_12m | revenue_12m_cv_of_months | revenue_cv_12m
        birch  | 4                 | {2**0.5}                 | {2**0.5}
        cedar  | 3                 | {deviation}/100          | null
        maple  | 0                 | null                     | null
    """
    spec(sales, as_of="2026-03-31", expected=expected)


def test_the_same_every_month_has_no_trend(spec):
    lines = [f"birch | 2025-{month:02}-05 | {month} | 100" for month in range(4, 13)]
    lines += [f"birch | 2026-{month:02}-05 | {20 + month} | 100" for month in range(1, 4)]
    even = "\n".join(["client | sold_on | doc | revenue", *lines])
    expected = """
        client | revenue_cv_12m | revenue_trend_12m
        birch  | 0              | 0
    """
    spec(even, as_of="2026-03-31", expected=expected)


def test_growth_by_ten_a_month_is_that_share_of_the_mean(spec):
    # 45, 55, … 155: the mean is 100 and each month brings 10 more, a tenth of it.
    months = [(2025, month) for month in range(4, 13)] + [(2026, month) for month in range(1, 4)]
    lines = [
        f"birch | {year}-{month:02}-05 | {index} | {45 + 10 * index}" for index, (year, month) in enumerate(months)
    ]
    growing = "\n".join(["client | sold_on | doc | revenue", *lines])
    spec(growing, "revenue_trend_12m", as_of="2026-03-31", expected={"birch": 0.1})
