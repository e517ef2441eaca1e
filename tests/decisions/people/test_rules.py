"""Every permission for every role, as the blueprint's table says."""

import pytest

ROLES = ("owner", "head", "seller", "marketer", "support", "administrator")
TABLE = {
    "sees_all_clients": "owner head marketer support administrator",
    "can_import": "owner head administrator",
    "can_run_pulse": "owner head administrator",
    "can_confirm": "owner head",
    "can_transfer": "owner head",
    "can_edit_schemes": "owner head",
    "can_manage_users": "owner administrator",
    "can_make_owner": "owner",
    "can_define_fields": "owner head administrator",
    "can_merge": "owner head administrator",
    "can_set_merge_rule": "owner administrator",
    "can_export": "owner head marketer administrator",
    "can_share_segments": "owner head marketer",
    "sees_journal": "owner head administrator",
    "sees_money": "owner head seller marketer administrator",
    "works_here": " ".join(ROLES),
}


@pytest.mark.parametrize("name", TABLE)
def test_rule(name):
    from django.contrib.auth.models import AnonymousUser

    from clientarium.decisions.people import User, rules

    rule = getattr(rules, name)
    allowed = [role for role in ROLES if rule(User(username=role, role=role))]
    assert allowed == [role for role in ROLES if role in TABLE[name].split()]
    assert [role for role in ROLES if rule(User(username=role, role=role, is_active=False))] == []
    assert not rule(AnonymousUser())


def test_every_rule_is_in_the_table():
    from clientarium.decisions.people import rules

    predicates = {name for name in vars(rules) if name.startswith(("can_", "sees_", "works_"))}
    assert predicates == set(TABLE)


@pytest.mark.parametrize(
    ("typed", "key"), [(" ООО «Ёлка» ", "ооо елка"), ('ооо  "елка"', "ооо елка"), ("ＡＢＣ", "abc"), ("", "")]
)
def test_name_key(typed, key):
    from clientarium.decisions.people import name_key

    assert name_key(typed) == key
