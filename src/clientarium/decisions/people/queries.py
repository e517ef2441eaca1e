"""Finding sellers."""

import unicodedata

from .models import Seller

QUOTES = str.maketrans("", "", "\"'«»“”„‘’`")


def name_key(text: str) -> str:
    """The same name however it was typed: letters lowered, ё as е, quotation marks dropped, inner spaces single."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е").translate(QUOTES)
    return " ".join(folded.split())


def seller_named(name: str) -> Seller | None:
    """The only seller of that name; None where there is none or more than one."""
    found = list(Seller.objects.filter(name_key=name_key(name))[:2])
    return found[0] if len(found) == 1 else None


def sellers_by_key(source: str) -> dict[str, Seller]:
    """Sellers as the files of `source` call them."""
    return {seller.key: seller for seller in Seller.objects.filter(source=source)}
