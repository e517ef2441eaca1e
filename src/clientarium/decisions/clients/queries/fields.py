"""The company's own fields as words of the expression language."""

from django.db.models import QuerySet

from clientarium.core.ground.expressions import Name, ValueType

from ..choices import FieldType
from ..models import CustomField

VALUE_TYPES = {
    FieldType.TEXT: ValueType.TEXT,
    FieldType.NUMBER: ValueType.NUMBER,
    FieldType.DATE: ValueType.DATE,
    FieldType.CHOICE: ValueType.TEXT,
    FieldType.YES_NO: ValueType.BOOLEAN,
}


def custom_fields() -> QuerySet[CustomField]:
    """Fields in use; removed ones keep their values but are shown nowhere."""
    return CustomField.objects.filter(is_removed=False)


def custom_field_names() -> list[Name]:
    """`f_<slug>` of every field in use."""
    return [name_of_field(field) for field in custom_fields()]


def name_of_field(field: CustomField) -> Name:
    return Name(
        field.word,
        VALUE_TYPES[FieldType(field.type)],
        field.title_ru,
        field.title_en or field.title_ru,
        tuple(field.choices) if field.type == FieldType.CHOICE else None,
    )
