"""A line of the day may be about winning a client back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0003_client_city_index"),
        ("contacts", "0001_contacts_with_clients"),
        ("people", "0001_people"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="plannedcall",
            name="call_kind_is_known",
        ),
        migrations.AlterField(
            model_name="plannedcall",
            name="kind",
            field=models.CharField(
                choices=[
                    ("agreed", "Agreed with the client"),
                    ("quote", "Quote waits for an answer"),
                    ("due", "Usually orders about now"),
                    ("overdue", "The order is late"),
                    ("second_purchase", "Bought once: lead to the second purchase"),
                    ("anchor_silent", "An anchor keeps silent"),
                    ("thrown_away", "Thrown away after mistimed calls"),
                    ("win_back", "Win back"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedcall",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "agreed",
                            "quote",
                            "due",
                            "overdue",
                            "second_purchase",
                            "anchor_silent",
                            "thrown_away",
                            "win_back",
                        ],
                    )
                ),
                name="call_kind_is_known",
            ),
        ),
    ]
