"""Russian companies and their dirty cards, drawn with a fixed seed; which cards are one client is known.

Truth: `owner` of a card. Branches (same ИНН, other КПП and town) and look-alikes (same name, other ИНН; firms of one
group with one phone) are clients of their own. Dirt on a copy: legal form moved, spelt out, dropped; quotes; Latin
letters by three schemes; one or two slips of the finger; words in another order; ИНН lost, mistyped or without its
leading zero; phones in other spelling, mistyped or somebody else's; e-mail lost; address shortened. A copy always
keeps one thing besides its name that a person could know it by: ИНН, own phone, own e-mail or address.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from clientarium.core.identity import CARD_COLUMNS

TOWNS = (
    ("Москва", "77", "495"), ("Санкт-Петербург", "78", "812"), ("Казань", "16", "843"), ("Уфа", "02", "347"),
    ("Краснодар", "23", "861"), ("Екатеринбург", "66", "343"), ("Новосибирск", "54", "383"), ("Майкоп", "01", "8772"),
    ("Пермь", "59", "342"), ("Нижний Новгород", "52", "831"), ("Йошкар-Ола", "12", "8362"), ("Сыктывкар", "11", "8212"),
    ("Владикавказ", "15", "8672"), ("Улан-Удэ", "03", "3012"), ("Щёлково", "50", "496"), ("Самара", "63", "846"),
)  # fmt: skip
STREETS = (
    "Ленина", "Мира", "Советская", "Гагарина", "Кирова", "Пушкина", "Лесная", "Заводская", "Промышленная", "Садовая",
    "Октябрьская", "Победы", "Чехова", "Юбилейная", "Цветочная", "Щорса", "Набережная", "Энгельса", "Маяковского",
)  # fmt: skip
ROOTS = (
    "Строй", "Тех", "Агро", "Пром", "Торг", "Транс", "Мет", "Хим", "Авто", "Мед", "Эко", "Энерго", "Спец", "Рос",
    "Сиб", "Урал", "Волга", "Юг", "Север", "Альфа", "Бета", "Вектор", "Гранит", "Дельта", "Жасмин", "Зенит", "Искра",
    "Кристалл", "Лидер", "Маяк", "Нептун", "Оптима", "Прогресс", "Ромашка", "Сокол", "Титан", "Уют", "Факел",
    "Цемент", "Щит", "Эталон", "Юность", "Ясень", "Берёзка", "Восход", "Горизонт", "Комфорт", "Меркурий", "Орион",
)  # fmt: skip
TAILS = (
    "Сервис",
    "Маркет",
    "Групп",
    "Инвест",
    "Снаб",
    "Комплект",
    "Монтаж",
    "Ресурс",
    "Холдинг",
    "Плюс",
    "Трейд",
    "Центр",
)
SURNAMES = (
    "Иванов", "Смирнов", "Кузнецов", "Попов", "Васильев", "Петров", "Соколов", "Михайлов", "Новиков", "Фёдоров",
    "Щербаков", "Цветков", "Юдин", "Яковлев", "Жуков", "Хасанов", "Шишкин", "Чернышёв", "Ёлкин", "Эйхман",
)  # fmt: skip
FIRST = ("Иван", "Пётр", "Сергей", "Алексей", "Юрий", "Андрей", "Дмитрий", "Илья", "Михаил", "Яков", "Фёдор", "Ринат")
FATHERS = (
    "Иванович",
    "Петрович",
    "Сергеевич",
    "Алексеевич",
    "Юрьевич",
    "Андреевич",
    "Дмитриевич",
    "Ильич",
    "Яковлевич",
)
FORMS = ("ООО", "ООО", "ООО", "ООО", "АО", "ЗАО", "ПАО", "ОАО")
SPELT = {
    "ООО": "Общество с ограниченной ответственностью", "АО": "Акционерное общество", "ИП": "Индивидуальный предприниматель",
    "ЗАО": "Закрытое акционерное общество", "ПАО": "Публичное акционерное общество", "ОАО": "Открытое акционерное общество",
}  # fmt: skip
QUOTES = ("«»", '""', "“”", "''", "„“", "  ")
LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
SCHEMES = (
    "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch ie y _ e iu ia e",
    "a b v g d e zh z i j k l m n o p r s t u f x cz ch sh shh _ y _ e yu ya yo",
    "a b v g d e zh z i y k l m n o p r s t u f h c ch sh sch _ y _ e yu ya e",
)
PASSPORT, GOST, PLAIN = ({**dict(zip(LETTERS, s.replace("_", "").split(" "), strict=True))} for s in SCHEMES)


@dataclass(frozen=True)
class Company:
    form: str
    name: str
    inn: str
    kpp: str | None
    ogrn: str
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    city: str
    address: str


def with_inn_checks(figures: str) -> str:
    """Append the check digits of an ИНН (9 figures of a firm, 10 of a person)."""
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    for start in [2] if len(figures) == 9 else [1, 0]:
        total = sum(weight * int(one) for weight, one in zip(weights[start:], figures, strict=True))
        figures += str(total % 11 % 10)
    return figures


def with_ogrn_check(figures: str) -> str:
    return figures + str(int(figures) % (len(figures) - 1) % 10)


def spelt_in_latin(text: str, scheme: dict[str, str]) -> str:
    return "".join(scheme.get(one.lower(), one).capitalize() if one.isupper() else scheme.get(one, one) for one in text)


class Drawing:
    """Draws companies and cards; all chance comes from one seed."""

    def __init__(self, *, seed: int) -> None:
        self.random = random.Random(seed)
        self.order = 0

    def is_drawn(self, share: float) -> bool:
        return self.random.random() < share

    def phone(self, area: str) -> str:
        rest = 10 - len(area)
        if self.is_drawn(0.5):
            return "+79" + str(self.random.randrange(10**8, 8 * 10**8)).zfill(9)
        return "+7" + area + str(self.random.randrange(2 * 10 ** (rest - 1), 9 * 10 ** (rest - 1)))

    def company(self) -> Company:
        pick = self.random.choice
        town, region, area = pick(TOWNS)
        self.order += 1
        office = f"{self.random.randrange(1, 40):02d}"
        is_person = self.is_drawn(0.2)
        if is_person:
            form, name, kpp = "ИП", f"{pick(SURNAMES)} {pick(FIRST)} {pick(FATHERS)}", None
            inn = with_inn_checks(f"{region}{office}{self.random.randrange(10**6):06d}")
            ogrn = with_ogrn_check(f"3{self.random.randrange(4, 25):02d}{region}{self.random.randrange(10**9):09d}")
        else:
            form, name, kpp = pick(FORMS), self.name(), f"{region}{office}01001"
            inn = with_inn_checks(f"{region}{office}{self.random.randrange(10**5):05d}")
            ogrn = with_ogrn_check(f"1{self.random.randrange(2, 25):02d}{region}{self.random.randrange(10**7):07d}")
        word = spelt_in_latin(name.split(" ")[-1].strip('"').lower(), PLAIN).replace(".", "")
        mail = f"{pick(('info', 'zakaz', 'office', 'mail', 'buh'))}@{word}{self.order}.ru"
        emails = (mail,) if self.is_drawn(0.7) else ()
        return Company(form, name, inn, kpp, ogrn, (self.phone(area),), emails, town, self.address(town))

    def name(self) -> str:
        pick = self.random.choice
        kind = self.random.random()
        if kind < 0.15:
            return pick(ROOTS)
        if kind < 0.5:
            return pick(ROOTS) + pick(ROOTS).lower() + pick(TAILS).lower()
        if kind < 0.65:
            return f"{pick(ROOTS)} {pick(TAILS)}"
        if kind < 0.8:
            return f"Торговый дом {pick(ROOTS)}{pick(ROOTS).lower()}"
        return f"{pick(ROOTS)}-{pick(TAILS)} {pick(TOWNS)[0]}"

    def address(self, town: str) -> str:
        index, house = self.random.randrange(100_000, 690_000), self.random.randrange(1, 200)
        office = f", оф. {self.random.randrange(1, 400)}" if self.is_drawn(0.5) else ""
        return f"{index}, г. {town}, ул. {self.random.choice(STREETS)}, д. {house}{office}"

    def branch(self, of: Company) -> Company:
        town, region, area = self.random.choice([one for one in TOWNS if one[0] != of.city])
        kpp = f"{region}{self.random.randrange(1, 40):02d}43{self.random.randrange(1, 99):03d}"
        phones = of.phones if self.is_drawn(0.2) else (self.phone(area),)
        return replace(of, kpp=kpp, phones=phones, city=town, address=self.address(town))

    def look_alike(self, of: Company) -> Company:
        """Another client with the same name, or a firm of the same group: other ИНН, the same phone and address."""
        other = self.company()
        if self.is_drawn(0.5):
            return replace(other, form=of.form, name=of.name) if (len(other.inn) == len(of.inn)) else other
        if len(other.inn) == 12 or len(of.inn) == 12:
            return other
        name = f"{of.name} {self.random.choice(TAILS)}"
        return replace(other, name=name, phones=of.phones, address=of.address, city=of.city)

    def clean_card(self, of: Company) -> dict[str, Any]:
        name = f"{of.form} {of.name}" if of.form == "ИП" else f"{of.form} «{of.name}»"
        return {
            "name": name, "inn": of.inn, "kpp": of.kpp, "ogrn": of.ogrn if self.is_drawn(0.3) else None,
            "phones": list(of.phones), "emails": list(of.emails), "city": of.city, "address": of.address,
        }  # fmt: skip

    def dirty_card(self, of: Company, *, others: list[Company]) -> dict[str, Any]:
        pick = self.random.choice
        card: dict[str, Any] = {
            "name": self.dirty_name(of), "inn": self.dirty_inn(of.inn), "kpp": of.kpp if self.is_drawn(0.5) else None,
            "ogrn": of.ogrn if self.is_drawn(0.15) else None, "phones": [], "emails": [],
            "city": of.city if self.is_drawn(0.6) else None, "address": self.dirty_address(of),
        }  # fmt: skip
        if self.is_drawn(0.8):
            card["phones"] = [self.dirty_phone(phone) for phone in of.phones]
        if self.is_drawn(0.03):
            card["phones"] = [pick(pick(others).phones)]
        elif self.is_drawn(0.15):
            card["phones"].append(self.phone("495"))
        if of.emails and self.is_drawn(0.6):
            card["emails"] = [pick((str.upper, str.lower, str.title))(of.emails[0])]
        if card["kpp"] and not card["inn"]:
            card["kpp"] = None
        self.keep_one_thing(card, of)
        return card

    def keep_one_thing(self, card: dict[str, Any], of: Company) -> None:
        has_inn = card["inn"] is not None and card["inn"].lstrip("0") == of.inn.lstrip("0")
        has_phone = any("".join(c for c in p if c.isdigit())[-10:] == of.phones[0][-10:] for p in card["phones"])
        if not (has_inn or has_phone or card["emails"] or card["address"]):
            card["phones"] = list(of.phones)

    def dirty_name(self, of: Company) -> str:
        name, form = of.name, of.form
        if self.is_drawn(0.25):
            name = self.mistyped(name)
            if self.is_drawn(0.2):
                name = self.mistyped(name)
        if " " in name and self.is_drawn(0.2):
            words = name.split(" ")
            name = " ".join(words[1:] + words[:1])
        if form == "ИП" and self.is_drawn(0.3):
            parts = of.name.split(" ")
            name = f"{parts[0]} {parts[1][0]}. {parts[2][0]}."
        quotes = self.random.choice(QUOTES)
        quoted = f"{quotes[0]}{name}{quotes[1]}".strip()
        kind = self.random.random()
        whole = (
            name if kind < 0.2 else f"{quoted} {form}" if kind < 0.4 else f"{quoted}, {form.lower()}" if kind < 0.5
            else f"{SPELT[form]} {quoted}" if kind < 0.65 else f"{form} {quoted}"
        )  # fmt: skip
        if self.is_drawn(0.15):
            whole = spelt_in_latin(whole, self.random.choice((PASSPORT, GOST, PLAIN)))
        change: Callable[[str], str] = self.random.choice((str.upper, str.lower, str, str, str))
        return change(whole)

    def mistyped(self, text: str) -> str:
        place = self.random.randrange(1, max(len(text) - 1, 2))
        other = self.random.choice(LETTERS)
        kind = self.random.randrange(4)
        if kind == 0:
            return text[:place] + text[place + 1 :]
        if kind == 1:
            return text[:place] + other + text[place:]
        if kind == 2:
            return text[:place] + other + text[place + 1 :]
        return text[: place - 1] + text[place : place + 1] + text[place - 1 : place] + text[place + 1 :]

    def dirty_inn(self, inn: str) -> str | None:
        kind = self.random.random()
        if kind < 0.35:
            return None
        if kind < 0.38:
            place = self.random.randrange(len(inn))
            return inn[:place] + str(self.random.randrange(10)) + inn[place + 1 :]
        return inn.lstrip("0") if self.is_drawn(0.5) else inn

    def dirty_phone(self, phone: str) -> str:
        figures = phone[2:]
        if self.is_drawn(0.03):
            place = self.random.randrange(3, 9)
            figures = figures[:place] + figures[place + 1] + figures[place] + figures[place + 2 :]
        return self.random.choice(
            (f"8{figures}", f"+7 ({figures[:3]}) {figures[3:6]}-{figures[6:8]}-{figures[8:]}", f"7{figures}", figures,
             f"8 {figures[:3]} {figures[3:]}", f"8({figures[:3]}){figures[3:6]} {figures[6:]} доб. 12")
        )  # fmt: skip

    def dirty_address(self, of: Company) -> str | None:
        if self.is_drawn(0.25):
            return None
        parts = of.address.split(", ")
        if self.is_drawn(0.4):
            parts = parts[1:]
        if self.is_drawn(0.3):
            parts = [one for one in parts if not one.startswith("г. ")]
        if self.is_drawn(0.3):
            parts = [one for one in parts if not one.startswith("оф. ")]
        text = ", ".join(parts)
        if self.is_drawn(0.4):
            text = text.replace("ул. ", "улица ").replace("д. ", "дом ").replace("г. ", "город ")
        return text.upper() if self.is_drawn(0.1) else text


def dirty_base(companies: int, *, seed: int = 4) -> tuple[pa.Table, list[int]]:
    """Return shuffled cards (CARD_COLUMNS) of so many companies and the owner of each card, in the same order."""
    drawing = Drawing(seed=seed)
    firms: list[Company] = []
    while len(firms) < companies:
        firm = drawing.company()
        firms.append(firm)
        if firm.kpp and drawing.is_drawn(0.06):
            firms.append(drawing.branch(firm))
        if drawing.is_drawn(0.04):
            firms.append(drawing.look_alike(firm))
    cards: list[tuple[int, dict[str, Any]]] = []
    for owner, firm in enumerate(firms[:companies]):
        cards.append((owner, drawing.clean_card(firm)))
        while drawing.is_drawn(0.3):
            cards.append((owner, drawing.dirty_card(firm, others=firms)))
    drawing.random.shuffle(cards)
    rows = [{"record_id": place, **card} for place, (_, card) in enumerate(cards)]
    return pa.Table.from_pylist(rows, schema=CARD_COLUMNS), [owner for owner, _ in cards]
