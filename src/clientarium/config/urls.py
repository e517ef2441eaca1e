"""The one URL table: the web (the API comes in a later issue)."""

from django.urls import include, path

urlpatterns = [path("", include("clientarium.interfaces.web.urls"))]
handler400 = "clientarium.interfaces.web.errors.bad_request"
handler403 = "clientarium.interfaces.web.errors.forbidden"
handler404 = "clientarium.interfaces.web.errors.not_found"
handler500 = "clientarium.interfaces.web.errors.server_error"
