"""The first page and what the frame itself asks for."""

from django.urls import path

from clientarium.interfaces.web.views import palette, pulse

urlpatterns = [
    path("", pulse.page, name="pulse"),
    path("search/", palette.answer, name="palette"),
]
