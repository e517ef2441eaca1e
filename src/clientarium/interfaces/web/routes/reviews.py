"""Reviews: the list, the half-year's review, the quarter's session on categories, decisions and the protocol."""

from django.urls import path

from clientarium.interfaces.web.views import review_decisions, review_session, reviews

urlpatterns = [
    path("reviews/", reviews.page, name="reviews"),
    path("reviews/open/", reviews.begin, name="review_open"),
    path("reviews/mine/", review_decisions.mine, name="my_decisions"),
    path("reviews/decisions/new/", review_decisions.new, name="review_decision_new"),
    path("reviews/decisions/<int:decision_id>/", review_decisions.change, name="review_decision"),
    path("reviews/decisions/<int:decision_id>/end/", review_decisions.end, name="review_decision_end"),
    path("reviews/decisions/<int:decision_id>/resume/", review_decisions.resume, name="review_decision_resume"),
    path("reviews/grades/<int:review_id>/", review_session.page, name="review_session"),
    path("reviews/grades/<int:review_id>/moves/", review_session.moves, name="review_session_moves"),
    path("reviews/grades/<int:review_id>/confirm/", review_session.confirm, name="review_session_confirm"),
    path("reviews/grades/<int:review_id>/dismiss/", review_session.dismiss, name="review_session_dismiss"),
    path(
        "reviews/grades/<int:review_id>/override/<int:proposal_id>/",
        review_session.override,
        name="review_session_override",
    ),
    path("reviews/<int:review_id>/", reviews.review, name="review"),
    path("reviews/<int:review_id>/before/", reviews.before, name="review_before"),
    path("reviews/<int:review_id>/questions/<slug:question>/", reviews.rest, name="review_rest"),
    path("reviews/<int:review_id>/questions/<slug:question>/note/", reviews.note, name="review_note"),
    path("reviews/<int:review_id>/meeting/", reviews.meeting, name="review_meeting"),
    path("reviews/<int:review_id>/close/", reviews.close, name="review_close"),
    path("reviews/<int:review_id>/reopen/", reviews.reopen, name="review_reopen"),
    path("reviews/<int:review_id>/protocol/", reviews.protocol_page, name="review_protocol"),
    path("reviews/<int:review_id>/protocol.pdf", reviews.protocol_pdf, name="review_protocol_pdf"),
    path("reviews/<int:review_id>/protocol.docx", reviews.protocol_docx, name="review_protocol_docx"),
]
