"""How right the forecast is."""

from django.urls import path

from clientarium.interfaces.web.views import accuracy

urlpatterns = [
    path("accuracy/", accuracy.page, name="accuracy"),
    path("accuracy/check/", accuracy.start, name="check_accuracy"),
]
