"""The ladder of release: groups, scenarios, decisions and what came of them."""

from django.urls import path

from clientarium.interfaces.web.views import release_changes, releases

urlpatterns = [
    path("strategy/releases/", releases.page, name="releases"),
    path("strategy/releases/groups/", releases.groups, name="releases_groups"),
    path("strategy/releases/new/", releases.new, name="releases_new"),
    path("strategy/releases/ladder/", releases.scenarios, name="releases_ladder"),
    path("strategy/releases/decide/", release_changes.decide, name="releases_decide"),
    path("strategy/releases/<int:release_id>/", releases.one, name="release"),
    path("strategy/releases/<int:release_id>/effect/", releases.effect, name="release_effect"),
    path("strategy/releases/<int:release_id>/stop/", release_changes.stop, name="release_stop"),
    path("strategy/releases/<int:release_id>/<slug:action>/", release_changes.do, name="release_do"),
]
