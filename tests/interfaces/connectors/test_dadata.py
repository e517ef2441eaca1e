"""DaData: every status, branches, entrepreneurs who registered twice, the pace, and each way it can fail."""

from datetime import date

import pytest

from clientarium.decisions.clients import LegalStatus
from clientarium.decisions.connections import ConnectionFault, kind_named
from clientarium.decisions.statuses import RegisterAnswer, Requisites
from clientarium.interfaces.connectors.kinds.dadata import DaDataRegister
from tests.interfaces.connectors.fake_dadata import DAY_MS, TOKEN, FakeDaData, party, serving
from tests.interfaces.connectors.json_schema import definitions, faults

FIRM, PERSON = "7707083893", "784806113663"


@pytest.fixture
def register(dadata):
    pauses = []
    found = DaDataRegister(token=TOKEN, address=dadata.address, per_second=1000, sleep=pauses.append)
    found.pauses = pauses
    return found


@pytest.mark.parametrize(
    "said, status",
    [
        ("ACTIVE", LegalStatus.ACTIVE),
        ("LIQUIDATING", LegalStatus.LIQUIDATING),
        ("LIQUIDATED", LegalStatus.LIQUIDATED),
        ("BANKRUPT", LegalStatus.BANKRUPT),
        ("REORGANIZING", LegalStatus.REORGANISING),
    ],
)
def test_status_of_a_firm(dadata, register, said, status):
    state = {"liquidation_date": 15_000 * DAY_MS if said == "LIQUIDATED" else None}
    dadata.parties[FIRM] = [party(FIRM, said, value="ПАО СБЕРБАНК", ogrn="1027700132195", state=state)]
    since = {"ACTIVE": date(2024, 10, 4), "LIQUIDATED": date(2011, 1, 26)}.get(said)
    assert register.ask(Requisites(FIRM)) == RegisterAnswer(
        Requisites(FIRM), status, status_on=since, name="ПАО СБЕРБАНК", ogrn="1027700132195"
    )
    assert dadata.questions == [{"query": FIRM, "count": 20, "branch_type": "MAIN"}]


def test_every_status_of_the_schema_is_known(dadata):
    said = definitions("response")["PartyStatus"]["enum"]
    assert sorted(said) == ["ACTIVE", "BANKRUPT", "LIQUIDATED", "LIQUIDATING", "REORGANIZING"]


def test_branch_asked_for_by_kpp(dadata, register):
    dadata.parties[FIRM] = [party(FIRM), party(FIRM, "LIQUIDATED", kpp="540602001", branch_type="BRANCH")]
    assert register.ask(Requisites(FIRM, "540602001")).status == LegalStatus.LIQUIDATED


def test_branch_unknown_to_the_register_is_the_firm_itself(dadata, register):
    dadata.parties[FIRM] = [party(FIRM, "BANKRUPT")]
    assert register.ask(Requisites(FIRM, "540602001")).status == LegalStatus.BANKRUPT
    assert [question.get("kpp") for question in dadata.questions] == ["540602001", None]


def test_entrepreneur_who_registered_again_is_alive(dadata, register):
    closed = party(PERSON, "LIQUIDATED", state={"registration_date": 11_000 * DAY_MS})
    dadata.parties[PERSON] = [closed, party(PERSON)]
    assert register.ask(Requisites(PERSON)).status == LegalStatus.ACTIVE
    assert dadata.questions[0]["type"] == "INDIVIDUAL"


def test_unknown_number_has_no_status(register):
    assert register.ask(Requisites(FIRM)) == RegisterAnswer(Requisites(FIRM), None)


def test_busy_service_is_asked_again_with_longer_pauses(dadata, register):
    dadata.parties[FIRM], dadata.refusals = [party(FIRM)], [429, 503]
    assert register.ask(Requisites(FIRM)).status == LegalStatus.ACTIVE
    assert [pause for pause in register.pauses if pause >= 1] == [1.0, 2.0]


def test_service_that_stays_busy_is_a_passing_fault(dadata, register):
    dadata.refusals = [503] * 9
    with pytest.raises(ConnectionFault) as fault:
        register.ask(Requisites(FIRM))
    assert (fault.value.is_permanent, len(dadata.questions)) == (False, 4)


@pytest.mark.parametrize("code", [400, 403, 404, 413])
def test_refusal_is_not_repeated(dadata, register, code):
    dadata.refusals = [code]
    with pytest.raises(ConnectionFault) as fault:
        register.ask(Requisites(FIRM))
    assert (fault.value.is_permanent, len(dadata.questions)) == (True, 1)


def test_wrong_token_never_shows_itself(dadata):
    register = DaDataRegister(token="my-secret-token", address=dadata.address, sleep=lambda _: None)
    with pytest.raises(ConnectionFault) as fault:
        register.ask(Requisites(FIRM))
    assert fault.value.is_permanent
    assert "my-secret-token" not in str(fault.value)


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"suggestions": null}', b'{"suggestions": [{"data": {"inn": "%s"}}]}'
                                  % FIRM.encode()])  # fmt: skip
def test_answer_in_another_shape_is_the_fault_of_one_question(dadata, register, body):
    dadata.odd[FIRM] = body
    with pytest.raises(ConnectionFault) as fault:
        register.ask(Requisites(FIRM))
    assert fault.value.is_of_one


def test_no_server_is_a_passing_fault():
    register = DaDataRegister(token=TOKEN, address="http://127.0.0.1:9/rs", sleep=lambda _: None)
    with pytest.raises(ConnectionFault) as fault:
        register.ask(Requisites(FIRM))
    assert not fault.value.is_permanent


def test_pace_is_kept(dadata):
    pauses = []
    register = DaDataRegister(token=TOKEN, address=dadata.address, per_second=2, sleep=pauses.append)
    for _ in range(4):
        register.ask(Requisites(FIRM))
    assert len(pauses) == 3 and sum(pauses) > 2.5  # nobody really slept, so that each question waits for all before it


def test_try_now_names_the_sample_firm(dadata):
    dadata.parties[FIRM] = [party(FIRM, value="ПАО СБЕРБАНК")]
    seen = kind_named("dadata").try_now({"token": TOKEN, "address": dadata.address})
    assert str(seen) == "DaData answers: INN 7707083893 is ПАО СБЕРБАНК."


def test_fake_refuses_what_the_schema_does_not_allow():
    known = definitions("request")
    assert faults({"query": FIRM, "branch_type": "HEAD"}, known["FindPartyPayload"], known) == [
        "$.branch_type: 'HEAD' is none of ['MAIN', 'BRANCH']"
    ]
    with serving(FakeDaData()) as fake:
        register = DaDataRegister(token=TOKEN, address=fake.address.replace("rs", "rsx"), sleep=lambda _: None)
        with pytest.raises(ConnectionFault):
            register.ask(Requisites(FIRM))
