"""The fixed cast: everybody who appears in the tests, and three clients by name.

In conftest.py: pytest_plugins = ["tests.cast"]; then the fixture `cast`.

Birch is held by Anna, Cedar by Boris, Dill by nobody. Whoever may not see a client must not see its canary.
"""

from dataclasses import dataclass
from typing import Any

import pytest

PASSWORD = "a long enough password 7"


@dataclass
class Cast:
    owner: Any
    head: Any
    anna: Any
    boris: Any
    marketer: Any
    support: Any
    administrator: Any
    nobody: Any
    anna_sells: Any
    boris_sells: Any
    birch: Any
    cedar: Any
    dill: Any

    @property
    def users(self) -> list[Any]:
        return [
            self.owner,
            self.head,
            self.anna,
            self.boris,
            self.marketer,
            self.support,
            self.administrator,
            self.nobody,
        ]


def make_seller(key: str, *, source: str = "1c") -> Any:
    from clientarium.decisions.people import Seller, name_key

    return Seller.objects.create(source=source, key=key, name=key, name_key=name_key(key))


def make_user(login: str, *, role: str, seller: Any = None, **fields: Any) -> Any:
    """Made without the domain function: hashing a password for each of eight people would slow every test."""
    from clientarium.decisions.people import User

    return User.objects.create(
        username=login, name=login.title(), role=role, seller=seller, password="!", email=f"{login}@x.test", **fields
    )


def make_client(name: str, *, holder: Any = None, **fields: Any) -> Any:
    from clientarium.decisions.clients import Client, create_client

    client = create_client(name, by=None, holder=holder)
    if fields:
        Client.objects.filter(pk=client.pk).update(**fields)
        client.refresh_from_db()
    return client


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def make_cast() -> Cast:
    """Eight people and three clients: Birch is Anna's, Cedar Boris's, Dill nobody's."""
    anna_sells, boris_sells = make_seller("Анна"), make_seller("Борис")
    return Cast(
        owner=make_user("olga", role="owner"),
        head=make_user("hugo", role="head"),
        anna=make_user("anna", role="seller", seller=anna_sells),
        boris=make_user("boris", role="seller", seller=boris_sells),
        marketer=make_user("mila", role="marketer"),
        support=make_user("sam", role="support"),
        administrator=make_user("ada", role="administrator"),
        nobody=make_user("nemo", role="seller"),
        anna_sells=anna_sells,
        boris_sells=boris_sells,
        birch=make_client("Берёза", holder=anna_sells, city="Тверь", inn="7707083893"),
        cedar=make_client("Кедр-canary-cedar", holder=boris_sells, city="Омск-canary-cedar"),
        dill=make_client("Укроп-canary-dill", city="Пермь-canary-dill"),
    )
