"""Who serves whom: the placing of clients with sellers that is worth most, proven, and explained."""

from clientarium.core.strategy.balance.balance import Balance
from clientarium.core.strategy.balance.edits import EditCost, cost_of, cost_of_all, with_edits
from clientarium.core.strategy.balance.fairness import Fairness, gini, jain
from clientarium.core.strategy.balance.fit import FitRules, Reason, Worth, fit_rules_from, worth_of
from clientarium.core.strategy.balance.placing import ToFill, ToPlace
from clientarium.core.strategy.balance.proposal import propose

__all__ = [
    "Balance",
    "EditCost",
    "Fairness",
    "FitRules",
    "Reason",
    "ToFill",
    "ToPlace",
    "Worth",
    "cost_of",
    "cost_of_all",
    "fit_rules_from",
    "gini",
    "jain",
    "propose",
    "with_edits",
    "worth_of",
]
