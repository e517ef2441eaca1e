"""The first page with its blocks, and what the frame itself asks for."""

from django.urls import path

from clientarium.interfaces.web.views import palette, pulse, pulse_movement

urlpatterns = [
    path("", pulse.page, name="pulse"),
    path("pulse/movement/", pulse_movement.movement, name="pulse_movement"),
    path("pulse/behind/", pulse_movement.behind, name="pulse_behind"),
    path("pulse/losses/", pulse_movement.losses, name="pulse_losses"),
    path("pulse/attention/", pulse.attention, name="pulse_attention"),
    path("pulse/abc/", pulse.abc, name="pulse_abc"),
    path("pulse/concentration/", pulse.concentration, name="pulse_concentration"),
    path("pulse/decisions/", pulse.decisions, name="pulse_decisions"),
    path("search/", palette.answer, name="palette"),
]
