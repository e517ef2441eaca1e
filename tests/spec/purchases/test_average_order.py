title = "Average order"

sales = """
    client | sold_on    | doc | revenue
    birch  | 2026-03-10 | 1   | 100
    birch  | 2026-03-10 | 1   | 50
    birch  | 2026-03-12 | 2   | 250
    birch  | 2026-03-20 | 3   | -90
"""


def test_a_return_document_does_not_lower_it(spec):
    spec(sales, "average_order_12m", as_of="2026-03-31", expected={"birch": 200, "maple": None})
