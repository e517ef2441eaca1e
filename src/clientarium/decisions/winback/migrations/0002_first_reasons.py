"""The list a firm starts with: what distributors' clients say; each firm makes it its own."""

from django.db import migrations

REASONS = (
    # Russian, English, lies with us
    ("Цена: нашёл дешевле", "Price: found it cheaper", True),
    ("Условия оплаты: нет отсрочки или лимита", "Payment terms: no credit or limit", True),
    ("Доставка: сроки, минимальный заказ", "Delivery: time, minimum order", True),
    ("Не было нужного товара", "We did not have the goods", True),
    ("Качество товара", "Quality of the goods", True),
    ("Обслуживание: забыли, ошиблись, нагрубили", "Service: forgot, erred, were rude", True),
    ("Ушёл за менеджером", "Followed the seller who left", True),
    ("Переманил другой поставщик", "Another supplier won him over", False),
    ("Нет потребности: проект кончился, сменил профиль", "No need: project over, changed business", False),
    ("Сезон или разовая покупка", "Seasonal or a single purchase", False),
    ("Нет денег", "No money", False),
    ("Закрылся", "Closed", False),
    ("Не помнит или не говорит", "Does not remember or does not say", False),
)


def add_reasons(apps, schema_editor):
    reason = apps.get_model("winback", "Reason")
    reason.objects.using(schema_editor.connection.alias).bulk_create(
        reason(title_ru=russian, title_en=english, is_ours=is_ours, place=10 * number)
        for number, (russian, english, is_ours) in enumerate(REASONS, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("winback", "0001_cases_of_winning_back")]

    operations = [migrations.RunPython(add_reasons, migrations.RunPython.noop)]
