"""The five fact tables of the ledger. No names of people, phones or e-mails: `client_id` and keys only."""

from .columns import Column, ColumnType, FactTable

TEXT, INTEGER, DATE = ColumnType.TEXT, ColumnType.INTEGER, ColumnType.DATE
AMOUNT, MINUTES, BOOLEAN = ColumnType.AMOUNT, ColumnType.MINUTES, ColumnType.BOOLEAN

TOUCH_KINDS = ("call", "letter", "meeting", "message", "visit", "ticket", "document", "delivery", "campaign")
TOUCH_DIRECTIONS = ("in", "out")

_IMPORT = Column("import_id", TEXT, True, "Загрузка", "Import", "The load that brought the row.")
_SOURCE = Column("source", TEXT, True, "Источник", "Source", "The system or file profile the row came from.")
_CLIENT = Column(
    "client_id", INTEGER, True, "Клиент", "Client", "Client of the base; aliases are applied when reading."
)
_CURRENCY = Column("currency", TEXT, True, "Валюта", "Currency", "ISO 4217 code of the row's amounts.")

SALES = FactTable(
    name="sales",
    title_ru="Продажи",
    title_en="Sales",
    key="doc_id",
    dated_by="sold_on",
    columns=(
        _IMPORT,
        _SOURCE,
        Column("doc_id", TEXT, False, "Документ", "Document", "Number of the document; null: every line stands alone."),
        Column(
            "line_no", INTEGER, True, "Строка", "Line", "Number of the line in its document (or in the file), from 1."
        ),
        Column("sold_on", DATE, True, "Дата продажи", "Sold on", "Day of the sale."),
        _CLIENT,
        Column("product", TEXT, False, "Товар", "Product", "Code of the product, or its name where there is no code."),
        Column("quantity", AMOUNT, False, "Количество", "Quantity", "In the product's unit; negative in a return."),
        Column("revenue", AMOUNT, True, "Выручка", "Revenue", "In `currency`, after discount; negative in a return."),
        Column("cost", AMOUNT, False, "Себестоимость", "Cost", "In `currency`, of the whole line; null: not known."),
        Column("discount", AMOUNT, False, "Скидка", "Discount", "In `currency`, of the whole line; null: not known."),
        _CURRENCY,
        Column("seller", TEXT, False, "Менеджер", "Seller", "Key of the seller in the source; null: not known."),
        Column("channel", TEXT, False, "Канал", "Channel", "Where it was sold: shop, site, branch; null: not known."),
        Column("is_return", BOOLEAN, True, "Возврат", "Return", "True for a returned or cancelled line."),
    ),
)

TOUCHES = FactTable(
    name="touches",
    title_ru="Касания",
    title_en="Touches",
    key="touch_id",
    dated_by="touched_on",
    columns=(
        _IMPORT,
        _SOURCE,
        Column("touch_id", TEXT, False, "Номер касания", "Touch", "Its number in the source; null: never re-sent."),
        Column("touched_on", DATE, True, "Дата касания", "Touched on", "Day of the touch."),
        _CLIENT,
        Column("kind", TEXT, True, "Вид", "Kind", "One of: " + ", ".join(TOUCH_KINDS) + "."),
        Column(
            "department",
            TEXT,
            False,
            "Отдел",
            "Department",
            "Service of the firm that spent the time; null: not known.",
        ),
        Column("seller", TEXT, False, "Сотрудник", "Employee", "Key of the employee in the source; null: not known."),
        Column("minutes", MINUTES, False, "Минуты", "Minutes", "Measured minutes; null: take the norm of the kind."),
        Column(
            "direction", TEXT, False, "Направление", "Direction", "`in` from the client, `out` to him; null: not known."
        ),
        Column("result", TEXT, False, "Итог", "Result", "Outcome as the source names it; null: not known."),
    ),
)

PAYMENTS = FactTable(
    name="payments",
    title_ru="Платежи",
    title_en="Payments",
    key="doc_id",
    # A re-sent period is a period of what was due; the day of payment appears later in the same row.
    dated_by="coalesce(due_on, paid_on)",
    columns=(
        _IMPORT,
        _SOURCE,
        Column("doc_id", TEXT, False, "Документ", "Document", "The document paid for; null: a payment on account."),
        Column("due_on", DATE, False, "Срок оплаты", "Due on", "Last day to pay; null: no term."),
        Column("paid_on", DATE, False, "Оплачено", "Paid on", "Day of payment; null: not paid yet."),
        _CLIENT,
        Column("amount", AMOUNT, True, "Сумма", "Amount", "In `currency`; negative when paid back."),
        _CURRENCY,
    ),
)

PRODUCTS = FactTable(
    name="products",
    title_ru="Товары",
    title_en="Products",
    key="product",
    dated_by="",
    columns=(
        _IMPORT,
        _SOURCE,
        Column("product", TEXT, True, "Товар", "Product", "Code as in sales, or the name where there is no code."),
        Column("name", TEXT, False, "Название", "Name", "Name of the product."),
        Column("product_group", TEXT, False, "Группа", "Group", "Group of goods; null: not known."),
        Column("unit", TEXT, False, "Единица", "Unit", "Unit of quantity: piece, kg; null: not known."),
    ),
)

SELLERS = FactTable(
    name="sellers",
    title_ru="Менеджеры",
    title_en="Sellers",
    key="seller",
    dated_by="",
    columns=(
        _IMPORT,
        _SOURCE,
        Column(
            "seller", TEXT, True, "Ключ", "Key", "Key as in sales; the person's name is kept with people, not here."
        ),
        Column("department", TEXT, False, "Отдел", "Department", "Service of the firm; null: not known."),
        Column("started_on", DATE, False, "Начал", "Started on", "First working day; null: not known."),
        Column("left_on", DATE, False, "Ушёл", "Left on", "Last working day; null: still works."),
    ),
)

FACT_TABLES = {table.name: table for table in (SALES, TOUCHES, PAYMENTS, PRODUCTS, SELLERS)}
