"""DaData's `findById/party` (https://dadata.ru/api/find-party/, read in November 2026): statuses, pace, faults."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import httpx

from clientarium.core.ground import N_
from clientarium.decisions.clients import LegalStatus
from clientarium.decisions.connections import ConnectionFault, Values
from clientarium.decisions.statuses import RegisterAnswer, Requisites

ADDRESS = "https://suggestions.dadata.ru/suggestions/api/4_1/rs"
STATUSES = {
    "ACTIVE": LegalStatus.ACTIVE,
    "LIQUIDATING": LegalStatus.LIQUIDATING,
    "LIQUIDATED": LegalStatus.LIQUIDATED,
    "BANKRUPT": LegalStatus.BANKRUPT,
    "REORGANIZING": LegalStatus.REORGANISING,
}
SECONDS_TO_WAIT = 15.0
TRIES = 4  # of one question, when the service is busy
FIRST_PAUSE_SECONDS = 1.0  # then twice as long each time
INN_OF_PERSON = 12


class DaDataRegister:
    """A StatusProvider over one kept-alive connection: DaData also limits new connections to 60 a minute."""

    title = "DaData"

    def __init__(
        self,
        *,
        token: str,
        address: str = ADDRESS,
        per_second: int = 10,
        daily_limit: int = 9000,
        recheck_days: int = 30,
        anchor_recheck_days: int = 7,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.daily_limit = daily_limit
        self.recheck_days = recheck_days
        self.anchor_recheck_days = anchor_recheck_days
        self._url = address.rstrip("/") + "/findById/party"
        self._gap_seconds = 1.0 / max(per_second, 1)
        self._sleep = sleep
        self._next_at = 0.0
        headers = {"Authorization": f"Token {token}", "Accept": "application/json"}
        self._client = httpx.Client(headers=headers, timeout=SECONDS_TO_WAIT, follow_redirects=False)

    @classmethod
    def of(cls, values: Values) -> "DaDataRegister":
        numbers = ("per_second", "daily_limit", "recheck_days", "anchor_recheck_days")
        limits: dict[str, Any] = {name: int(values[name]) for name in numbers if values.get(name) not in (None, "")}
        return cls(token=str(values.get("token", "")), address=str(values.get("address") or ADDRESS), **limits)

    def ask(self, about: Requisites) -> RegisterAnswer:
        """The answer about one firm; raises ConnectionFault."""
        body: dict[str, Any] = {"query": about.inn, "count": 20}
        if len(about.inn) == INN_OF_PERSON:
            body["type"] = "INDIVIDUAL"
        elif about.kpp:
            body["kpp"] = about.kpp
        else:
            body["branch_type"] = "MAIN"
        found = self._suggestions(body)
        if not found and about.kpp:  # of a quarter of branches the tax service tells no KPP: the firm itself, then
            found = self._suggestions({"query": about.inn, "branch_type": "MAIN"})
        return answer_of(about, found)

    def _suggestions(self, body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        response = self._post(body)
        try:
            found = response.json()["suggestions"]
        except (ValueError, KeyError, TypeError) as error:
            raise not_understood() from error
        if not isinstance(found, list):
            raise not_understood()
        return found

    def _post(self, body: Mapping[str, Any]) -> httpx.Response:
        pause = FIRST_PAUSE_SECONDS
        for attempt in range(1, TRIES + 1):
            self._keep_pace()
            try:
                response = self._client.post(self._url, json=dict(body))
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                fault = no_answer(error)
            else:
                if response.status_code == httpx.codes.OK:
                    return response
                fault = fault_of(response)
            if fault.is_permanent or attempt == TRIES:
                raise fault
            self._sleep(pause)
            pause *= 2
        raise AssertionError("unreachable")

    def _keep_pace(self) -> None:
        now = time.monotonic()
        if now < self._next_at:
            self._sleep(self._next_at - now)
        self._next_at = max(now, self._next_at) + self._gap_seconds


def answer_of(about: Requisites, found: list[Mapping[str, Any]]) -> RegisterAnswer:
    """The answer out of DaData's suggestions: the branch asked for, else the living one, else the latest registered."""
    try:
        ours = [one for one in found if one["data"].get("inn") == about.inn]
        if not ours:
            return RegisterAnswer(about, None)
        best = max(ours, key=lambda one: _rank(one["data"], about))
        data, state = best["data"], best["data"]["state"]
        return RegisterAnswer(
            about,
            STATUSES[state["status"]],
            status_on=_since(state),
            name=str(best.get("value") or ""),
            ogrn=str(data.get("ogrn") or ""),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise not_understood() from error


def fault_of(response: httpx.Response) -> ConnectionFault:
    """DaData's refusal in words; 401 and 403 are for the administrator, the rest passes by itself."""
    code = response.status_code
    if code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        return ConnectionFault(
            N_("DaData does not accept the token or the limit of the day is used up (answer %(code)s)."),
            cure=N_("Look at the token and at the day’s limit in your profile at dadata.ru."),
            is_permanent=True,
            code=code,
        )
    if code == httpx.codes.TOO_MANY_REQUESTS or code >= httpx.codes.INTERNAL_SERVER_ERROR:
        return ConnectionFault(
            N_("DaData is busy or out of order (answer %(code)s)."),
            cure=N_("What was asked so far is kept; the next check goes on from here."),
            is_permanent=False,
            code=code,
        )
    return ConnectionFault(
        N_("DaData refused the question (answer %(code)s)."),
        cure=N_("Look whether the address of the service is right."),
        is_permanent=True,
        code=code,
    )


def no_answer(error: Exception) -> ConnectionFault:
    return ConnectionFault(
        N_("DaData cannot be reached (%(kind)s)."),
        cure=N_("Look whether this computer may go to the internet. What was asked so far is kept."),
        is_permanent=isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol),
        kind=type(error).__name__,  # never the text of the error: it may hold the address with what somebody put there
    )


def not_understood() -> ConnectionFault:
    return ConnectionFault(
        N_("The answer of DaData is not understood: its format may have changed."),
        cure=N_("Tell whoever looks after the program."),
        is_permanent=True,
        is_of_one=True,
    )


def _rank(data: Mapping[str, Any], about: Requisites) -> tuple[bool, bool, int]:
    state = data["state"]
    is_asked = bool(about.kpp) and data.get("kpp") == about.kpp
    return (is_asked, state["status"] == "ACTIVE", int(state.get("registration_date") or 0))


def _since(state: Mapping[str, Any]) -> date | None:
    """Since when, where the register says it: the day of liquidation, or for a living firm the day of the data."""
    if state["status"] == "LIQUIDATED":
        return _day(state.get("liquidation_date"))
    return _day(state.get("actuality_date")) if state["status"] == "ACTIVE" else None


def _day(milliseconds: int | None) -> date | None:
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC).date()
