"""Which cards are of one client: candidate pairs with a probability and its reasons, and clusters of them."""

from clientarium.core.identity.matching.cards import CARD_COLUMNS, PAIR_SCHEMA
from clientarium.core.identity.matching.clustering import clusters
from clientarium.core.identity.matching.pairs import DEFAULT, Matching, candidate_pairs

__all__ = ["CARD_COLUMNS", "DEFAULT", "PAIR_SCHEMA", "Matching", "candidate_pairs", "clusters"]
