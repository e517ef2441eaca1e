"""The stress test: the page, and its heavy blocks as fragments."""

from django.urls import path

from clientarium.interfaces.web.views import stress

urlpatterns = [
    path("strategy/stress/", stress.page, name="stress"),
    path("strategy/stress/verdict/", stress.verdict, name="stress_verdict"),
    path("strategy/stress/history/", stress.history, name="stress_history"),
    path("strategy/stress/hole/", stress.hole, name="stress_hole"),
    path("strategy/stress/rest/", stress.rest, name="stress_rest"),
    path("strategy/stress/successors/", stress.successors, name="stress_successors"),
    path("strategy/stress/slices/", stress.slices, name="stress_slices"),
    path("strategy/stress/largest/", stress.largest, name="stress_largest"),
]
