"""A wrong definition says where it is wrong, and what would be right."""

import pytest

from clientarium.core.categories import Policy, load_policy, read_policy, read_scheme
from clientarium.core.ground import UserError
from tests.core.categories.words import POLICY, WORDS, scheme_text, schemes_of
from tests.core.firm import DEFINITIONS, firm_in


def refused(text: str, *, policy: Policy = POLICY) -> str:
    with pytest.raises(UserError) as error:
        schemes_of(text, policy=policy)
    return str(error.value)


def test_unknown_word_names_file_line_and_nearest():
    said = refused(scheme_text({"big": "margn > 1"}))
    assert (said.startswith("1.yaml:11:"), "margn" in said, "margin" in said.split("Perhaps")[1]) == (True, True, True)


def test_unknown_word_in_a_folded_rule_names_its_line():
    said = refused(scheme_text({"big": ">-\n      margin > 1\n      and ordrs > 2"}))
    assert said.startswith("1.yaml:1") and "ordrs" in said and "orders" in said


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (("mode: auto", "mode: automatic"), "automatic"),
        (("dead_band: 0", "dead_band: 2"), "2"),
        (("minimum_stay_days: 0", "minimum_stay_days: often"), "often"),
        (("minimum_stay_days: 0", "minimum_stey_days: 0"), "minimum_stey_days"),
        (("scheme: size", "scheme: Размер"), "Размер"),
        (("scheme: size", "scheme: margin"), "margin"),
        (("base: orders > 0", "base: orders"), "value, not a condition"),
        (("mode: auto", "mode: auto\nmode: auto"), "twice"),
        (("  - code: small", "  - code: big"), "twice"),
        (("otherwise: true", "otherwise: false"), "otherwise"),
        (("greeting: true", "greeting: perhaps"), "perhaps"),
        (("      price: {ru: ц, en: p}\n", ""), "price"),
        (("scheme: size", "- size"), "cannot be read"),
    ],
)
def test_every_mistake_has_its_place_and_word(change, word):
    said = refused(scheme_text({"big": "margin > 1", "small": None}).replace(*change, 1))
    assert said.startswith("1.yaml:") and word in said


def test_category_below_the_rest_is_refused():
    said = refused(scheme_text({"all": None, "never": "margin > 1"}))
    assert "all" in said and said.startswith("1.yaml:")


def test_two_schemes_that_wait_for_each_other_are_refused():
    with pytest.raises(UserError, match="second"):
        schemes_of(
            scheme_text({"a": "second = 'a'"}, name="first"),
            scheme_text({"a": "first = 'a'"}, name="second"),
        )


def test_empty_and_broken_files():
    assert refused("") == "1.yaml:1: The file is empty."
    assert refused("scheme: [").startswith("1.yaml:")


def test_strict_cold_rule_forgets_the_rhythm():
    strict = read_policy(POLICY.text.replace("value: rhythm", "value: strict"))
    assert (POLICY.number("rhythm_factor"), strict.number("rhythm_factor")) == (2, 0)


def test_packaged_definitions_load(tmp_path):
    firm = firm_in(tmp_path)
    assert firm.definitions.schemes.names == (
        "grade", "layer", "rfm", "abc_revenue", "abc_margin", "xyz", "lifecycle", "movement",
    )  # fmt: skip
    assert firm.definitions.schemes["grade"].codes == ("EEE", "EE", "E", "AAA", "AA", "A", "B", "C", "D")
    assert [scheme.mode for scheme in firm.definitions.schemes][:3] == ["confirm", "confirm", "auto"]


def test_every_category_has_a_play_and_a_source_in_both_languages(tmp_path):
    for scheme in firm_in(tmp_path).definitions.schemes:
        for category in scheme.categories:
            play = category.play
            for words in (category.title, category.source, play.service, play.rhythm, play.ceiling, play.price):
                assert words.ru and words.en and not words.ru.isspace()


def test_every_line_of_the_policy_says_where_it_comes_from():
    for line in load_policy(DEFINITIONS / "policy.yaml").lines.values():
        assert len(line.source.ru) > 20 and len(line.source.en) > 20, line.name


def test_one_scheme_is_read_again_over_the_whole_vocabulary(tmp_path):
    definitions = firm_in(tmp_path).definitions
    for scheme in definitions.schemes:
        again = read_scheme(scheme.text, vocabulary=definitions.vocabulary(), policy=definitions.policy)
        assert (again.categories, again.levels) == (scheme.categories, scheme.levels)


def test_scheme_may_not_speak_of_itself(tmp_path):
    words = schemes_of(scheme_text({"big": "margin > 1"}))
    with pytest.raises(UserError, match="size"):
        read_scheme(scheme_text({"big": "size = 'big'"}), vocabulary={**WORDS, **words.vocabulary()}, policy=POLICY)


def test_tags_and_numbers_made_of_money_tell_money_and_categories_do_not():
    text = (
        scheme_text({"big": "margin > 1", "small": None})
        + """
let:
  known: {title: {ru: н, en: n}, is: count, of: margin}
  often: {title: {ru: н, en: n}, is: median, of: orders}
  often_of_dear: {title: {ru: н, en: n}, is: median, of: orders, where: share > 0 and margin > 1}
each:
  gain: {title: {ru: н, en: n}, is: margin / 2}
  doubled: {title: {ru: н, en: n}, is: orders * 2}
tags:
  - {code: loyal, title: {ru: м, en: m}, when: orders > 5, source: {ru: и, en: s}}
  - {code: counted, title: {ru: м, en: m}, when: known = 0, source: {ru: и, en: s}}
"""
    )
    words = schemes_of(text).vocabulary()
    assert {name for name, word in words.items() if word.tells_money} == {
        "known", "often_of_dear", "gain", "tag_counted",
    }  # fmt: skip
    assert {name for name, word in words.items() if not word.tells_money} == {
        "size", "size_computed", "often", "doubled", "tag_loyal",
    }  # fmt: skip
