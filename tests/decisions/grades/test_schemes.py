"""The text of a scheme: saved only when it reads well, kept in every version, restored."""

import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError
from clientarium.decisions.grades import (
    SchemeVersion,
    check_scheme,
    restore_version,
    save_scheme,
    scheme_path,
    scheme_versions,
    text_hash,
)
from clientarium.decisions.journal import Entry


@pytest.fixture
def text(base):
    return scheme_path("grade").read_text(encoding="utf-8")


def edited(text, words="# ours\n"):
    return words + text


def test_save_replaces_the_file_and_keeps_both_texts(base, text):
    version = save_scheme("grade", text=edited(text), by=base.head, note="a comment")
    assert scheme_path("grade").read_text(encoding="utf-8") == edited(text)
    assert [(v.text, v.by, v.note) for v in scheme_versions("grade")] == [
        (edited(text), base.head, "a comment"),
        (text, None, ""),
    ]
    entry = Entry.objects.get(verb="scheme_saved")
    assert (entry.by, entry.reason, entry.target_id, entry.data["before"]) == (
        base.head, "a comment", str(version.pk), text_hash(text),
    )  # fmt: skip
    assert sorted(path.name for path in scheme_path("grade").parent.iterdir() if path.name.startswith(".")) == []


def test_save_refuses_an_unknown_word_with_its_line_and_changes_nothing(base, text):
    wrong = text.replace("margin_12m", "margn_12m", 1)
    with pytest.raises(UserError, match="margin_12m") as caught:
        save_scheme("grade", text=wrong, by=base.head)
    assert caught.value.place.startswith("categories/grade.yaml:")
    assert scheme_path("grade").read_text(encoding="utf-8") == text
    assert (SchemeVersion.objects.count(), Entry.objects.filter(verb="scheme_saved").count()) == (0, 0)


def test_save_refuses_the_text_of_another_scheme(base, text):
    with pytest.raises(UserError):
        check_scheme("layer", text=text)


def test_save_over_somebody_elses_change_is_refused(base, text):
    save_scheme("grade", text=edited(text), by=base.owner, expected_hash=text_hash(text))
    with pytest.raises(UserError, match="while you were editing"):
        save_scheme("grade", text=edited(text, "# mine\n"), by=base.head, expected_hash=text_hash(text))
    assert scheme_path("grade").read_text(encoding="utf-8") == edited(text)


def test_restore_brings_an_earlier_text_back(base, text):
    save_scheme("grade", text=edited(text), by=base.head)
    shipped = scheme_versions("grade").last()
    restore_version(shipped, by=base.owner, note="as shipped")
    assert scheme_path("grade").read_text(encoding="utf-8") == text
    assert scheme_versions("grade").count() == 3


def test_rules_are_edited_by_owner_and_head(base, text):
    for user in (base.anna, base.marketer, base.support, base.administrator, base.nobody):
        with pytest.raises(PermissionDenied):
            save_scheme("grade", text=edited(text), by=user)
    assert scheme_path("grade").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", ["../policy", "Grade", "класс", "a b", ""])
def test_scheme_path_refuses_what_is_no_name(base, name):
    with pytest.raises(UserError, match="cannot be the name"):
        scheme_path(name)
