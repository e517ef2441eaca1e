"""`rhythm` on files: published figures come out, and what cannot be answered is said in words."""

import json
from pathlib import Path

import pytest

from clientarium.interfaces.cli.main import ExitCode, run

SHARED = Path(__file__).parents[3] / "../shared/data"

CLOCK = "Клиент;Дата отгрузки;Сумма\n" + "".join(
    f"{client};{day:02}.{month:02}.2025;100,50\n"
    for client, day in (("Берёза", 3), ("Кедр", 9))
    for month in range(1, 13)
)


@pytest.fixture
def rhythm(capsys, tmp_path):
    def ask(*words, text="", name="orders.csv", language="en"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        code = run(["--lang", language, "rhythm", words[0], str(path), *words[1:]])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ask


def shared(name):
    if not (SHARED / name).is_file():
        pytest.skip(f"no {name} in ../shared/data: the published figures are not checked")
    return str(SHARED / name)


@pytest.mark.parametrize(
    ("file", "model", "until", "clients", "k", "height", "parameters"),
    [
        ("cdnow_sample.csv", "bg-nbd", "1997-09-30", 2357, 1, -9582.4292,
         {"r": 0.2425945, "alpha": 4.4136019, "a": 0.7929199, "b": 2.4258881}),
        ("grocery_elog.csv", "mbg-cnbd-k", "2006-12-31", 1525, 2, -14978.21,
         {"r": 1.329, "alpha": 2.813, "a": 0.425, "b": 0.790}),
        ("cdnow_sample.csv", "gamma-gamma", "1997-09-30", 946, 1, -4055.92, {"p": 6.25, "q": 3.74, "gamma": 15.44}),
    ],
)  # fmt: skip
def test_fit_finds_the_published_parameters(capsys, file, model, until, clients, k, height, parameters):
    assert run(["rhythm", "fit", shared(file), "--model", model, "--until", until, "--json"]) == ExitCode.DONE
    found = json.loads(capsys.readouterr().out)
    assert (found["clients"], found["k"], found["converged"]) == (clients, k, True)
    assert found["log_likelihood"] == pytest.approx(height, abs=0.01)
    assert found["parameters"] == pytest.approx(parameters, rel=2e-3)
    assert set(found["standard_errors"]) == set(parameters)


def test_unit_of_days_stretches_time_alone(rhythm):
    fits = {}
    for unit in ("day", "week"):
        code, out, _err = rhythm("fit", "--model", "nbd", "--unit", unit, "--json", text=CLOCK)
        assert code == ExitCode.DONE
        fits[unit] = json.loads(out)["parameters"]
    assert fits["day"]["r"] == pytest.approx(fits["week"]["r"], rel=1e-3)


def test_predict_speaks_of_every_client_by_his_name(rhythm):
    code, out, _err = rhythm("predict", "--usual", "--horizon", "13w", "--json", text=CLOCK)
    found = json.loads(out)
    assert (code, found["as_of"], found["methods"]["origin"]) == (ExitCode.DONE, "2025-12-09", "default")
    assert [row["client"] for row in found["clients"]] == ["Берёза", "Кедр"]
    assert {"p_alive", "expected_orders_91d", "typical_orders_91d", "next_order_on", "forecast_basis"} <= set(
        found["clients"][0]
    )


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("Клиент;Дата;Сумма\nБерёза;03.01.2025;100\nКедр;09.01.2025;50\n", (), "on two different days"),
        ("Клиент;Дата;Сумма\nБерёза;03.01.2025;100\nКедр;03.01.2025;50\n", (), "All purchases fall on one day"),
        ("Клиент;Дата;Сумма\nБерёза;03.01.2025;-100\nКедр;05.01.2025;-50\n", (), "returns only"),
        ("Клиент;Дата;Сумма\nБерёза;03.01.2077;100\nКедр;05.01.2077;50\n", (), "in the future"),
        (CLOCK, ("--until", "2024-01-01"), "no purchases up to 01.01.2024"),
        (CLOCK, ("--until", "2077-01-01"), "has not come yet"),
        ("Клиент;Сумма\nБерёза;100\nКедр;50\n", (), "No column with dates"),
        (CLOCK, ("--model", "oracle"), "no model “oracle”"),
    ],
)
def test_what_cannot_be_answered_is_said_in_words(rhythm, text, words, said):
    code, out, err = rhythm("fit", *words, text=text)
    assert (code, out, said in err, "Traceback" in err) == (ExitCode.USER_ERROR, "", True, False), err


def test_three_clients_are_fitted_with_a_warning(rhythm):
    text = CLOCK + "".join(f"Осина;{day:02}.06.2025;10\n" for day in (1, 9, 30))
    code, out, _err = rhythm("fit", "--json", text=text)
    found = json.loads(out)
    assert (code, found["clients"]) == (ExitCode.DONE, 3)
    assert any("say little of the base" in message for message in found["messages"])


def test_errors_speak_russian(rhythm):
    code, _out, err = rhythm("fit", text="Клиент;Дата;Сумма\nБерёза;03.01.2025;-100\n", language="ru")
    assert (code, "одни возвраты" in err) == (ExitCode.USER_ERROR, True), err
