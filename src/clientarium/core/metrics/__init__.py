"""The catalogue of metrics and the pass that computes them: one number per client as of a date, defined once."""

from clientarium.core.metrics.card import Metric
from clientarium.core.metrics.catalogue import CLIENT_FIELDS, Catalogue, load_catalogue
from clientarium.core.metrics.compose import NamedQuery, compose
from clientarium.core.metrics.compute import compute
from clientarium.core.metrics.definition_file import DefinitionFile, read_definitions
from clientarium.core.metrics.manual import catalogue_page
from clientarium.core.metrics.norms import Norms, load_norms
from clientarium.core.metrics.steps import STEPS, Step

__all__ = [
    "CLIENT_FIELDS",
    "STEPS",
    "Catalogue",
    "DefinitionFile",
    "Metric",
    "NamedQuery",
    "Norms",
    "Step",
    "catalogue_page",
    "compose",
    "compute",
    "load_catalogue",
    "load_norms",
    "read_definitions",
]
