"""The demo company moved into a home: its files imported, its people at work for a quarter.

Every step looks first whether it is already done, so an interrupted demo is simply begun again. Imported only when a
home is open. Nothing here has a back door: files go through the import, decisions through the same functions as on the
page.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clientarium.core.ground import UserError
from clientarium.decisions.clients import (
    Client,
    CustomField,
    FieldType,
    add_note,
    define_field,
    mark_bad_review,
    mark_stopped,
    save_segment,
)
from clientarium.decisions.grades import confirm_proposals, override_category, proposals_visible_to
from clientarium.decisions.people import Role, User
from clientarium.decisions.runs import (
    Import,
    ImportState,
    Run,
    RunKind,
    RunState,
    Snapshot,
    cancel_run,
    live_runs,
    run_now,
    start_identity,
)

from .accounts import add_user
from .demo_company import FIELD_SLUG, FIELD_TITLE, FIELD_TITLE_EN, ORIGINS, DemoFiles, Size, generate
from .demo_talks import record_talks_after, record_talks_before, work_today
from .demo_terms import set_demo_terms
from .loading import Wishes, load_file
from .progress import Listener
from .running import finished, pulsed

FOLDER = "demo"
READY = "ready.json"
SOURCE = "1С"
OWN_COLUMNS = {"clients": {FIELD_TITLE: "field"}}
QUARTER_MONTHS = 3  # grades are reviewed once a quarter (1.4.18): once in the past, once now
WAITING_LAYERS = 20  # what the head finds in the queue beside the grades
Step = Callable[[str], None]


@dataclass(frozen=True)
class Login:
    """One demo user and the password printed for him."""

    username: str
    role: str
    name: str
    seller: str = ""

    @property
    def password(self) -> str:
        return f"metall-{self.username}-2026"


LOGINS = (
    Login("owner", Role.OWNER, "Пётр Громов"),
    Login("head", Role.HEAD, "Елена Зимина"),
    Login("kuznetsova", Role.SELLER, "Ольга Кузнецова", "Кузнецова Ольга"),
    Login("guseva", Role.SELLER, "Алина Гусева", "Гусева Алина"),
    Login("marketer", Role.MARKETER, "Вера Орлова"),
    Login("support", Role.SUPPORT, "Илья Белов"),
    Login("admin", Role.ADMINISTRATOR, "Антон Крылов"),
)
HEAD = LOGINS[1]
SELLERS = ("kuznetsova", "guseva")  # the second one’s day is under way
SEGMENTS = (
    ("Остывают, а были хорошими", "lifecycle in ('cold', 'slowing') and margin_12m > 30000"),
    ("Внимания много, маржи мало", "layer = 'noise' and minutes_12m > 600"),
    ("Растут", "movement = 'grown' and margin_12m > 100000"),
    ("Большой оборот, низкая маржа", "revenue_12m > 5000000 and margin_pct_12m < 0.12"),
    ("Ушли за год, можно вернуть", "lifecycle = 'lost' and revenue_prev_12m > 100000"),
)
NOTES = (
    ("growing", "Открывают второй цех, в январе будет тендер на крепёж. Спросить про график поставок."),
    (
        "large_low_margin",
        "Арматуру берут только по цене завода плюс 10 %. Предложить инструмент, его покупают у соседей.",
    ),
    ("late_payer", "Платят после двадцатого числа. Договорились: следующая отгрузка — после оплаты предыдущей."),
    ("noisy", "Третий раз за месяц переделываем счёт. Предложить минимальный заказ и личный кабинет."),
    ("fading", "Сменился снабженец. Новый пока берёт у конкурентов на пробу, вернуться с образцами кругов."),
    ("returned", "Вернулись: у прежнего поставщика сорвались сроки. Важна доставка день в день."),
)
OVERRIDES = (
    ("growing", "A", "Выиграли двухлетний контракт, объём вырастет втрое"),
    ("small_high_margin", "A", "Рекомендуют нас всем соседям по промзоне"),
    ("late_payer", "C", "Хороший объём, но платит с опозданием: до выравнивания ведём как перспективного"),
)


def is_ready(home: Path) -> bool:
    """Whether the demo was brought to its end here."""
    return (home / FOLDER / READY).is_file()


def furnish(home: Path, *, size: Size, step: Step, listener: Listener) -> None:
    """Bring the home to the state of a company that has worked with the program for a quarter."""
    step("generate")
    files = generate(home / FOLDER, size=size)
    _define_fields(_user(HEAD))
    _import_files(files, home=home, step=step, listener=listener)
    users = {login.username: _user(login) for login in LOGINS}
    planted = json.loads(files.planted.read_text(encoding="utf-8"))
    step("pulse")
    sellers = [users[name] for name in SELLERS]
    _live_a_quarter(planted, size=size, head=users["head"], sellers=sellers, listener=listener)
    work_today(sellers[-1], seed=size.seed)
    _decide(planted, head=users["head"])
    _write_down(planted, head=users["head"])
    set_demo_terms(users["head"])
    _look_for_duplicates(users["admin"], step=step, listener=listener)
    ready = {"clients": size.clients, "end": size.end.isoformat(), "logins": [login.username for login in LOGINS]}
    (home / FOLDER / READY).write_text(json.dumps(ready), encoding="utf-8")


def _define_fields(head: User) -> None:
    """The firm's own field that the file of clients fills in."""
    if not CustomField.objects.filter(slug=FIELD_SLUG).exists():
        define_field(
            FIELD_TITLE, title_en=FIELD_TITLE_EN, slug=FIELD_SLUG, type=FieldType.CHOICE, choices=list(ORIGINS), by=head
        )


