"""Everything a person can reach by GET: the routes of the reviewed table with real arguments, and every link from there."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import yaml
from django.apps import apps
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

TABLE: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "routes.yaml").read_text(encoding="utf-8"))
LINKS = re.compile(r"""(?:href|hx-get|data-url|data-source|data-href)=["']([^"']+)""")
MOST_OF_ONE_PATH = 4  # lists have an address for each pair of a condition and an order
NOT_WALKED = ("/static/", "/logout/", "/login/")
WRITES = re.compile(r"\s*(insert|update|delete|replace|create|drop|alter|truncate)\b", re.IGNORECASE)
BLANKS = re.compile(r"(?<=\d)[\s\u00a0\u2009\u202f](?=\d)")


def addresses(values: Mapping[str, Any], *, method: str = "GET") -> Iterator[str]:
    """The address of every route that takes `method`, its arguments filled from `values` where they are there."""
    for name, row in TABLE.items():
        if method in row["methods"]:
            yield reverse(name, kwargs={key: values.get(key, told) for key, told in row.get("arguments", {}).items()})


def crawl(browser: Browser, starts: Iterable[str], *, follows_links: bool = True) -> dict[str, str]:
    """{address: text} of all that was answered to `browser`, refusals too; blanks inside numbers are taken out."""
    waiting, answers = list(dict.fromkeys(starts)), {}
    known: Counter[str] = Counter()
    while waiting:
        address = waiting.pop(0)
        answer = browser.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        text = content.decode(errors="replace")
        headers = " ".join(f"{name}: {value}" for name, value in answer.items())
        answers[address] = BLANKS.sub("", html.unescape(text)) + headers
        for link in [*LINKS.findall(text), answer.get("Location", "")] if follows_links else ():
            target = urldefrag(urljoin(address, html.unescape(link)))[0]
            is_ours = not urlsplit(target).netloc and target.startswith("/") and not target.startswith(NOT_WALKED)
            path = urlsplit(target).path
            if is_ours and known[path] < MOST_OF_ONE_PATH and target not in answers and target not in waiting:
                known[path] += 1
                waiting.append(target)
    return answers


def hits(answers: Mapping[str, str], canaries: Iterable[str]) -> list[tuple[str, str]]:
    return [(address, canary) for address, text in answers.items() for canary in canaries if canary in text]


@contextmanager
def nothing_written() -> Iterator[list[str]]:
    """The statements within that write anything but the session; a refused request has none."""
    found: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql) and "django_session" not in sql:
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found
    assert found == []


def everything_stored() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the sessions, where messages to the person lie."""
    models = [model for model in apps.get_models() if model._meta.label != "sessions.Session"]
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for model in models
        if model._meta.managed
    }
