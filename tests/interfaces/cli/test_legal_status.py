"""`clientarium legal-status` and `connections`: what they print, and the exit code when nothing is connected."""

from datetime import date
from typing import Any

import pytest

from clientarium.core.ground import UserError
from clientarium.decisions.clients import LegalEntity
from clientarium.decisions.connections import save_connection
from clientarium.interfaces.cli.legal_statuses import (
    alert_rows,
    asked_live,
    file_read,
    set_everywhere,
    tried_rows,
)
from tests.decisions.runs.conftest import home
from tests.homes import fresh_home
from tests.interfaces.cli.test_commands import clientarium
from tests.interfaces.connectors.fake_dadata import TOKEN, FakeDaData, party, serving

__all__ = ["home"]
BIRCH, CEDAR = "7707083893", "7736050003"


@pytest.fixture
def firms(cast: Any) -> None:
    for client, inn in ((cast.birch, BIRCH), (cast.cedar, CEDAR)):
        LegalEntity.objects.create(client=client, name=f"ООО {client.name}", inn=inn)


def test_statuses_from_a_file_are_alerts(home: Any, firms: None) -> None:
    path = home / "реестр.csv"
    path.write_text(f"ИНН;Наименование;Статус;Дата\n{CEDAR};Кедр;Ликвидируется;01.10.2026\n", encoding="utf-8")
    result = file_read(path, listener=lambda *_: None)
    assert result == {"read": 1, "ours": 1, "changed": 1, "not_understood": 0, "first_problems": []}
    (row,) = alert_rows()
    assert (row["client"], row["status"], row["since"]) == ("Кедр-canary-cedar", "liquidating", date(2026, 10, 1))


def test_status_by_hand_names_whom_it_was_set_for(firms: None) -> None:
    named = set_everywhere(BIRCH, "bankrupt", kpp="", on=None, reason="картотека дел")
    assert (named, LegalEntity.objects.get(inn=BIRCH).status) == ([f"ООО Берёза {BIRCH}"], "bankrupt")
    with pytest.raises(UserError, match="No client of the base has INN"):
        set_everywhere("7702070139", "bankrupt", kpp="", on=None, reason="why")


def test_live_check_asks_the_connected_register_and_keeps_nothing(db: None, settings: Any) -> None:
    settings.CLIENTARIUM_DADATA_TOKEN = ""
    with serving(FakeDaData()) as fake:
        fake.parties[BIRCH] = [party(BIRCH, "LIQUIDATING", value="ПАО СБЕРБАНК", ogrn="1027700132195")]
        values = {"token": TOKEN, "address": fake.address}
        save_connection(None, kind="dadata", title="DaData", values=values, by=None)
        answer = asked_live(BIRCH, token="")
        (tried,) = tried_rows("")
    assert answer == {
        "inn": BIRCH, "name": "ПАО СБЕРБАНК", "status": "liquidating", "since": None, "ogrn": "1027700132195",
    }  # fmt: skip
    assert tried["is_well"] and TOKEN not in str(tried)
    with pytest.raises(UserError, match="no connection"):
        tried_rows("Нет такого")


@pytest.mark.slow
def test_live_check_without_a_token_says_what_to_do(tmp_path: Any) -> None:
    done = clientarium(fresh_home(tmp_path / "home"), "legal-status", "live-check")
    assert (done.returncode, "CLIENTARIUM_DADATA_TOKEN" in done.stderr) == (2, True)
