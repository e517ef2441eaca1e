"""A full disk is told as such however deep it hides and whoever says it; a broken one is not taken for a full one."""

import errno
import sqlite3

import pytest
from django.db import OperationalError

from clientarium.decisions.runs.domain import problems


def caused(error: Exception, *, by: Exception) -> Exception:
    error.__cause__ = by
    return error


FULL = [
    OSError(errno.ENOSPC, "write"),
    OSError(errno.EDQUOT, "write"),
    OperationalError("database or disk is full"),
    caused(RuntimeError("step failed"), by=caused(OperationalError("x"), by=sqlite3.OperationalError("disk is full"))),
    RuntimeError("Generic LocalFileSystem error: No space left on device (os error 28)"),
    RuntimeError('could not extend file "base/1/2": no room'),
]
UNSURE = [
    OperationalError("disk I/O error"),
    OperationalError("unable to open database file"),
    caused(RuntimeError("step failed"), by=sqlite3.OperationalError("disk I/O error")),
]


def says_full(error: Exception) -> bool:
    return "The disk is full" in str(problems.problem_of(error)["msgid"])


@pytest.mark.parametrize("error", FULL, ids=str)
def test_full_disk_is_told_whoever_says_it(error):
    assert says_full(error)


@pytest.mark.parametrize("error", UNSURE, ids=str)
def test_unsure_words_mean_a_full_disk_only_where_it_is_full(error, settings, tmp_path, monkeypatch):
    settings.CLIENTARIUM_HOME = tmp_path
    assert not says_full(error)
    monkeypatch.setattr(problems, "LITTLE_SPACE_BYTES", 2**80)  # as much as no disk has: this one is full now
    assert says_full(error)


def test_lock_is_no_full_disk():
    assert not says_full(OperationalError("database is locked"))
