"""The outcomes: whether the base grows stronger."""

from django.urls import path

from clientarium.interfaces.web.views import outcomes

urlpatterns = [
    path("strategy/outcomes/", outcomes.page, name="outcomes"),
    path("strategy/outcomes/found/", outcomes.found, name="outcomes_found"),
]
