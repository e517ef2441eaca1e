"""What the levels of a report are: names from its head or header, folders told from things, texts taken apart."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from clientarium.core.intake.reports.columns import Columns
from clientarium.core.intake.reports.levels import DataRow, Levels
from clientarium.core.intake.reports.table import is_date_text

_HIERARCHY = re.compile(r"\s*\((?:иерархия|только иерархия|hierarchy)\)\s*$", re.IGNORECASE)
_PRODUCT = re.compile(r"номенклатур|товар|product", re.IGNORECASE)
_CLIENT = re.compile(r"контрагент|клиент|партн[её]р|покупател|заказчик|customer|client", re.IGNORECASE)
_DOCUMENT = re.compile(r"№\s*\S*\d{3}|\bот\s+\d{1,2}\.\d{2}\.\d{4}|\d{6,}", re.IGNORECASE)
_NO_DOCUMENT = re.compile(
    r"договор|контрагент|клиент|партн[её]р|покупател|номенклатур|товар|менеджер|организац", re.IGNORECASE
)
_DOCUMENT_NAME = re.compile(r"документ|регистратор|заказ|накладн|реализаци", re.IGNORECASE)
_DOCUMENT_DAY = re.compile(r"\bот\s+(\d{1,2}\.\d{2}\.\d{4})", re.IGNORECASE)
_CONTRACT = re.compile(r"договор|контракт|соглашени", re.IGNORECASE)
_SUBCONTO = re.compile(r"субконто", re.IGNORECASE)
_SUBCONTO_KIND = re.compile(r"вид\s+субконто", re.IGNORECASE)
_ACCOUNT = re.compile(r"\d{2}(?:\.[\dА-ЯA-Z]{1,3})*")
COUNTERPARTIES = "контрагенты"
_MOSTLY = 0.8
CLIENT_HEADER = "Контрагент"
DATE_HEADER = "Дата"


@dataclass(frozen=True)
class Level:
    """One thing the path of a leaf holds; `fields` are the headers its text is taken apart into."""

    name: str
    fields: tuple[str, ...]
    is_folder: bool = False
    is_date: bool = False


def level_names(
    rows: Sequence[DataRow], levels: Levels, *, columns: Columns, groupings: Sequence[str]
) -> tuple[tuple[str, ...], int]:
    """Return (names from the top, which of them is shown with its folders or -1)."""
    depth = max(levels, default=0) + 1
    named = [_HIERARCHY.sub("", one) for one in groupings]
    folders = next((at for at, one in enumerate(groupings) if _HIERARCHY.search(one)), -1)
    if not named or len(named) > depth:
        named, folders = _names_of_stacks(rows, levels, columns=columns), -1
    if len(named) > depth:
        named = named[-depth:]
    if len(named) == depth:
        return tuple(named), -1 if folders < 0 or depth == len(named) else folders
    if folders < 0:
        folders = _likely_folders(named)
    return tuple(named), folders


def _names_of_stacks(rows: Sequence[DataRow], levels: Levels, *, columns: Columns) -> list[str]:
    """Names stacked over a column go to the levels whose names stand in this column, in order."""
    depth = max(levels, default=0) + 1
    places = [_column_of(rows, levels, level=level, labels=columns.labels) for level in range(depth)]
    names: dict[int, str] = {}
    for column in columns.labels:
        own = [level for level, place in enumerate(places) if place == column]
        stack = list(columns.stacks.get(column, ()))
        if len(stack) != len(own) and len(columns.labels) > 1:
            names = {}
            break
        names.update(dict(zip(own, stack, strict=False)))
    if len(names) == depth:
        return [names[level] for level in range(depth)]
    stacked = [text for column in columns.labels for text in columns.stacks.get(column, ())]
    return list(dict.fromkeys(stacked)) or ["Уровень 1"]


def _column_of(rows: Sequence[DataRow], levels: Levels, *, level: int, labels: Sequence[int]) -> int:
    counted = Counter(one.column for one, own in zip(rows, levels, strict=True) if own == level and one.column >= 0)
    return counted.most_common(1)[0][0] if counted else labels[0]


def _likely_folders(named: Sequence[str]) -> int:
    """Catalogues with folders are goods first, then clients; otherwise whatever stands deepest."""
    for pattern in (_PRODUCT, _CLIENT):
        for at in range(len(named) - 1, -1, -1):
            if pattern.search(named[at]):
                return at
    return len(named) - 1


def placed(path: Sequence[str], *, names: int, folders: int) -> tuple[list[str], list[str]]:
    """Return (a value for each name, the folders) of one leaf's path."""
    extra = len(path) - names
    if folders < 0 or extra <= 0:
        return [*path, *[""] * names][:names], []
    return [*path[:folders], path[folders + extra], *path[folders + extra + 1 :]], list(path[folders : folders + extra])


def described(names: Sequence[str], values: Sequence[Sequence[str]]) -> list[Level]:
    """Return what each name is by its own words and by its values."""
    return [
        _level(name, values=own, above=names[:at]) for at, (name, own) in enumerate(zip(names, values, strict=True))
    ]


def _level(name: str, *, values: Sequence[str], above: Sequence[str]) -> Level:
    parts = [part.strip() for part in name.split(",")]
    filled = [value for value in values if value.strip()]
    if filled and sum(map(is_date_text, filled)) >= _MOSTLY * len(filled):
        return Level(DATE_HEADER, (DATE_HEADER,), is_date=True)
    head = parts[0] or name
    is_party = len(parts) > 1 and parts[-1].upper() in ("ИНН", "INN")
    if _SUBCONTO.search(head) and not _SUBCONTO_KIND.search(head):
        follows_kind = any(_SUBCONTO_KIND.search(one) for one in above[-1:])
        head = CLIENT_HEADER if is_party or follows_kind else head
    elif is_party:
        head = CLIENT_HEADER
    elif not _NO_DOCUMENT.search(head) and (_DOCUMENT_NAME.search(head) or _is_documents(filled)):
        head = "Документ" if _is_documents(filled) else "Вид документа"
    elif filled and all(_ACCOUNT.fullmatch(value.strip()) for value in filled):
        # «Счет» is an invoice to everything behind; these are accounts of the books.
        head = re.sub(r"^сч[её]т\b", "Счета учёта", head, flags=re.IGNORECASE)
    return Level(head, (head, *parts[1:]))


def _is_documents(values: Sequence[str]) -> bool:
    return bool(values) and sum(1 for value in values if _DOCUMENT.search(value)) >= _MOSTLY * len(values)


def folder_header(name: str) -> str:
    if _PRODUCT.search(name):
        return "Группа номенклатуры"
    return "Группа контрагентов" if _CLIENT.search(name) else "Группа"


def is_client(name: str) -> bool:
    return bool(_CLIENT.search(name))


def is_contract(name: str) -> bool:
    return bool(_CONTRACT.search(name))


def is_subconto_kind(name: str) -> bool:
    return bool(_SUBCONTO_KIND.search(name))


def taken_apart(value: str, *, fields: int) -> list[str]:
    """«Берёза ООО, 1841079480» → name and ИНН; «Берёза, » has none."""
    if fields == 1:
        return [value.strip().removesuffix(",").strip()]
    parts = [part.strip() for part in f"{value} ".rsplit(", ", fields - 1)]
    return ([part.removesuffix(",").strip() for part in parts] + [""] * fields)[:fields]


def day_in_document(value: str) -> str | None:
    """Return the day of «Реализация № 12 от 05.03.2026 12:00:00» as it is written."""
    found = _DOCUMENT_DAY.search(value)
    return found[1] if found else None
