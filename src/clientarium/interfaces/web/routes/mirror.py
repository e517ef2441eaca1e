"""The mirror of the business."""

from django.urls import path

from clientarium.interfaces.web.views import mirror, mirror_mix

urlpatterns = [
    path("strategy/mirror/", mirror.page, name="mirror"),
    path("strategy/mirror/health/", mirror.health, name="mirror_health"),
    path("strategy/mirror/strengths/", mirror.strengths, name="mirror_strengths"),
    path("strategy/mirror/discounts/", mirror.discounts, name="mirror_discounts"),
    path("strategy/mirror/repeats/", mirror.repeats, name="mirror_repeats"),
    path("strategy/mirror/valued/", mirror.valued, name="mirror_valued"),
    path("strategy/mirror/valued/ask/", mirror.ask, name="mirror_ask"),
    path("strategy/mirror/resistance/", mirror.resistance, name="mirror_resistance"),
    path("strategy/mirror/composition/", mirror_mix.composition, name="mirror_composition"),
    path("strategy/mirror/behind/", mirror.behind, name="mirror_behind"),
]
