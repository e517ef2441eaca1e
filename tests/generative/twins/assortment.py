"""Products and their groups."""

from tests.generative.twins.base import Client, twin


def bought(client: Client) -> set[tuple[str, str]]:
    lines = [line for line in client.lines("12m") if line["revenue"] > 0 and line["product"] is not None]
    return {(line["source"], line["product"]) for line in lines}


@twin("products_12m")
def products(client: Client) -> int:
    return len(bought(client))


@twin("product_groups_12m")
def product_groups(client: Client) -> int:
    return len({client.base.groups.get(key) for key in bought(client)} - {None})
