"""The catalogue of metrics and the pass that computes them: one number per client as of a date, defined once."""

from clientarium.core.metrics.card import Metric, MetricChoice
from clientarium.core.metrics.card_input import CARD_SCHEMA, no_cards
from clientarium.core.metrics.catalogue import CLIENT_FIELDS, Catalogue, load_catalogue
from clientarium.core.metrics.compose import NamedQuery, compose
from clientarium.core.metrics.compute import compute
from clientarium.core.metrics.definition_file import DefinitionFile, read_definitions
from clientarium.core.metrics.departments import SERVICES, service_of
from clientarium.core.metrics.forecast_input import FORECAST_SCHEMA, no_forecast
from clientarium.core.metrics.manual import catalogue_page
from clientarium.core.metrics.norms import KINDS, LATER_KINDS, Norms, load_norms
from clientarium.core.metrics.norms_text import NormAmount, NormKeys, with_norms
from clientarium.core.metrics.purchase_history import PURCHASE_HISTORY, purchase_history_queries
from clientarium.core.metrics.steps import STEPS, Step

__all__ = [
    "CARD_SCHEMA",
    "CLIENT_FIELDS",
    "FORECAST_SCHEMA",
    "KINDS",
    "LATER_KINDS",
    "PURCHASE_HISTORY",
    "SERVICES",
    "STEPS",
    "Catalogue",
    "DefinitionFile",
    "Metric",
    "MetricChoice",
    "NamedQuery",
    "NormAmount",
    "NormKeys",
    "Norms",
    "Step",
    "catalogue_page",
    "compose",
    "compute",
    "load_catalogue",
    "load_norms",
    "no_cards",
    "no_forecast",
    "purchase_history_queries",
    "read_definitions",
    "service_of",
    "with_norms",
]
