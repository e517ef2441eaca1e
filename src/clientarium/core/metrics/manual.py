"""The catalogue as a page of the manual: each metric's card, with the examples its specs calculate."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from clientarium.core.metrics.card import Metric
from clientarium.core.metrics.catalogue import Catalogue
from clientarium.core.metrics.steps import STEPS

SUBJECTS = ("purchases", "money", "rhythm", "forecast", "assortment", "base", "rfm", "attention", "payments", "quality")
"""The order of chapters; a firm's own subjects follow by name."""

WORDS = {
    "ru": {
        "title": "Показатели",
        "intro": (
            "Показатель — число по каждому клиенту на отчётную дату. Эта страница собрана из карточек показателей и "
            "из примеров, которые программа пересчитывает при каждой проверке. Границы окна: «за 12 мес.» — это дни "
            "после той же даты год назад и по отчётную дату включительно."
        ),
        "name": "Имя в условиях", "unit": "Единица", "formula": "Как считается", "over": "Шаг", "sql": "SQL",
        "example": "Пример", "as_of": "на", "client": "клиент", "own": "Свои показатели",
        "purchases": "Покупки", "money": "Деньги", "rhythm": "Ритм", "forecast": "Прогноз", "assortment": "Ассортимент",
        "base": "Место в базе", "rfm": "RFM", "attention": "Внимание", "payments": "Оплата",
        "quality": "Качество данных",
        "generated": "Страница создана командой `python tools/generated.py`; правьте карточки и примеры, а не её.",
        "units": {
            "money": "деньги", "share": "доля", "ratio": "отношение", "days": "дни", "minutes": "минуты",
            "months": "месяцы", "count": "количество", "rank": "место", "score": "балл", "date": "дата",
            "flag": "да или нет", "text": "текст",
        },
        "steps": {
            "sales": "строка документа", "documents": "документ продажи, возврат тоже",
            "orders": "документ с выручкой больше нуля", "purchase_days": "день, в который был хотя бы один заказ",
            "gaps": "перерыв между соседними днями покупок", "months": "месяц, считая назад от отчётной даты",
            "client_products": "товар, который клиент покупал", "touches": "касание",
            "payments": "платёж, срок которого наступил", "receipts": "пришедшая оплата, предоплата тоже",
            "forecast": "клиент с покупками: что о нём говорит прогноз базы",
            "cards": "клиент, карточка которого проверена",
            "clients": "клиент: другие показатели и поля карточки",
            "base": "клиент среди всей базы",
        },
    },
    "en": {
        "title": "Metrics",
        "intro": (
            "A metric is a number per client as of a date. This page is made of the metrics' cards and of the examples "
            "the program recalculates at every check. Windows: “over the last 12 months” means the days after the same "
            "date a year ago, up to and including the reporting date."
        ),
        "name": "Name in conditions", "unit": "Unit", "formula": "How it is counted", "over": "Step", "sql": "SQL",
        "example": "Example", "as_of": "as of", "client": "client", "own": "Own metrics",
        "purchases": "Purchases", "money": "Money", "rhythm": "Rhythm", "forecast": "Forecast",
        "assortment": "Assortment",
        "base": "Place in the base", "rfm": "RFM", "attention": "Attention", "payments": "Payment",
        "quality": "Quality of data",
        "generated": "Made by `python tools/generated.py`; edit the cards and the specs, not this page.",
        "units": {
            "money": "money", "share": "share", "ratio": "ratio", "days": "days", "minutes": "minutes",
            "months": "months", "count": "count", "rank": "place", "score": "score", "date": "date",
            "flag": "yes or no", "text": "text",
        },
        "steps": {name: step.grain for name, step in STEPS.items()},
    },
}  # fmt: skip


class Example(Protocol):
    """What a spec shows: tables as pipe text, the date, and each metric's expected values by client."""

    @property
    def as_of(self) -> str: ...
    @property
    def tables(self) -> Mapping[str, str]: ...
    @property
    def expected(self) -> Mapping[str, Mapping[str, object]]: ...


EXAMPLE_ROWS = 12
"""An example with more lines than this proves a rule of large bases; it is a test, not reading matter."""


def catalogue_page(catalogue: Catalogue, language: str, examples: Mapping[str, Sequence[Example]]) -> str:
    """The page in Markdown. `examples` are each metric's; the first of readable size is shown."""
    words = WORDS[language]
    lines = [f"# {words['title']}", "", f"<!-- {words['generated']} -->", "", str(words["intro"]), ""]
    for subject in _subjects(catalogue):
        lines += [f"## {words.get(subject, subject)}", ""]
        for metric in catalogue.metrics.values():
            if metric.subject == subject:
                lines += _card(metric, language, examples.get(metric.name, ()))
    return "\n".join(lines).rstrip() + "\n"


def _subjects(catalogue: Catalogue) -> list[str]:
    found = {metric.subject for metric in catalogue.metrics.values()}
    return [name for name in SUBJECTS if name in found] + sorted(found - set(SUBJECTS))


def _card(metric: Metric, language: str, examples: Sequence[Example]) -> list[str]:
    words = WORDS[language]
    units, steps = words["units"], words["steps"]
    assert isinstance(units, Mapping) and isinstance(steps, Mapping)
    sql = " ".join(metric.sql.split())
    return [
        f"### {metric.title(language)}",
        "",
        metric.reason(language),
        "",
        f"- {words['name']}: `{metric.name}`",
        f"- {words['unit']}: {units[metric.unit]}",
        f"- {words['formula']}: {metric.formula(language)}",
        f"- {words['over']} `{metric.over}` ({steps[metric.over]}): `{sql}`",
        "",
        *_example(metric, language, examples),
    ]


def _example(metric: Metric, language: str, examples: Iterable[Example]) -> list[str]:
    words = WORDS[language]
    readable = [example for example in examples if _row_count(example) <= EXAMPLE_ROWS]
    if not readable:
        return []
    example = readable[0]
    lines = [f"{words['example']}, {words['as_of']} {example.as_of}:", ""]
    for name, text in example.tables.items():
        if text.strip():
            lines += [f"`{name}`", "", *_markdown_table(text), ""]
    answers = example.expected[metric.name]
    lines += [f"| {words['client']} | `{metric.name}` |", "|---|---:|"]
    lines += [f"| {client} | {_shown(value)} |" for client, value in answers.items()]
    return [*lines, ""]


def _row_count(example: Example) -> int:
    return sum(len(text.strip().splitlines()) for text in example.tables.values())


def _markdown_table(text: str) -> list[str]:
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    rendered = ["| " + " | ".join(row) + " |" for row in rows]
    return [rendered[0], "|" + "---|" * len(rows[0]), *rendered[1:]]


def _shown(value: object) -> str:
    return "—" if value in (None, "null") else str(value)
