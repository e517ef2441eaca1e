"""Attention against margin, and the norms it is counted by."""

from django.urls import path

from clientarium.interfaces.web.views import attention, norms

urlpatterns = [
    path("strategy/attention/", attention.page, name="attention"),
    path("strategy/attention/load/", attention.load, name="attention_load"),
    path("strategy/attention/whale/", attention.whale, name="attention_whale"),
    path("strategy/attention/clients/", attention.clients, name="attention_clients"),
    path("strategy/norms/", norms.page, name="norms"),
    path("strategy/norms/preview/", norms.preview, name="norms_preview"),
    path("strategy/norms/save/", norms.save, name="norms_save"),
    path("strategy/norms/departments/", norms.name_departments, name="norms_departments"),
    path("strategy/norms/<int:version_id>/restore/", norms.restore, name="norms_restore"),
]
