"""The services of a firm, known by the beginnings of their names, so that «Бухгалтерия» and «accounting» are one."""

SALES, SUPPORT, ACCOUNTING = "sales", "support", "accounting"
WAREHOUSE, LOGISTICS, MARKETING = "warehouse", "logistics", "marketing"
SERVICES = (SALES, SUPPORT, ACCOUNTING, WAREHOUSE, LOGISTICS, MARKETING)

_STEMS = {
    ACCOUNTING: ("бухг", "account", "финанс", "finance"),
    WAREHOUSE: ("склад", "warehouse"),
    LOGISTICS: ("логист", "достав", "транспорт", "экспед", "logist", "deliver"),
    SUPPORT: ("рекламаци", "поддерж", "сервис", "support", "service"),
    MARKETING: ("маркет", "реклам", "market", "advert"),
    SALES: ("продаж", "сбыт", "коммерч", "sale"),
}
"""In this order: «отдел маркетинга и продаж» is marketing, for its letters are no sales talk."""


def service_of(department: str | None, *, default: str) -> str:
    """The service a department of the files belongs to; its own name where it is none of the known ones."""
    name = (department or default).strip()
    folded = name.casefold()
    return next((service for service, stems in _STEMS.items() if any(stem in folded for stem in stems)), name)
