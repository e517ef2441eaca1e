"""DaData as its published schema tells: every question and every answer is held against the schema."""

import copy
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.interfaces.connectors.json_schema import definitions, faults, sample

TOKEN = "a-token-of-the-fake"
PATH = "/suggestions/api/4_1/rs/findById/party"
DAY_MS = 24 * 3600 * 1000


def party(inn: str, status: str = "ACTIVE", **more: Any) -> dict[str, Any]:
    """A suggestion with everything the schema requires; `more` goes over its data, `state` over its state."""
    known = definitions("response")
    one = copy.deepcopy(sample(known["RichPartySuggestion"], known))
    one["value"] = one["unrestricted_value"] = more.pop("value", f'ООО "{inn}"')
    state = {"status": status, "actuality_date": 20_000 * DAY_MS, "registration_date": 10_000 * DAY_MS}
    one["data"]["state"] |= state | more.pop("state", {})
    one["data"] |= {"inn": inn, "type": "INDIVIDUAL" if len(inn) == 12 else "LEGAL", "branch_type": "MAIN"} | more
    return one


@dataclass
class FakeDaData:
    """`parties` by INN; `refusals` are status codes given before it answers again; `odd` is a body given as it is."""

    parties: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    refusals: list[int] = field(default_factory=list)
    odd: dict[str, bytes] = field(default_factory=dict)
    questions: list[dict[str, Any]] = field(default_factory=list)
    address: str = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> tuple[int, bytes]:
        body = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        if handler.headers.get("Authorization") != f"Token {TOKEN}":
            return self._refusal(401)
        known = definitions("request")
        broken = faults(body, known["FindPartyPayload"], known)
        if handler.path != PATH or broken:
            return 404 if handler.path != PATH else 400, json.dumps({"broken": broken}).encode()
        self.questions.append(body)
        if self.refusals:
            return self._refusal(self.refusals.pop(0))
        if body["query"] in self.odd:
            return 200, self.odd[body["query"]]
        found = [one for one in self.parties.get(body["query"], []) if self._fits(one["data"], body)]
        answer = {"suggestions": found[: body.get("count", 10)]}
        known = definitions("response")
        assert faults(answer, known["FindPartyResponse"], known) == []
        return 200, json.dumps(answer).encode()

    def _fits(self, data: dict[str, Any], body: dict[str, Any]) -> bool:
        return all(data.get(name) == body[name] for name in ("kpp", "branch_type", "type") if name in body)

    def _refusal(self, code: int) -> tuple[int, bytes]:
        known, text = definitions("response"), {"family": "CLIENT_ERROR", "reason": str(code), "message": "no"}
        assert faults(text, known["ErrorResponse"], known) == []
        return code, json.dumps(text).encode()


@contextmanager
def serving(fake: FakeDaData) -> Iterator[FakeDaData]:
    """The fake on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            code, body = fake.answer(self)
            self.send_response(code)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_parts: object) -> None:
            """Silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        fake.address = f"http://127.0.0.1:{server.server_port}/suggestions/api/4_1/rs"
        yield fake
        server.shutdown()
