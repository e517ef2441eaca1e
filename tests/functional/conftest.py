"""A live server on the demo company and a Chromium that reports what it dislikes.

`CLIENTARIUM_DEMO_HOME` names a home already made (`clientarium demo`); without it a small one is made once per session.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
DEMO_SIZE = ["--clients", "250", "--years", "3"]
START_SECONDS = 40
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
VIOLATIONS_INTO_CONSOLE = """
document.addEventListener('securitypolicyviolation', event =>
  console.error(`CSP refused ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.functional)


@dataclass
class LiveServer:
    """Where the demo answers, and who may sign in: role or login → (login, password)."""

    url: str
    logins: dict[str, tuple[str, str]]


@dataclass
class Screen:
    """A page of a signed-in person, with everything the browser complained about."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go there and wait until the fragments have come and the charts are drawn."""
        self.page.goto(self.url + path)
        self.settle()
        return self.page

    def settle(self) -> None:
        self.page.wait_for_load_state("networkidle")
        expect(self.page.locator(".htmx-request, [data-island][aria-busy=true]")).to_have_count(0, timeout=20_000)

    def axe(self) -> list[str]:
        """Serious and critical findings of axe-core, one line each."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", WCAG)
        return [
            f"{violation['id']}: {node['target']} {node['failureSummary'][:300]}"
            for violation in found["violations"]
            if violation["impact"] in ("serious", "critical")
            for node in violation["nodes"]
        ]


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ready = os.environ.get("CLIENTARIUM_DEMO_HOME")
    return Path(ready) if ready else tmp_path_factory.mktemp("demo") / "home"


@pytest.fixture(scope="session")
def demo_server(demo_home: Path) -> Iterator[LiveServer]:
    """granian on a free port, over the demo company; stopped when the session ends.

    Not called live_server: pytest-django gives every test that asks for that name a database of its own.
    """
    environment = {
        **os.environ,
        "CLIENTARIUM_HOME": str(demo_home),
        "CLIENTARIUM_DATABASE_URL": demo_database(os.environ.get("CLIENTARIUM_DATABASE_URL", "")),
        "DJANGO_SETTINGS_MODULE": "clientarium.config.settings",
    }
    made = subprocess.run(  # the command makes the demo once and prints its logins every time
        [sys.executable, "-m", "clientarium.interfaces.cli", "demo", "--yes", "--json", *DEMO_SIZE],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert made.returncode == 0, made.stderr
    people = json.loads(made.stdout)["logins"]
    logins = {user[key]: (user["username"], user["password"]) for user in people for key in ("role", "username")}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--blocking-threads", "4"]
    server = subprocess.Popen(
        [*command, "clientarium.config.wsgi:application"], env=environment, cwd=ROOT, start_new_session=True
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/login/")
        yield LiveServer(f"http://127.0.0.1:{port}", logins)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Closed with its module: while Playwright is open its event loop counts as running in this thread, and Django would
    refuse the database to every test of other folders that comes after."""
    if not CHROMIUM.exists():
        pytest.skip("no Chromium at /usr/bin/chromium: the journeys were NOT walked")
    if not AXE.exists():
        pytest.skip("axe-core is missing (npm ci in frontend/): the journeys were NOT walked")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def known() -> dict[str, Any]:
    """Cookies by role, for all modules."""
    return {}


@pytest.fixture(scope="module")
def states(chromium: Browser, demo_server: LiveServer, known: dict[str, Any]) -> Callable[[str], Any]:
    """Cookies of each role, signed in once through the sign-in page."""

    def state_of(role: str) -> Any:
        if role not in known:
            context = chromium.new_context()
            page = context.new_page()
            page.goto(demo_server.url + "/login/")
            login, password = demo_server.logins[role]
            page.fill("#id_login", login)
            page.fill("#id_password", password)
            page.click("button.btn-primary")
            page.wait_for_url(lambda address: "/login/" not in address)
            known[role] = context.storage_state()
            context.close()
        return known[role]

    return state_of


@pytest.fixture
def browse(chromium: Browser, demo_server: LiveServer, states: Callable[[str], Any]) -> Iterator[Callable[..., Screen]]:
    """`browse("owner", theme="dark", width=390)`: a signed-in screen; `browse(None)` a stranger's.

    What the console or the content policy complained about fails the test at its end.
    """
    screens: list[Screen] = []

    def open_screen(role: str | None = "owner", *, theme: str = "light", width: int = 1280) -> Screen:
        context = chromium.new_context(
            viewport={"width": width, "height": 844 if width < 768 else 900},
            color_scheme=theme,  # type: ignore[arg-type]
            storage_state=states(role) if role else None,
        )
        context.add_init_script(VIOLATIONS_INTO_CONSOLE)
        screen = Screen(context.new_page(), demo_server.url)
        screen.page.on("console", lambda said: said.type == "error" and screen.complaints.append(said.text))
        screen.page.on("pageerror", lambda error: screen.complaints.append(str(error)))
        screens.append(screen)
        return screen

    yield open_screen
    complaints = [complaint for screen in screens for complaint in screen.complaints]
    for screen in screens:
        screen.page.context.close()
    assert complaints == []


def demo_database(address: str) -> str:
    """An empty database of its own beside the one tests use, where that is a PostgreSQL; SQLite lies in the home."""
    if not address.startswith("postgres"):
        return ""
    import psycopg

    name = f"demo_{uuid.uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    return address.rpartition("/")[0] + f"/{name}"


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise TimeoutError(address)
