"""Which fields the rules need, and that every fault is a condition over published words."""

from pathlib import Path

from clientarium.core.ground.expressions import Name, ValueType, parse_condition
from clientarium.core.pipeline import load_definitions
from clientarium.core.quality import FAULTS, SCORED, fields_needed

PACKAGED = Path(__file__).parents[3] / "definitions"


def test_rules_of_the_packaged_grades_need_segment_city_and_seller():
    definitions = load_definitions(PACKAGED, ())
    assert fields_needed(definitions.schemes, definitions.catalogue) == ("seller", "city", "segment")


def test_a_rule_over_an_own_field_needs_it(tmp_path):
    for path in PACKAGED.rglob("*.yaml"):
        place = tmp_path / path.relative_to(PACKAGED)
        place.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        place.write_text(text.replace("segment is null or", "f_partners is null or"), encoding="utf-8")
    own = Name("f_partners", ValueType.NUMBER, "Партнёров", "Partners")
    definitions = load_definitions(tmp_path, [own])
    assert fields_needed(definitions.schemes, definitions.catalogue) == ("seller", "city", "f_partners")


def test_no_rules_need_only_a_seller():
    assert fields_needed([], load_definitions(PACKAGED, ()).catalogue) == ("seller",)


def test_every_fault_is_a_condition_of_the_vocabulary():
    words = load_definitions(PACKAGED, ()).vocabulary()
    for condition in (SCORED, *(fault.where for fault in FAULTS)):
        parse_condition(condition, words)