def _import_files(files: DemoFiles, *, home: Path, step: Step, listener: Listener) -> None:
    loaded = set(Import.objects.filter(state=ImportState.LOADED).values_list("file__name", flat=True))
    for kind, path in files.by_kind:
        if path.name not in loaded:
            step(path.name)
            load_file(
                path,
                wishes=Wishes(kind=kind, source=SOURCE, columns=OWN_COLUMNS.get(kind, {})),
                home=home,
                listener=listener,
            )


def _look_for_duplicates(administrator: User, *, step: Step, listener: Listener) -> None:
    """The pairs stay in the queue: whether they are one client is for a person to say."""
    if not Run.objects.filter(kind=RunKind.IDENTITY, state=RunState.DONE).exists():
        step("duplicates")
        finished(run_now(start_identity(by=administrator), listener=listener))


def _user(login: Login) -> User:
    found = User.objects.filter(username=login.username).first()
    return found or add_user(
        login.username,
        role=login.role,
        name=login.name,
        seller_name=login.seller,
        password=login.password,
        language="ru",
    )


def _live_a_quarter(
    planted: dict[str, Any], *, size: Size, head: User, sellers: Sequence[User], listener: Listener
) -> None:
    """A pulse a quarter ago, confirmed by the head; what happened since; a pulse now."""
    quarter_ago = size.months_before_end(QUARTER_MONTHS)
    if not Snapshot.objects.filter(as_of=quarter_ago, published_at__isnull=False).exists():
        pulsed(quarter_ago, engine="duckdb", listener=listener)
        _confirm(head, reason="Квартальный пересмотр категорий")
    stopped = _client(planted, "loss_after_service")
    if not stopped.is_stopped:
        mark_stopped(stopped, stopped=True, reason="Год в убыток, на новые условия не согласился", by=head)
    lost = _client(planted, "lost")
    if not lost.has_bad_review:
        mark_bad_review(lost, marked=True, reason="Отзыв на картах: перепутали заказ, не перезвонили", by=head)
    if not Snapshot.objects.filter(as_of=size.end, is_published=True).exists():
        record_talks_after(sellers, pulse=quarter_ago, seed=size.seed)
        record_talks_before(sellers, end=size.end, seed=size.seed)
        pulsed(size.end, engine="duckdb", listener=listener)
    for run in live_runs().filter(kind=RunKind.PULSE, state=RunState.QUEUED):
        cancel_run(run, by=None)  # the pulse each import asks for: it was just done


def _confirm(head: User, *, reason: str) -> None:
    proposals = proposals_visible_to(head)
    if proposals.exists():
        confirm_proposals(proposals, by=head, reason=reason)


def _decide(planted: dict[str, Any], *, head: User) -> None:
    """Confirm what the quarter changed; the visitor finds the sad moves (a good client falls to D) and some layers."""
    waiting = proposals_visible_to(head)
    rises = waiting.filter(scheme="grade", from_category__in=("D", "E"))
    entering = waiting.filter(scheme="grade", from_category__isnull=True)
    layers = waiting.filter(scheme="layer").values_list("pk", flat=True)[WAITING_LAYERS:]
    decided = [*rises.values_list("pk", flat=True), *entering.values_list("pk", flat=True), *layers]
    if decided:
        confirm_proposals(decided, by=head, reason="Пересмотр за третий квартал")
    for pattern, category, reason in OVERRIDES:
        try:
            override_category(_client(planted, pattern), scheme="grade", category=category, by=head, reason=reason)
        except UserError:  # he stands there by the decision of the first, interrupted, attempt
            continue


def _write_down(planted: dict[str, Any], *, head: User) -> None:
    for pattern, text in NOTES:
        client = _client(planted, pattern)
        if not client.notes.exists():
            add_note(client, text=text, by=head)
    for name, expression in SEGMENTS:
        try:
            save_segment(name, expression=expression, shared=True, by=head)
        except UserError:  # saved by the first, interrupted, attempt
            continue


def _client(planted: dict[str, Any], pattern: str) -> Client:
    return Client.objects.get(code=planted["patterns"][pattern][0])
