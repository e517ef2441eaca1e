"""Schemes of categories: read from YAML, computed for the whole base by SQL, explained for one client."""

from clientarium.core.categories.classification import STANDING_SCHEMA, categories_sql, classify
from clientarium.core.categories.definition_file import Words
from clientarium.core.categories.doubt import distance_to_border
from clientarium.core.categories.explanation import Explanation, PartSeen, RuleSeen, explain
from clientarium.core.categories.gaps import Gap
from clientarium.core.categories.policy import Policy, PolicyLine, load_policy, read_policy
from clientarium.core.categories.reading import load_schemes, names_used, read_scheme, read_schemes
from clientarium.core.categories.rewriting import scheme_sentences, with_policy, with_threshold
from clientarium.core.categories.scheme import (
    Category,
    Derived,
    Level,
    MaxTouches,
    Mode,
    Play,
    Rule,
    Scheme,
    Schemes,
    Summary,
    Tag,
)
from clientarium.core.categories.trial import Move, Preview, try_scheme

__all__ = [
    "STANDING_SCHEMA",
    "Category",
    "Derived",
    "Explanation",
    "Gap",
    "Level",
    "MaxTouches",
    "Mode",
    "Move",
    "PartSeen",
    "Play",
    "Policy",
    "PolicyLine",
    "Preview",
    "Rule",
    "RuleSeen",
    "Scheme",
    "Schemes",
    "Summary",
    "Tag",
    "Words",
    "categories_sql",
    "classify",
    "distance_to_border",
    "explain",
    "load_policy",
    "load_schemes",
    "names_used",
    "read_policy",
    "read_scheme",
    "read_schemes",
    "scheme_sentences",
    "try_scheme",
    "with_policy",
    "with_threshold",
]
