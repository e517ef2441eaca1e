"""The clock, its rule and exceptions; the regulation made of the rules in force."""

from django.urls import path

from clientarium.interfaces.web.views import clock, clock_changes, regulation

urlpatterns = [
    path("clock/", clock.page, name="clock"),
    path("clock/rule/", clock_changes.set_rule, name="clock_rule"),
    path("clock/rule/<int:rule_id>/withdraw/", clock_changes.withdraw, name="clock_rule_withdraw"),
    path("clock/sellers/<int:seller_id>/rule/", clock_changes.set_own, name="clock_own_rule"),
    path("clock/sellers/<int:seller_id>/soon/", clock.soon, name="clock_soon"),
    path("clock/exceptions/<int:exception_id>/", clock_changes.decide, name="clock_exception"),
    path("clients/<int:client_id>/clock/", clock.of_client, name="client_clock"),
    path("clients/<int:client_id>/clock/exception/", clock_changes.ask, name="client_exception"),
    path("regulation/", regulation.page, name="regulation"),
    path("regulation.pdf", regulation.as_pdf, name="regulation_pdf"),
]
