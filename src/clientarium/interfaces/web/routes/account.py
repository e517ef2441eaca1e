"""Signing in and out, and one's own settings. The names are allauth's own: it reverses them."""

from django.urls import path

from clientarium.interfaces.web import accounts
from clientarium.interfaces.web.views import settings

urlpatterns = [
    path("login/", accounts.sign_in, name="account_login"),
    path("logout/", accounts.sign_out, name="account_logout"),
    path("settings/password/", accounts.change_password, name="account_change_password"),
    path("settings/", settings.page, name="settings"),
    path("settings/appearance/", settings.appearance, name="appearance"),
]
