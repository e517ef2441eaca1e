"""Which cards are of one client: candidate pairs with a probability and its reasons, and clusters of them."""

from clientarium.core.identity.matched_columns import CARD_COLUMNS, PAIR_SCHEMA
from clientarium.core.identity.matching.clustering import clusters
from clientarium.core.identity.matching.pairs import candidate_pairs
from clientarium.core.identity.matching.records import match_records, record_clusters
from clientarium.core.identity.matching.roles import Role, guess_role
from clientarium.core.identity.matching.settings import DEFAULT, Matching

__all__ = [
    "CARD_COLUMNS",
    "DEFAULT",
    "PAIR_SCHEMA",
    "Matching",
    "Role",
    "candidate_pairs",
    "clusters",
    "guess_role",
    "match_records",
    "record_clusters",
]
