"""Names, phones, e-mails and tax numbers brought to one form, so that the same client is seen to be the same.

The door is lazy: comparing cards loads the solver of likenesses, and most who come only want one number checked.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clientarium.core.identity.cards import CardDoubt, card_doubts
    from clientarium.core.identity.contacts import EmailSeen, PhoneSeen, normalise_email, normalise_phone
    from clientarium.core.identity.folded_names import FoldedName, fold_name
    from clientarium.core.identity.matched_columns import CARD_COLUMNS, PAIR_SCHEMA
    from clientarium.core.identity.matching import (
        DEFAULT,
        Matching,
        Role,
        candidate_pairs,
        clusters,
        guess_role,
        match_records,
        record_clusters,
    )
    from clientarium.core.identity.names import clean_name, client_key
    from clientarium.core.identity.tax_numbers import check_bin, check_inn, check_kpp, check_ogrn

__all__ = [
    "CARD_COLUMNS",
    "DEFAULT",
    "PAIR_SCHEMA",
    "CardDoubt",
    "EmailSeen",
    "FoldedName",
    "Matching",
    "PhoneSeen",
    "Role",
    "candidate_pairs",
    "card_doubts",
    "check_bin",
    "check_inn",
    "check_kpp",
    "check_ogrn",
    "clean_name",
    "client_key",
    "clusters",
    "fold_name",
    "guess_role",
    "match_records",
    "normalise_email",
    "normalise_phone",
    "record_clusters",
]

PLACES = {
    "cards": ("CardDoubt", "card_doubts"),
    "contacts": ("EmailSeen", "PhoneSeen", "normalise_email", "normalise_phone"),
    "folded_names": ("FoldedName", "fold_name"),
    "matched_columns": ("CARD_COLUMNS", "PAIR_SCHEMA"),
    "names": ("clean_name", "client_key"),
    "tax_numbers": ("check_bin", "check_inn", "check_kpp", "check_ogrn"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), "matching")
    return getattr(import_module(f"{__name__}.{place}"), name)
