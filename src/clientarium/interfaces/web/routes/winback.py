"""Clients who stopped buying: the week, one client's form, results, why they leave, the list of reasons."""

from django.urls import path

from clientarium.interfaces.web.views import winback, winback_case, winback_report

urlpatterns = [
    path("winback/", winback.page, name="winback"),
    path("winback/lost/", winback.lost, name="winback_lost"),
    path("winback/results/", winback.results, name="winback_results"),
    path("winback/report/", winback_report.page, name="winback_report"),
    path("winback/reasons/", winback_report.reasons, name="winback_reasons"),
    path("winback/reasons/new/", winback_report.new_reason, name="winback_reason_new"),
    path("winback/reasons/<int:reason_id>/", winback_report.reason, name="winback_reason"),
    path("winback/reasons/<int:reason_id>/removal/", winback_report.removal, name="winback_reason_removal"),
    path("winback/sellers/<int:seller_id>/", winback.of_seller, name="winback_seller"),
    path("winback/<int:client_id>/", winback_case.form, name="winback_case"),
    path("winback/<int:client_id>/known/", winback_case.known, name="winback_known"),
    path("winback/<int:client_id>/take/", winback_case.take, name="winback_take"),
    path("winback/<int:client_id>/close/", winback_case.close, name="winback_close"),
    path("winback/<int:client_id>/reopen/", winback_case.reopen, name="winback_reopen"),
]
