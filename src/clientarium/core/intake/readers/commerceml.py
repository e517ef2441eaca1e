"""CommerceML 2: orders as lines of sale, counterparties as cards, goods of a catalogue; UTF-8 and windows-1251."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from xml.parsers import expat

import pyarrow as pa

from clientarium.core.ground import N_, Message, UserError
from clientarium.core.intake.readers.grid import Grid, HeadRow, TableInfo
from clientarium.core.intake.readers.xlsx_outline import Attributes, refuse_entities

_CHUNK = 1 << 20
_BATCH_ROWS = 20_000
ORDERS, PARTIES, GOODS = "Заказы", "Контрагенты", "Товары"
_HEADERS = {
    ORDERS: (
        "Дата", "Номер заказа", "Вид операции", "Код клиента", "Клиент", "ИНН",
        "Код товара", "Номенклатура", "Количество", "Цена", "Сумма", "Валюта",
    ),
    PARTIES: ("Код клиента", "Наименование", "ИНН", "КПП", "Телефоны", "Email", "Адрес"),
    GOODS: ("Код товара", "Номенклатура", "Единица измерения", "Группа"),
}  # fmt: skip
_CANCELLED = frozenset({"true", "да", "1"})
_ROUBLES = {"РУБ": "RUB", "РУБ.": "RUB", "RUR": "RUB"}


class Node:
    """An element: its text and children by name, in order."""

    __slots__ = ("children", "name", "text")

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = ""
        self.children: list[Node] = []

    def all(self, *path: str) -> "list[Node]":
        found = [self]
        for name in path:
            found = [child for node in found for child in node.children if child.name == name]
        return found

    def value(self, *path: str) -> str:
        """Return the text of the first element at `path`, blank when there is none."""
        found = self.all(*path)
        return found[0].text.strip() if found else ""


class CommerceSource:
    """Tables of one file; lines are those of the XML on which a record begins."""

    format = "commerceml"
    delimiter: str | None = None

    def __init__(self, path: Path) -> None:
        self.doubts: list[Message] = []
        reading = _Reading()
        _parse(path, reading)
        self.encoding: str | None = None
        self._rows = {name: rows for name in (ORDERS, PARTIES, GOODS) if (rows := reading.tables[name])}
        if reading.cancelled:
            message = N_("%(count)s orders were cancelled or are no sales: they are not read.")
            self.doubts.append(Message(message, {"count": reading.cancelled}))
        if not self._rows:
            raise UserError(
                N_("This CommerceML file holds neither orders, nor counterparties, nor goods."),
                cure=N_("Send the file of orders (orders.xml) or of the catalogue (import.xml)."),
            )

    def tables(self) -> tuple[TableInfo, ...]:
        return tuple(TableInfo(name, len(rows)) for name, rows in self._rows.items())

    def head(self, table: str, /, *, rows: int) -> list[HeadRow]:
        return [HeadRow(1, _HEADERS[table]), *(HeadRow(line, cells) for line, cells in islice(self._rows[table], rows))]

    def grids(self, table: str, /, *, after_line: int, width: int) -> Iterator[Grid]:
        rows = self._rows[table]
        assert after_line == 1, "the header is the first line of every table"
        for start in range(0, len(rows), _BATCH_ROWS):
            batch = rows[start : start + _BATCH_ROWS]
            columns = [pa.array([cells[index] for _, cells in batch], pa.string()) for index in range(width)]
            yield Grid(pa.array([line for line, _ in batch], pa.int64()), columns)


class _Reading:
    """Builds one document, counterparty or product at a time and forgets it: memory holds the rows only."""

    def __init__(self) -> None:
        self.tables: dict[str, list[tuple[int, tuple[str, ...]]]] = {ORDERS: [], PARTIES: [], GOODS: []}
        self.cancelled = 0
        self._stack: list[Node] = []
        self._groups: dict[str, str] = {}
        self._seen: set[str] = set()
        self._takers: dict[str, Callable[[Node, int], None]] = {
            "Документ": self._order, "Контрагент": self._party, "Товар": self._product, "Группа": self._group,
        }  # fmt: skip

    def start(self, name: str, _attributes: Attributes) -> None:
        node = Node(name.rpartition(":")[2])
        if self._stack and (len(self._stack) > 1 or node.name in self._takers):
            self._stack[-1].children.append(node)
        self._stack.append(node)

    def text(self, text: str) -> None:
        if self._stack:
            self._stack[-1].text += text

    def end(self, line: int) -> None:
        node = self._stack.pop()
        inside = [one.name for one in self._stack]
        taker = self._takers.get(node.name)
        is_own = not {"Документ", "Контрагент", "Товар"} & set(inside)
        if taker is not None and is_own:
            taker(node, line)
            if self._stack and node.name != "Группа":
                self._stack[-1].children.remove(node)

    def _order(self, order: Node, line: int) -> None:
        details = {
            one.value("Наименование"): one.value("Значение")
            for one in order.all("ЗначенияРеквизитов", "ЗначениеРеквизита")
        }
        deleted = order.value("ПометкаУдаления") or details.get("ПометкаУдаления", "")
        if details.get("Отменен", "").casefold() in _CANCELLED or deleted.casefold() in _CANCELLED:
            self.cancelled += 1
            return
        parties = order.all("Контрагенты", "Контрагент")
        buyer = next(
            (one for one in parties if one.value("Роль").casefold() in ("покупатель", "")),
            parties[0] if parties else Node(""),
        )
        for party in parties:
            self._party(party, line)
        currency = order.value("Валюта").upper()
        left = (
            order.value("Дата"), order.value("Номер") or order.value("Ид"), order.value("ХозОперация"),
            buyer.value("Ид"), _name(buyer), buyer.value("ИНН"),
        )  # fmt: skip
        goods = order.all("Товары", "Товар")
        for item in goods:
            price = item.value("ЦенаЗаЕдиницу") or item.value("Цена")
            cells = (item.value("Ид"), item.value("Наименование"), item.value("Количество"), price, item.value("Сумма"))
            self.tables[ORDERS].append((line, (*left, *cells, _ROUBLES.get(currency, currency))))
        if not goods:
            cells = ("", "", "", "", order.value("Сумма"))
            self.tables[ORDERS].append((line, (*left, *cells, _ROUBLES.get(currency, currency))))

    def _party(self, party: Node, line: int) -> None:
        code = party.value("Ид")
        if (code or _name(party)) in self._seen:
            return
        self._seen.add(code or _name(party))
        contacts = [(one.value("Тип").casefold(), one.value("Значение")) for one in party.all("Контакты", "Контакт")]
        phones = ", ".join(value for kind, value in contacts if "тел" in kind and value)
        emails = ", ".join(value for kind, value in contacts if "почт" in kind and "@" in value)
        places = ("Адрес", "ЮридическийАдрес", "АдресРегистрации")
        address = next((found for place in places if (found := party.value(place, "Представление"))), "")
        inn, kpp = party.value("ИНН"), party.value("КПП")
        self.tables[PARTIES].append((line, (code, _name(party), inn, kpp, phones, emails, address)))

    def _product(self, item: Node, line: int) -> None:
        groups = [self._groups.get(one.text.strip(), "") for one in item.all("Группы", "Ид")]
        unit = item.value("БазоваяЕдиница")
        name = item.value("Наименование")
        self.tables[GOODS].append((line, (item.value("Ид"), name, unit, next(iter(groups), ""))))

    def _group(self, group: Node, _line: int) -> None:
        self._groups[group.value("Ид")] = group.value("Наименование")


def _name(party: Node) -> str:
    names = ("Наименование", "ОфициальноеНаименование", "ПолноеНаименование")
    return next((found for name in names if (found := party.value(name))), "")


def _parse(path: Path, reading: _Reading) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = lambda _name: reading.end(parser.CurrentLineNumber)
    parser.CharacterDataHandler = reading.text
    parser.EntityDeclHandler = refuse_entities
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UserError(
            N_("The XML breaks off or is damaged in line %(line)s."),
            cure=N_("Export it once more and send the new file."),
            line=error.lineno,
        ) from error
