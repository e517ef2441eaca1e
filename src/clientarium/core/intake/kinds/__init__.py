"""Kinds of files: how a block becomes rows of fact tables, clients, products and sellers."""

from collections.abc import Callable, Mapping

from clientarium.core.intake.blocks import Block
from clientarium.core.intake.kinds.cards import convert_clients
from clientarium.core.intake.kinds.converted import Context, Converted
from clientarium.core.intake.kinds.dimensions import convert_products, convert_sellers
from clientarium.core.intake.kinds.payments import convert_payments
from clientarium.core.intake.kinds.sales import convert_sales
from clientarium.core.intake.kinds.touches import convert_touches

Converter = Callable[[Block, Context], Converted]

CONVERTERS: Mapping[str, Converter] = {
    "sales": convert_sales,
    "clients": convert_clients,
    "products": convert_products,
    "sellers": convert_sellers,
    "touches": convert_touches,
    "payments": convert_payments,
}

__all__ = ["CONVERTERS", "Context", "Converted"]
