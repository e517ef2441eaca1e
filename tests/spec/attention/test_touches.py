title = "Touches and their minutes"

touches = """
    client | touched_on | kind     | department | minutes
    birch  | 2026-03-01 | call     |            | 25
    birch  | 2026-03-10 | call     |            |
    birch  | 2026-03-11 | call     | support    |
    birch  | 2026-03-20 | document | accounting |
    birch  | 2025-03-31 | meeting  |            | 90
    cedar  | 2026-03-01 | letter   |            |
"""


def test_minutes_are_measured_or_the_norm_of_the_kind_and_department(spec):
    # Birch: 25 measured, 10 by the norm, 20 by support's norm, 15 for the document; 600, 600, 300 and 900 an hour.
    # So 25 + 10 minutes cost 350, 20 of support 100, 15 of accounting 225.
    expected = """
        client | touches_12m | touch_minutes_12m | measured_minutes_12m | touch_cost_12m | document_touches_12m
        birch  | 4           | 70                | 25                   | 675            | 1
        cedar  | 1           | 5                 | null                 | 50             | 0
        maple  | 0           | 0                 | 0                    | 0              | 0
    """
    spec("", as_of="2026-03-31", expected=expected, touches=touches)


def test_the_last_touch_of_any_kind(spec):
    expected = """
        client | last_touch_on | days_since_last_touch
        birch  | 2026-03-20    | 11
        cedar  | 2026-03-01    | 30
        maple  | null          | null
    """
    spec("", as_of="2026-03-31", expected=expected, touches=touches)
