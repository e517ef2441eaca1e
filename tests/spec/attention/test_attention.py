title = "Attention against margin"

sales = """
    client | sold_on    | doc | revenue | cost
    birch  | 2026-03-10 | 1   | 1000    | 100
    cedar  | 2026-03-10 | 2   | 100     | 50
    cedar  | 2026-03-12 | 3   | 100     | 50
    cedar  | 2026-03-20 | 4   | -10     |
"""

touches = """
    client | touched_on | kind     | minutes
    birch  | 2026-03-01 | call     | 30
    cedar  | 2026-03-01 | meeting  |
    cedar  | 2026-03-02 | document |
    cedar  | 2026-03-03 | call     | 75
"""


def test_counts_talk_and_paperwork_of_all_services(spec):
    # A sales document takes 30 minutes and costs 450. Birch: 30 + 30. Cedar: 60 + 15 + 75 and three documents, 240.
    expected = """
        client | documents_12m | minutes_12m | attention_measured_share_12m | cost_to_serve_12m | margin_after_service_12m
        birch  | 1             | 60          | 0.5                          | 650               | 250
        cedar  | 4             | 240         | 75/240                       | 2550              | -2450
        maple  | 0             | 0           | null                         | 0                 | 0
    """
    spec(sales, as_of="2026-03-31", expected=expected, touches=touches)


def test_share_of_attention_beside_share_of_margin(spec):
    expected = """
        client | attention_12m_share | margin_12m_share | attention_12m_to_margin
        birch  | 0.2                 | 0.9              | 2/9
        cedar  | 0.8                 | 0.1              | 8
    """
    spec(sales, as_of="2026-03-31", expected=expected, touches=touches)


def test_without_any_touch_the_effort_is_unknown(spec):
    expected = """
        client | minutes_12m | attention_measured_share_12m | attention_12m_share | attention_12m_to_margin
        birch  | 30          | 0                            | null                | null
        cedar  | 90          | 0                            | null                | null
    """
    spec(sales, as_of="2026-03-31", expected=expected)
