title = "The client's rhythm"

sales = """
    client | sold_on    | doc | revenue
    birch  | 2025-01-01 | 1   | 10
    birch  | 2025-01-11 | 2   | 10
    birch  | 2025-01-31 | 3   | 10
    birch  | 2026-03-01 | 4   | 10
    birch  | 2026-03-11 | 5   | 10
    cedar  | 2026-03-01 | 6   | 10
    cedar  | 2026-03-15 | 7   | 10
    maple  | 2026-03-15 | 8   | 10
"""


def test_gaps_lie_between_purchase_days(spec):
    # Birch's gaps are 10, 20, 394 and 10 days: the median is 15, and he has been silent for 20 days.
    expected = """
        client | typical_gap_days | last_gap_days | longest_gap_days_12m | silence_ratio
        birch  | 15               | 10            | 394                  | 20/15
        cedar  | 14               | 14            | 14                   | 16/14
        maple  | null             | null          | null                 | null
    """
    spec(sales, as_of="2026-03-31", expected=expected)


def test_irregularity_needs_three_gaps(spec):
    # Gaps of 10, 10 and 40 days: the mean is 20, the deviation sqrt((100 + 100 + 400) / 3) = sqrt(200).
    uneven = """
        client | sold_on    | doc | revenue
        birch  | 2026-01-01 | 1   | 10
        birch  | 2026-01-11 | 2   | 10
        birch  | 2026-01-21 | 3   | 10
        birch  | 2026-03-02 | 4   | 10
        cedar  | 2026-01-01 | 5   | 10
        cedar  | 2026-01-11 | 6   | 10
        cedar  | 2026-01-21 | 7   | 10
    """
    spec(uneven, "gap_cv", as_of="2026-03-31", expected={"birch": f"{200**0.5}/20", "cedar": None})


def test_an_even_rhythm_has_no_irregularity(spec):
    even = """
        client | sold_on    | doc | revenue
        birch  | 2026-01-01 | 1   | 10
        birch  | 2026-01-11 | 2   | 10
        birch  | 2026-01-21 | 3   | 10
        birch  | 2026-01-31 | 4   | 10
    """
    spec(even, "gap_cv", as_of="2026-03-31", expected={"birch": 0})
