"""`clientarium capacity`: a list from a file, the answer as words and as JSON."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from clientarium.core.ground import UserError
from clientarium.interfaces.cli.commands import app

TEN = "Client;Margin;Assembly, h\n" + "".join(f"c{n};{1000 * (11 - n)};{10 * n}\n" for n in range(1, 11))


@pytest.fixture
def ten(tmp_path: Path) -> Path:
    path = tmp_path / "ten.csv"
    path.write_text(TEN + "c11;much;1\n", encoding="utf-8")
    return path


def answered(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["capacity", *arguments, "--json"], catch_exceptions=False)
    assert result.exit_code == 0
    return json.loads(result.stdout)


def test_ten_clients_and_six_places(ten: Path) -> None:
    found = answered(str(ten), "--limit", "6")
    assert found["refused"] == ["c7", "c8", "c9", "c10"]
    assert (found["value"], found["lost"], found["is_proven"]) == (45_000, 10_000, True)
    assert next(iter(found["worth_of_one_more"].values()))["money"] == 4_000
    assert all(one["why"] for one in found["clients"])
    assert [one["line"] for one in found["set_aside"]] == [12]


def test_hours_and_hands(ten: Path) -> None:
    found = answered(str(ten), "--capacity", "assembly=60", "--take", "C6", "--refuse", "c1")
    assert (found["taken"], found["fixes_cost"]) == (["c6"], 22_000)


def test_a_month_may_have_its_own_hours(tmp_path: Path) -> None:
    path = tmp_path / "months.csv"
    path.write_text(
        "Client;Margin;Assembly;Start;End\nMay;70;30;01.05.2026;31.05.2026\nBoth;100;80;01.05.2026;30.06.2026\n",
        encoding="utf-8",
    )
    even = answered(str(path), "--monthly", "--capacity", "assembly=40")
    assert (even["taken"], [use["month"] for use in even["uses"]]) == (["Both"], ["2026-05", "2026-06"])
    wider = answered(str(path), "--monthly", "--capacity", "assembly=40", "--capacity", "assembly@2026-05=70")
    assert wider["taken"] == ["May", "Both"]


def test_words_for_people(ten: Path) -> None:
    result = CliRunner().invoke(app, ["capacity", str(ten), "--limit", "6"], catch_exceptions=False)
    assert result.exit_code == 0
    assert "c10" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--limit", "6", "--where", "x"],
        ["--capacity", "van=1"],
        ["--limit", "1", "--take", "nobody"],
        ["--capacity", "assembly@2026-05=1"],
        ["--monthly", "--capacity", "assembly@spring=1"],
    ],
)
def test_what_makes_no_sense_is_refused(ten: Path, arguments: list[str]) -> None:
    with pytest.raises(UserError):
        CliRunner().invoke(app, ["capacity", str(ten), *arguments], catch_exceptions=False)
