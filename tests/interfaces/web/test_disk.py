"""CHECKS.md 5: little room is said before it runs out, and a full disk is answered with 507 and the cure."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError

from clientarium.decisions.people import User
from clientarium.decisions.runs.domain import space

GB = 1024**3


@pytest.fixture
def disk(monkeypatch: Any) -> Any:
    """The disk as the operating system describes it: (total, free) in GB."""

    def lay(total: float, free: float) -> None:
        room = SimpleNamespace(total=int(total * GB), free=int(free * GB))
        monkeypatch.setattr(space.shutil, "disk_usage", lambda _folder: room)

    return lay


@pytest.mark.parametrize(
    ("total", "free", "is_little"),
    [(100, 11, False), (100, 9, True), (8, 1.1, False), (8, 0.9, True), (5, 0.6, True), (2000, 21, False)],
)
def test_little_room_is_under_a_tenth_or_a_gigabyte(disk: Any, total: float, free: float, is_little: bool) -> None:
    disk(total, free)
    assert space.little_space_left() == (int(free * GB) if is_little else None)


def test_who_loads_files_is_warned_and_a_seller_is_not(cast: Any, signed_in: Any, disk: Any) -> None:
    disk(100, 2.5)
    assert "2,5 ГБ" in signed_in(cast.owner).get("/settings/").content.decode().replace("\xa0", " ")
    assert "ГБ" not in signed_in(cast.anna).get("/settings/").content.decode()


def test_full_disk_is_507_with_the_cure(cast: Any, signed_in: Any, monkeypatch: Any) -> None:
    def refuse(*_arguments: Any, **_named: Any) -> None:
        raise OperationalError("database or disk is full")

    browser = signed_in(cast.owner)
    monkeypatch.setattr(User, "save", refuse)
    answer = browser.post("/settings/appearance/", {"theme": "dark"})
    assert (answer.status_code, "Освободите место" in answer.content.decode()) == (507, True)
