title = "Products and product groups bought"

sales = """
    client | sold_on    | doc | product | revenue
    birch  | 2026-03-10 | 1   | nail    | 10
    birch  | 2026-03-11 | 2   | nail    | 10
    birch  | 2026-03-12 | 3   | screw   | 10
    birch  | 2026-03-12 | 3   | rope    | 10
    birch  | 2026-03-12 | 3   |         | 10
    birch  | 2026-03-20 | 4   | tar     | -10
    birch  | 2024-03-20 | 5   | anchor  | 10
"""

products = """
    product | group
    nail    | metal
    screw   | metal
    rope    |
    tar     | chemistry
    anchor  | metal
"""


def test_counts_what_was_bought_in_the_year(spec):
    expected = """
        client | products_12m | product_groups_12m
        birch  | 3            | 1
        maple  | 0            | 0
    """
    spec(sales, as_of="2026-03-31", expected=expected, products=products)
