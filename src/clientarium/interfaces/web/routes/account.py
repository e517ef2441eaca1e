"""Signing in and out, one's own settings, the company's people and the journal. Names `account_*` are allauth's own."""

from django.urls import path

from clientarium.interfaces.web import accounts
from clientarium.interfaces.web.views import journal, settings, users

urlpatterns = [
    path("login/", accounts.sign_in, name="account_login"),
    path("logout/", accounts.sign_out, name="account_logout"),
    path("settings/", settings.page, name="settings"),
    path("settings/appearance/", settings.appearance, name="appearance"),
    path("settings/password/", accounts.change_password, name="account_change_password"),
    path("settings/users/", users.page, name="users"),
    path("settings/users/new/", users.new, name="user_new"),
    path("settings/users/<int:user_id>/", users.edit, name="user"),
    path("settings/users/<int:user_id>/password/", users.password, name="user_password"),
    path("settings/users/<int:user_id>/activity/", users.activity, name="user_activity"),
    path("journal/", journal.page, name="journal"),
]
