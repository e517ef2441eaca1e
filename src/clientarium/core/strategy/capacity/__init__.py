"""Whom to take when there is not enough for all: the choice worth most, proven or with its gap, and explained."""

from clientarium.core.strategy.capacity.choice import Choice, OneMore, Use, Why
from clientarium.core.strategy.capacity.choosing import choose
from clientarium.core.strategy.capacity.contender import Contender, Resource, Weights
from clientarium.core.strategy.capacity.kept import as_json, from_json

__all__ = ["Choice", "Contender", "OneMore", "Resource", "Use", "Weights", "Why", "as_json", "choose", "from_json"]
