"""Routes of this part; its builder owns this file."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
