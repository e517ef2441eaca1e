"""What methods of forecasting are called on screen, for people who know no statistics."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COUNT_TITLES: dict[str, str | Promise] = {
    "last_window": _("as many as in the period before"),
    "hiatus": _("whoever is not silent orders as before"),
    "past_average": _("his average pace"),
    "base_mean": _("the average of the base"),
    "nbd": _("NBD: nobody ever leaves"),
    "bg_nbd": _("BG/NBD"),
    "mbg_nbd": _("MBG/NBD"),
    "pareto_nbd": _("Pareto/NBD"),
    "bg_cnbd_k": _("BG/CNBD-k: with the client’s regularity"),
    "mbg_cnbd_k": _("MBG/CNBD-k: with the client’s regularity"),
    "window_blend": _("the period before × the chance that he is alive, averaged with the model"),
    "three_way": _("average of three: the period before, the model, the trees"),
    "recalibrated": _("the model with its total put right by the past"),
    "boosted": _("the model corrected by decision trees"),
}

DATE_TITLES: dict[str, str | Promise] = {
    "own-gaps": _("the client’s own gaps, helped by the base’s"),
    "global-median": _("the usual gap of the base"),
    "last-gap": _("the same gap as last time"),
    "mean-gap": _("his average gap"),
    "ewma": _("his average gap, fresh ones weighing more"),
    "median-of-12": _("his usual gap of the last twelve"),
    "median-on-weekday": _("his usual gap, on his weekday"),
    "gamma": _("a smooth distribution with the base’s regularity"),
}

GROUP_TITLES: dict[str, str | Promise] = {
    "regular": _("order regularly"),
    "irregular": _("order irregularly"),
    "few_orders": _("two or three orders so far"),
    "one_order": _("one order so far"),
}


def count_title(name: str) -> str:
    """The words of a count or status method; of a pair, of the one that counts for a single client."""
    typical, _plus, expected = name.partition("+")
    told = str(COUNT_TITLES.get(typical, typical))
    return f"{told} + {COUNT_TITLES.get(expected, expected)}" if expected and expected != typical else told


def date_title(name: str) -> str:
    return str(DATE_TITLES.get(name, name))
