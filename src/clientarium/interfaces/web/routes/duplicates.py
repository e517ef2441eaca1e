"""Cards that look like one client: the queue, two of them side by side, merges made, the rule."""

from django.urls import path

from clientarium.interfaces.web.views import duplicates, merges

urlpatterns = [
    path("duplicates/", duplicates.page, name="duplicates"),
    path("duplicates/search/", duplicates.search_all, name="search_duplicates"),
    path("duplicates/compare/", duplicates.compare, name="compare_cards"),
    path("duplicates/merge/", duplicates.merge, name="merge_cards"),
    path("duplicates/apart/", duplicates.apart, name="not_duplicates"),
    path("duplicates/merges/", merges.page, name="merges"),
    path("duplicates/merges/<int:merge_id>/undo/", merges.undo, name="undo_merge"),
    path("duplicates/answers/", merges.answers, name="duplicate_answers"),
    path("duplicates/rule/", merges.rule, name="merge_rule"),
]
