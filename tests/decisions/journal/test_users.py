"""Making and changing users, and who may."""

import pytest

from clientarium.core.ground import UserError
from tests.cast import make_user

PASSWORD = "correct horse 42"


def test_create_user(cast):
    from clientarium.decisions.journal import create_user, history_of

    user = create_user(
        "vera", role="seller", password=PASSWORD, by=cast.administrator, name="Вера", seller=cast.anna_sells
    )
    assert (user.role, user.seller, user.language, str(user)) == ("seller", cast.anna_sells, "ru", "Вера")
    assert user.check_password(PASSWORD)
    entry = history_of(user).get()
    assert (entry.verb, entry.by, entry.data) == (
        "user_created",
        cast.administrator,
        {"role": "seller", "seller": cast.anna_sells.pk},
    )
    assert PASSWORD not in repr(entry.data)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"username": "OLGA"}, "taken"),
        ({"password": "123"}, "too weak"),
        ({"role": "king"}, "no role"),
    ],
)
def test_user_that_cannot_be_made(cast, fields, message):
    from clientarium.decisions.journal import create_user

    given = {"username": "vera", "role": "seller", "password": PASSWORD, "by": cast.owner} | fields
    username = given.pop("username")
    with pytest.raises(UserError, match=message):
        create_user(username, **given)


def test_last_owner_stays(cast):
    from clientarium.decisions.journal import change_role, deactivate_user

    second = make_user("oscar", role="owner")
    deactivate_user(second, by=cast.owner, reason="продал долю")
    with pytest.raises(UserError, match="last owner"):
        change_role(cast.owner, role="head", by=cast.owner)
    with pytest.raises(UserError, match="last owner"):
        deactivate_user(cast.owner, by=None)
    with pytest.raises(UserError, match="himself"):
        deactivate_user(cast.owner, by=cast.owner)


def test_role_change_is_written_down(cast):
    from clientarium.decisions.journal import change_role, entries_visible_to

    change_role(cast.anna, role="head", by=cast.owner, reason="повышение")
    entry = entries_visible_to(cast.owner).filter(verb="user_role_changed").get()
    assert (entry.target_name, entry.data, entry.reason) == ("Anna", {"from": "seller", "to": "head"}, "повышение")


def test_dismissal_and_return(cast):
    from clientarium.decisions.clients import clients_visible_to
    from clientarium.decisions.journal import deactivate_user, reactivate_user

    gone = deactivate_user(cast.anna, by=cast.administrator)
    assert list(clients_visible_to(gone)) == []
    back = reactivate_user(gone, by=cast.administrator)
    assert list(clients_visible_to(back)) == [cast.birch]


def test_own_password_and_settings(cast):
    from clientarium.decisions.journal import reset_password, set_preferences

    assert reset_password(cast.anna, password=PASSWORD, by=cast.anna).check_password(PASSWORD)
    set_preferences(cast.anna, language="en", theme="dark", density="compact")
    cast.anna.refresh_from_db()
    assert (cast.anna.language, cast.anna.theme, cast.anna.density) == ("en", "dark", "compact")
    with pytest.raises(UserError):
        set_preferences(cast.anna, language="xx", theme="dark", density="compact")
