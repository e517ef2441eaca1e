"""Ten clients, room for six: the question every firm short of hands asks itself (1.7.1)."""

from django.utils.translation import gettext as _

from clientarium.core.ground import N_
from clientarium.core.strategy import Contender

EXAMPLE_PLACES = 6
EXAMPLE_HOURS = 320
ASSEMBLY = N_("assembly")


def example() -> list[Contender]:
    """Ten clients of a firm that assembles on site; margins of the year in roubles, hours of assembly."""

    def one(
        key: int, name: str, margin: int, need: int, layer: str, grade: str, *, penalty: int = 0, odds: float = 0.0
    ) -> Contender:
        return Contender(key, name, float(margin), {ASSEMBLY: float(need)}, float(penalty), odds, layer, grade)

    return [
        one(1, _("Metal structures plant"), 900_000, 90, "anchor", "A"),
        one(2, _("Bridge builders"), 1_150_000, 120, "growth", "B", penalty=2_000_000, odds=0.3),
        one(3, _("Northern warehouse"), 620_000, 60, "anchor", "A"),
        one(4, _("Dairy"), 480_000, 40, "growth", "B"),
        one(5, _("Car service chain"), 430_000, 70, "growth", "C"),
        one(6, _("Boiler house"), 390_000, 30, "anchor", "B"),
        one(7, _("Shopping centre"), 700_000, 110, "tactical", "C", penalty=1_500_000, odds=0.5),
        one(8, _("Farm"), 240_000, 20, "growth", "C"),
        one(9, _("Furniture workshop"), 150_000, 25, "tactical", "D"),
        one(10, _("Reseller"), 60_000, 45, "noise", "D", penalty=100_000, odds=0.2),
    ]
