"""Whom to take when capacity is short."""

from django.urls import path

from clientarium.interfaces.web.views import capacity

urlpatterns = [
    path("strategy/capacity/", capacity.page, name="capacity"),
    path("strategy/capacity/play/", capacity.play, name="capacity_play"),
    path("strategy/capacity/make/", capacity.make, name="capacity_make"),
    path("strategy/capacity/<int:list_id>/", capacity.list_page, name="capacity_list"),
    path("strategy/capacity/<int:list_id>/scenario/", capacity.scenario, name="capacity_scenario"),
    path("strategy/capacity/<int:list_id>/rows/<int:position>/", capacity.row, name="capacity_row"),
    path("strategy/capacity/<int:list_id>/drop/", capacity.drop, name="capacity_drop"),
    path("strategy/capacity/<int:list_id>/<int:scenario_id>/<slug:action>/", capacity.do, name="capacity_do"),
]
