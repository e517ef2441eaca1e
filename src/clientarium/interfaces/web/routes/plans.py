"""The month's plan: all sellers, one of them, decisions about it, the file for payroll."""

from django.urls import path

from clientarium.interfaces.web.views import plan_decisions, plans

urlpatterns = [
    path("plans/", plans.page, name="plans"),
    path("plans/figure/", plan_decisions.figure, name="plan_figure"),
    path("plans/spread/", plan_decisions.spread, name="plan_spread"),
    path("plans/approve/", plan_decisions.approve, name="plan_approve"),
    path("plans/reopen/", plan_decisions.reopen, name="plan_reopen"),
    path("plans/payroll/", plans.payroll, name="plan_payroll"),
    path("plans/<int:seller_id>/", plans.of_seller, name="plan_of_seller"),
    path("plans/<int:seller_id>/override/", plan_decisions.override, name="plan_override"),
    path("plans/clients/<int:client_id>/", plan_decisions.growth, name="plan_growth"),
]
