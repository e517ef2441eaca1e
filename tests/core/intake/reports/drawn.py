"""Reports drawn at random with the facts they hold: levels, folders, what goes across, heads, blanks, formats."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import assume
from hypothesis import strategies as st

from .writers import (
    Cell,
    Sheet,
    SheetRow,
    shown,
    write_1c_xlsx,
    write_mxl_report,
    write_ods_report,
    write_txt_report,
)

LAST_DAY = date(2025, 11, 30)
PERIODS = (
    "Период: 01.11.2025 - 30.11.2025", "Период: 01.11.2025 0:00:00 - 30.11.2025 23:59:59", "Период: Ноябрь 2025 г.",
    "Период: с 01.11.2025 по 30.11.2025", "Период: 01.11.25 – 30.11.25", "Период: 1 ноября 2025 г. - 30 ноября 2025 г.",
)  # fmt: skip
CLIENTS = (
    "ООО «Берёза»", "Кедров Иван ИП", "АО «Сосна, Ель и К°»", "Заря ООО", "ТОРГ-ЦЕНТР", "Ромашка", "Василёк №2", "МУП «Дубрава»",
)  # fmt: skip
PRODUCTS = ("Гвозди 100 мм", "Шурупы", "Доска обрезная 50х150", "Брус", "Клей", "Краска белая 5 л")
CHAINS = (
    ("Контрагент",),
    ("Контрагент", "Номенклатура"),
    ("Организация", "Контрагент", "Номенклатура"),
    ("Контрагент", "Документ"),
    ("Контрагент", "Договор", "Документ"),
    ("Менеджер", "Контрагент"),
    ("Контрагент", "Дата"),
    ("Менеджер", "Контрагент", "Номенклатура"),
)
MEASURES = (("Сумма",), ("Количество", "Выручка"), ("Количество", "Выручка", "Себестоимость"))
ACROSS = {
    "months": (("Октябрь 2025 г.", date(2025, 10, 31)), ("Ноябрь 2025 г.", LAST_DAY), ("Декабрь 2025 г.", date(2025, 12, 31))),
    "dates": (("03.11.25", date(2025, 11, 3)), ("17.11.25", date(2025, 11, 17))),
    "managers": (("Иванова Мария", "Иванова Мария"), ("Петров Олег", "Петров Олег")),
}  # fmt: skip
WAYS = ("outline", "indent", "columns", "ods outline", "ods indent", "txt blanks", "txt sums", "mxl sums")
FOLDERS = ("Покупатели", "4.Золотой", "Розница", "Юг")


@dataclass
class Drawn:
    """What was drawn, to say in a failure; `facts` are what must come back."""

    sheet: Sheet
    facts: list[dict[str, object]]
    way: str
    chain: tuple[str, ...]
    across: str
    has_total: bool
    text_numbers: bool

    def write(self, folder: Path) -> Path:
        if self.way.startswith("ods"):
            return write_ods_report(folder / "report.ods", self.sheet)
        if self.way == "txt blanks":
            return write_txt_report(folder / "report.txt", self.sheet, blanks=2)
        if self.way == "txt sums":
            return write_txt_report(folder / "report.txt", self.sheet, encoding="cp1251")
        if self.way == "mxl sums":
            return write_mxl_report(folder / "report.mxl", self.sheet)
        return write_1c_xlsx(folder / "report.xlsx", self.sheet)


@dataclass
class Node:
    name: str
    values: list[Decimal | None]
    children: "list[Node]"


Draw = Callable[..., object]


@st.composite
def reports(draw: Draw) -> Drawn:
    way = draw(st.sampled_from(WAYS))
    chain = draw(st.sampled_from(CHAINS))
    if way.endswith("sums") and len(chain) == 1:
        way = "outline"
    is_upp = draw(st.booleans())
    measures = draw(st.sampled_from(MEASURES))
    across = draw(st.sampled_from(("", "", "months", "dates", "managers")))
    if (across == "managers" and "Менеджер" in chain) or (
        across in ("months", "dates") and set(chain) & {"Дата", "Документ"}
    ):
        across = ""
    if is_upp and across:
        is_upp = False
    has_folders = not way.endswith("sums") and way != "columns" and "Номенклатура" not in chain and draw(st.booleans())
    building = _Building(
        draw, way=way, chain=chain, measures=measures, across=across, is_upp=is_upp, has_folders=has_folders
    )
    return building.drawn()


class _Building:
    def __init__(
        self, draw: Draw, *, way: str, chain: tuple[str, ...], measures: tuple[str, ...], across: str, is_upp: bool,
        has_folders: bool,
    ) -> None:  # fmt: skip
        self.draw = draw
        self.way = way
        self.chain = chain
        self.measures = measures
        self.across = across
        self.is_upp = is_upp
        self.has_folders = has_folders
        self.has_total = draw(st.booleans()) or way.endswith("sums")
        self.text_numbers = draw(st.booleans()) and way in ("outline", "indent", "columns")
        self.may_miss = draw(st.booleans()) and not way.endswith("sums") and way in ("outline", "ods outline")
        self.left = 1 if is_upp else 0
        self.labels = len(chain) if way == "columns" else 1
        self.facts: list[dict[str, object]] = []
        self.line = 0
        self.numbers = 0

    def drawn(self) -> Drawn:
        sheet = Sheet()
        sheet.rows += [SheetRow([]) for _ in range(self.draw(st.integers(0, 2)))]
        sheet.rows += [SheetRow([*[None] * self.left, line]) for line in self._head_lines()]
        if self.draw(st.booleans()) or not self.is_upp:
            sheet.rows.append(SheetRow([]))
        self._header(sheet)
        if self.draw(st.booleans()):
            sheet.rows.append(SheetRow([]))
        trees = self._trees()
        total = [Decimal(0)] * self._width()
        for tree in trees:
            self._rows(sheet, tree, level=0)
            total = [one + (two or 0) for one, two in zip(total, tree.values, strict=True)]
            if self.draw(st.integers(0, 4)) == 0:
                sheet.rows.append(SheetRow([]))
        if self.has_total:
            cells: list[Cell] = [
                self.draw(st.sampled_from(("Итого", "Итог", "Всего:"))),
                *[None] * (self.labels - 1),
                *total,
            ]
            sheet.rows.append(SheetRow([*[None] * self.left, *cells]))
        if self.draw(st.booleans()):
            sheet.rows += [SheetRow([]), SheetRow(["Ответственный:", "________"])]
        if self.text_numbers:
            for row in sheet.rows:
                row.cells = [shown(cell) if isinstance(cell, Decimal) else cell for cell in row.cells]
        assume(self.facts)
        return Drawn(sheet, self.facts, self.way, self.chain, self.across, self.has_total, self.text_numbers)

    def _head_lines(self) -> list[str]:
        lines = ["Продажи по контрагентам"]
        period = self.draw(st.sampled_from(PERIODS))
        if not self.is_upp:
            return [*lines, "Параметры: " + period] if self.draw(st.booleans()) else [*lines, period]
        groups = [f"{name} (Иерархия)" if name == "Контрагент" and self.has_folders else name for name in self.chain]
        lines += [period, f"Показатели: {'; '.join(self.measures)};", f"Группировки строк: {'; '.join(groups)};"]
        return [*lines, "Дополнительные поля:", "Сортировка: Контрагент По возрастанию"]

    def _across(self) -> tuple[tuple[str, object], ...]:
        return ACROSS[self.across] if self.across else (("", None),)

    def _width(self) -> int:
        return len(self._across()) * len(self.measures)

    def _header(self, sheet: Sheet) -> None:
        """Names of levels stacked in one column, or side by side; measures merged down beside them."""
        labels: list[list[Cell]]
        if self.way == "columns":
            labels = [list(self.chain)]
        elif self.is_upp:
            labels = [[self.chain[0]]]
        else:
            labels = [[name] for name in self.chain]
        tops: list[list[Cell]] = []
        if self.across:
            tops.append([text for text, _ in self._across() for _ in self.measures])
        if not self.across or len(self.measures) > 1 or self.draw(st.booleans()):
            tops.append([name for _ in self._across() for name in self.measures])
        height = max(len(labels), len(tops))
        first = len(sheet.rows)
        is_merged = self.way in ("outline", "indent", "columns")
        for line in range(height):
            left = labels[line] if line < len(labels) else [None] * len(labels[0])
            right = list(tops[line]) if line < len(tops) else [None] * self._width()
            if is_merged and self.across and line == 0:
                right = [cell if number % len(self.measures) == 0 else None for number, cell in enumerate(right)]
            sheet.rows.append(SheetRow([*[None] * self.left, *left, *right]))
        if is_merged:
            self._merge(sheet, first, height=height, tops=len(tops), labels=len(labels))

    def _merge(self, sheet: Sheet, first: int, *, height: int, tops: int, labels: int) -> None:
        start = self.left + self.labels
        if self.across and len(self.measures) > 1:
            for number in range(len(self._across())):
                column = start + number * len(self.measures)
                sheet.merges.append((first, column, first, column + len(self.measures) - 1))
        if height > tops:
            sheet.merges += [(first + tops - 1, start + n, first + height - 1, start + n) for n in range(self._width())]
        if height > labels:
            sheet.merges += [
                (first + labels - 1, self.left + n, first + height - 1, self.left + n) for n in range(self.labels)
            ]

    def _trees(self) -> list[Node]:
        return [self._node(at, {}) for at in range(self.draw(st.integers(1, 3)))]

    def _node(self, at: int, path: dict[str, object], depth: int = 0) -> Node:
        """A branch of the chain from `depth`; a client may stand in folders."""
        kind = self.chain[depth]
        if kind == "Контрагент" and self.has_folders and "folder" not in path:
            folders = self.draw(st.lists(st.sampled_from(FOLDERS), min_size=1, max_size=2, unique=True))
            inner = [self._node(n, {**path, "folder": True}, depth) for n in range(self.draw(st.integers(1, 2)))]
            for folder in reversed(folders):
                inner = [Node(folder, _sum([one.values for one in inner]), inner)]
            return inner[0]
        name = self._name(kind, at)
        path = {**path, kind: name}
        if depth == len(self.chain) - 1:
            return self._leaf(name, path)
        children = [self._node(n, path, depth + 1) for n in range(self.draw(st.integers(1, 3)))]
        return Node(name, _sum([one.values for one in children]), children)

    def _name(self, kind: str, at: int) -> str:
        self.numbers += 1
        if kind in ("Контрагент", "Номенклатура") and self.may_miss and self.draw(st.integers(0, 5)) == 0:
            return ""
        if kind == "Контрагент":
            return str(self.draw(st.sampled_from(CLIENTS)))
        if kind == "Номенклатура":
            return str(self.draw(st.sampled_from(PRODUCTS)))
        if kind == "Документ":
            return f"Реализация (акт, накладная) УТ-{self.numbers:06d} от {1 + self.numbers % 28:02d}.11.2025 12:00:00"
        if kind == "Дата":
            return f"{1 + self.numbers % 28:02d}.11.2025"
        return {
            "Договор": f"Договор поставки {at + 1}",
            "Менеджер": ("Иванова Мария", "Петров Олег", "Сидоров Пётр")[at],
        }.get(kind, "ООО «Наша фирма»")

    def _leaf(self, name: str, path: dict[str, object]) -> Node:
        least = 1 if self.way.endswith("sums") else -300_000
        values: list[Decimal | None] = []
        columns = self._across()
        for number, (across, meant) in enumerate(columns, start=1):
            # A row with neither a name nor a number is a blank line, and nobody writes it.
            is_last_chance = not name and number == len(columns) and not any(values)
            is_empty = bool(self.across) and not is_last_chance and self.draw(st.integers(0, 4)) == 0
            amounts = [self._amount(measure, least) for measure in self.measures]
            values += [None] * len(amounts) if is_empty else amounts
            if not is_empty:
                self._fact(path, across=across, meant=meant, amounts=amounts)
        return Node(name, values, [])

    def _amount(self, measure: str, least: int) -> Decimal:
        if measure == "Количество":
            return Decimal(int(self.draw(st.integers(1, 500))))
        cents = int(self.draw(st.integers(least, 99_000_000).filter(bool)))
        return Decimal(cents) / 100

    def _fact(self, path: dict[str, object], *, across: str, meant: object, amounts: list[Decimal]) -> None:
        named = dict(zip(self.measures, amounts, strict=True))
        document = str(path.get("Документ", ""))
        day: object = LAST_DAY
        if self.across in ("months", "dates"):
            day = meant
        elif document:
            day = date(2025, 11, int(document.split(" от ")[1][:2]))
        elif "Дата" in path:
            day = date(2025, 11, int(str(path["Дата"])[:2]))
        self.facts.append(
            {
                "client_key": path["Контрагент"] or "—",
                "product": path.get("Номенклатура") or None,
                "doc_id": document or None,
                "sold_on": day,
                "seller": meant if self.across == "managers" else path.get("Менеджер"),
                "quantity": named.get("Количество"),
                "revenue": named.get("Сумма", named.get("Выручка")),
                "cost": named.get("Себестоимость"),
            }
        )

    def _rows(self, sheet: Sheet, node: Node, *, level: int) -> None:
        names: list[Cell] = [None] * self.labels
        names[level if self.way == "columns" else 0] = node.name
        row = SheetRow([*[None] * self.left, *names, *node.values])
        if "indent" in self.way:
            row.indent = level * 2
        else:
            row.level = 0 if self.way == "columns" else level
        sheet.rows.append(row)
        for child in node.children:
            self._rows(sheet, child, level=level + 1)


def _sum(values: list[list[Decimal | None]]) -> list[Decimal | None]:
    columns = zip(*values, strict=True)
    return [sum((one for one in column if one is not None), Decimal(0)) for column in columns]
