"""A register file: its columns, its words, its dates, what is not understood, and what it changes in the base."""

from datetime import date

import openpyxl
import pytest

from clientarium.core.ground import UserError
from clientarium.decisions.clients import LegalEntity, LegalStatus
from clientarium.decisions.connections import save_connection, try_connection
from clientarium.decisions.runs import receive_file, run_now
from clientarium.decisions.statuses import Requisites, provider_of, read_register_file, start_reading
from clientarium.interfaces.connectors.kinds.registry_file.reading import day_in, status_in

BIRCH, CEDAR, DILL = "7707083893", "0276088098", "7702070139"
TEXT = (
    "ИНН;Наименование;Статус;Дата статуса\n"
    f"{BIRCH};ООО «Берёза»;Действующее;01.11.2026\n"
    "276088098;ООО «Кедр»;Ликвидировано;2025-03-05\n"
    "1234567890;ООО «Нет»;Действующее;\n"
    f"{DILL};ООО «Укроп»;непонятно что;\n"
)


@pytest.mark.parametrize(
    "text, status",
    [
        ("Действующая организация", LegalStatus.ACTIVE),
        (
            "Юридическое лицо признано несостоятельным (банкротом), введено конкурсное производство",
            LegalStatus.BANKRUPT,
        ),
        ("Находится в стадии ликвидации", LegalStatus.LIQUIDATING),
        ("Принято решение о предстоящем исключении недействующего юридического лица", LegalStatus.LIQUIDATING),
        ("Прекратило деятельность при присоединении", LegalStatus.LIQUIDATED),
        ("Исключено из ЕГРЮЛ", LegalStatus.LIQUIDATED),
        ("В процессе реорганизации в форме присоединения", LegalStatus.REORGANISING),
        ("В процессе ликвидации", LegalStatus.LIQUIDATING),
        ("liquidated", LegalStatus.LIQUIDATED),
        ("reorganising", LegalStatus.REORGANISING),
        ("", None),
        ("да", None),
    ],
)
def test_words_of_registers(text, status):
    assert status_in(text) == status


@pytest.mark.parametrize(
    "text, day",
    [("05.03.2025", date(2025, 3, 5)), ("2025-03-05 00:00:00", date(2025, 3, 5)), ("31.12.2999", None), ("–", None)],
)
def test_days_as_people_write_them(text, day):
    assert day_in(text) == day


def test_file_in_the_encoding_of_excel_is_read(tmp_path):
    path = tmp_path / "реестр.csv"
    path.write_text(TEXT, encoding="cp1251")
    found = read_register_file(path, path.name)
    assert [(answer.about, answer.status, answer.status_on) for answer in found.answers] == [
        (Requisites(BIRCH), LegalStatus.ACTIVE, date(2026, 11, 1)),
        (Requisites(CEDAR), LegalStatus.LIQUIDATED, date(2025, 3, 5)),
    ]
    assert [str(problem) for problem in found.problems] == [
        "Not understood: 1234567890",
        f"Not understood: {DILL}: непонятно что",
    ]


def test_file_without_a_status_names_its_columns(tmp_path):
    path = tmp_path / "список.csv"
    path.write_text(f"ИНН;Наименование;Город\n{BIRCH};ООО «Берёза»;Тверь\n{DILL};ООО «Укроп»;Омск\n", encoding="utf-8")
    with pytest.raises(UserError, match="no column “Статус”"):
        read_register_file(path, path.name)


@pytest.mark.usefixtures("home")
def test_workbook_changes_the_firms_of_the_base_once(cast, tmp_path):
    for client, inn in ((cast.birch, BIRCH), (cast.cedar, CEDAR)):
        LegalEntity.objects.create(client=client, name=client.name, inn=inn)
    book = openpyxl.Workbook()
    book.active.append(["Наименование", "ИНН", "Состояние", "Дата"])
    book.active.append(["ООО Берёза", int(BIRCH), "Банкрот", date(2026, 10, 1)])
    book.active.append(["ООО Чужая", int(DILL), "Банкрот", date(2026, 10, 1)])
    book.save(tmp_path / "r.xlsx")
    for expected in (
        {"read": 2, "ours": 1, "changed": 1, "not_understood": 0, "first_problems": []},
        {"read": 2, "ours": 0, "changed": 0, "not_understood": 0, "first_problems": []},
    ):
        with (tmp_path / "r.xlsx").open("rb") as stream:
            run = run_now(start_reading(receive_file(stream, name="r.xlsx", by=cast.owner), by=cast.owner))
        assert run.result == expected
    assert dict(LegalEntity.objects.values_list("inn", "status")) == {BIRCH: "bankrupt", CEDAR: None}
    assert LegalEntity.objects.get(inn=BIRCH).status_on == date(2026, 10, 1)


def test_file_in_its_place_answers_like_a_register(cast, tmp_path):
    path = tmp_path / "реестр.csv"
    path.write_text(TEXT, encoding="utf-8")
    connection = save_connection(None, kind="registry_file", title="Файл", values={"path": str(path)}, by=cast.owner)
    register = provider_of(connection)
    assert register.ask(Requisites(CEDAR, "540602001")).status == LegalStatus.LIQUIDATED
    assert register.ask(Requisites(DILL)).status is None
    assert try_connection(connection, by=cast.owner).message["params"] == {"answers": 2, "problems": 2}
    path.unlink()
    assert try_connection(connection, by=cast.owner).is_well is False
