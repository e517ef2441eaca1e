"""The keep-wave: the leader opens, closes and approves; each seller marks his own clients."""

from django.urls import path

from clientarium.interfaces.web.views import wave_changes, wave_choice, waves

urlpatterns = [
    path("waves/", waves.page, name="waves"),
    path("waves/open/", wave_changes.start, name="wave_open"),
    path("waves/<int:wave_id>/", waves.of_wave, name="wave"),
    path("waves/<int:wave_id>/do/", wave_changes.do, name="wave_do"),
    path("waves/<int:wave_id>/mine/", wave_choice.page, name="wave_mine"),
    path("waves/<int:wave_id>/mark/", wave_choice.mark, name="wave_mark"),
    path("waves/<int:wave_id>/first/", wave_choice.first, name="wave_first"),
]
