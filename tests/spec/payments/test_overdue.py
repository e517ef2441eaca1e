title = "How a client pays"

payments = """
    client | due_on     | paid_on    | amount
    birch  | 2026-01-10 | 2026-01-05 | 100
    birch  | 2026-02-01 | 2026-02-11 | 300
    birch  | 2026-03-11 |            | 100
    birch  | 2026-04-20 |            | 500
    cedar  | 2026-03-01 | 2026-04-05 | 100
    maple  | 2024-01-01 |            | 70
"""


def test_days_overdue_are_weighted_by_amount_and_unpaid_counts_to_as_of(spec):
    # Birch: in time, 10 days late, 20 days and not paid yet: (0 x 100 + 10 x 300 + 20 x 100) / 500.
    expected = """
        client | overdue_days_12m | late_payments_12m | late_payments_12m_share | overdue_amount
        birch  | 10               | 2                 | 2/3                     | 100
        cedar  | 30               | 1                 | 1                       | 100
        maple  | null             | 0                 | null                    | 70
        aspen  | null             | 0                 | null                    | 0
    """
    spec("", as_of="2026-03-31", expected=expected, payments=payments)


def test_the_last_payment_is_the_latest_day_money_came(spec):
    # Birch's April bill is not paid; Cedar paid after as_of; a prepayment of Aspen has no due date.
    payments = """
        client | due_on     | paid_on    | amount
        birch  | 2026-01-10 | 2026-01-05 | 100
        birch  | 2026-02-01 | 2026-02-11 | 300
        birch  | 2026-03-11 |            | 100
        cedar  | 2026-03-01 | 2026-04-05 | 100
        aspen  |            | 2026-03-31 | 50
    """
    expected = """
        client | last_payment_on
        birch  | 2026-02-11
        cedar  | null
        aspen  | 2026-03-31
    """
    spec("", as_of="2026-03-31", expected=expected, payments=payments)
