"""The queue of background work and the pulse button."""

from django.urls import path

from clientarium.interfaces.web.views import runs

urlpatterns = [
    path("runs/", runs.page, name="runs"),
    path("runs/list/", runs.fragment, name="runs_list"),
    path("runs/pulse/", runs.start, name="start_pulse"),
    path("runs/<int:run_id>/cancel/", runs.cancel, name="cancel_run"),
]
