"""Legal forms as they are written around a company's name: recognised, brought to one code, taken off the name."""

import re
from collections.abc import Mapping

_FORMS: Mapping[str, str] = {
    "общество с ограниченной ответственностью": "ООО", "общество с дополнительной ответственностью": "ОДО",
    "публичное акционерное общество": "ПАО", "непубличное акционерное общество": "НАО",
    "открытое акционерное общество": "ОАО", "закрытое акционерное общество": "ЗАО", "акционерное общество": "АО",
    "индивидуальный предприниматель": "ИП", "индивидуальный предпр": "ИП", "частный предприниматель": "ИП",
    "предприниматель без образования юридического лица": "ИП", "пбоюл": "ИП", "чп": "ИП", "ипбоюл": "ИП",
    "глава крестьянского фермерского хозяйства": "КФХ", "глава кфх": "КФХ", "ип глава кфх": "КФХ",
    "крестьянское фермерское хозяйство": "КФХ", "кфх": "КФХ", "товарищество с ограниченной ответственностью": "ТОО",
    "частное предприятие": "ЧП", "частное унитарное предприятие": "ЧУП",
    "федеральное государственное унитарное предприятие": "ФГУП", "муниципальное унитарное предприятие": "МУП",
    "государственное унитарное предприятие": "ГУП", "производственный кооператив": "ПК",
    "сельскохозяйственный производственный кооператив": "СПК", "автономная некоммерческая организация": "АНО",
    "некоммерческая организация": "НКО", "товарищество собственников жилья": "ТСЖ",
    "товарищество собственников недвижимости": "ТСН", "садовое некоммерческое товарищество": "СНТ",
    "муниципальное бюджетное учреждение": "МБУ", "государственное бюджетное учреждение": "ГБУ",
    "федеральное государственное бюджетное учреждение": "ФГБУ", "муниципальное казенное учреждение": "МКУ",
    "потребительское общество": "ПО",
    "ооо": "ООО", "одо": "ОДО", "пао": "ПАО", "нао": "НАО", "оао": "ОАО", "зао": "ЗАО", "ао": "АО", "ип": "ИП",
    "тоо": "ТОО", "чуп": "ЧУП", "фгуп": "ФГУП", "муп": "МУП", "гуп": "ГУП", "спк": "СПК", "ано": "АНО", "нко": "НКО",
    "тсж": "ТСЖ", "тсн": "ТСН", "снт": "СНТ", "мбу": "МБУ", "гбу": "ГБУ", "фгбу": "ФГБУ", "мку": "МКУ",
    "фгбоу во": "ФГБУ", "мбоу": "МБУ", "мбдоу": "МБУ",
    "ooo": "ООО", "oao": "ОАО", "zao": "ЗАО", "pao": "ПАО", "ao": "АО", "ip": "ИП", "too": "ТОО",
    "llc": "LLC", "l l c": "LLC", "ltd": "LTD", "limited": "LTD", "co ltd": "LTD", "llp": "LLP", "lp": "LP",
    "plc": "PLC", "inc": "INC", "incorporated": "INC", "corp": "CORP", "corporation": "CORP", "gmbh": "GMBH",
    "ag": "AG", "kg": "KG", "gmbh co kg": "GMBH", "ohg": "OHG", "sa": "SA", "s a": "SA", "sas": "SAS", "sarl": "SARL",
    "srl": "SRL", "spa": "SPA", "s p a": "SPA", "bv": "BV", "b v": "BV", "nv": "NV", "n v": "NV", "oy": "OY",
    "oyj": "OY", "ab": "AB", "as": "AS", "a s": "AS", "aps": "APS", "sp z o o": "SPZOO", "s r o": "SRO", "kft": "KFT",
    "jsc": "АО", "ojsc": "ОАО", "cjsc": "ЗАО", "pjsc": "ПАО",
}  # fmt: skip
_SAME = {"LLC": "ООО", "LTD": "ООО"}
_LONGEST = max(form.count(" ") for form in _FORMS) + 1
_NOT_IN_WORD = re.compile(r"[^\w]+|_")


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, ё as е, everything between them dropped."""
    return _NOT_IN_WORD.sub(" ", text.casefold().replace("ё", "е").replace("&", " and ")).split()


def split_legal_form(name: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the form's code and the words of the name without it; a name that is nothing but a form keeps its words.

    A form counts at the start and at the end, so «Продукты АО» loses it and «Ип и сыновья Трейд» only its first word.
    """
    words = words_of(name)
    form, start = _form_at_start(words)
    other, end = _form_at_end(words, after=start)
    kept = tuple(words[start:end])
    if not kept:
        return None, tuple(words)
    code = form or other
    return (_SAME.get(code, code) if code else None), kept


def _form_at_start(words: list[str]) -> tuple[str | None, int]:
    for length in range(min(_LONGEST, len(words)), 0, -1):
        if code := _FORMS.get(" ".join(words[:length])):
            return code, length
    return None, 0


def _form_at_end(words: list[str], *, after: int) -> tuple[str | None, int]:
    for length in range(min(_LONGEST, len(words) - after), 0, -1):
        if code := _FORMS.get(" ".join(words[-length:])):
            return code, len(words) - length
    return None, len(words)
