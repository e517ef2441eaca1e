"""A metric without a spec, a twin or a card in both languages does not get in."""

import pytest

from tests.generative.twin import TWINS
from tests.spec.examples import collect_examples, packaged_catalogue

METRICS = packaged_catalogue().metrics


def test_every_metric_has_a_spec():
    assert sorted(set(METRICS) - set(collect_examples())) == []


def test_every_metric_has_a_twin():
    assert sorted(set(METRICS) ^ set(TWINS)) == []


@pytest.mark.parametrize("name", METRICS)
def test_every_card_speaks_both_languages(name):
    metric = METRICS[name]
    russian = metric.title_ru + metric.reason_ru + metric.formula_ru
    english = metric.title_en + metric.reason_en + metric.formula_en
    assert any("а" <= letter <= "я" for letter in russian.lower())
    assert not any("а" <= letter <= "я" for letter in english.lower())
    assert "{" not in russian + english
