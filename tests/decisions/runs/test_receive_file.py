"""A received file is kept whole under its hash, once."""

import hashlib
import io

import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError
from clientarium.decisions.runs import ReceivedFile, path_of, receive_file

BYTES = b"date;client;revenue\n2026-01-01;Birch;100\n"


class FullDisk(io.BytesIO):
    """Stands for the outside world: a stream whose second chunk meets a full disk."""

    def read(self, size=-1):
        import errno

        if self.tell():
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().read(10)


def test_receive_file_keeps_the_bytes_under_their_hash(home, cast):
    received = receive_file(io.BytesIO(BYTES), name="sales.csv", by=cast.owner)
    assert (received.sha256, received.size, received.name) == (hashlib.sha256(BYTES).hexdigest(), 41, "sales.csv")
    assert path_of(received).read_bytes() == BYTES
    assert [path.name for path in (home / "files").iterdir()] == [received.sha256]


def test_receive_file_recognises_the_same_bytes_under_another_name(home, cast):
    first = receive_file(io.BytesIO(BYTES), name="sales.csv", by=cast.owner)
    again = receive_file(io.BytesIO(BYTES), name="sales (1).csv", by=cast.head)
    assert (again.pk, again.name, again.received_by) == (first.pk, "sales.csv", cast.owner)
    assert ReceivedFile.objects.count() == 1


def test_receive_file_takes_only_the_last_part_of_a_name(home, cast):
    names = ["../../etc/passwd", "C:\\Users\\Ольга\\продажи.xlsx", "a\x00b\n.csv", ""]
    got = [receive_file(io.BytesIO(BYTES + name.encode()), name=name, by=cast.owner).name for name in names]
    assert got == ["passwd", "продажи.xlsx", "ab.csv", "file"]


def test_receive_file_refuses_an_empty_file_and_keeps_nothing(home, cast):
    with pytest.raises(UserError, match="is empty"):
        receive_file(io.BytesIO(b""), name="empty.csv", by=cast.owner)
    assert list((home / "files").iterdir()) == []


def test_receive_file_refuses_a_file_over_the_limit(home, cast, settings):
    settings.CLIENTARIUM_UPLOAD_LIMIT_BYTES = 40
    with pytest.raises(UserError, match="is larger than"):
        receive_file(io.BytesIO(BYTES), name="big.csv", by=cast.owner)
    assert list((home / "files").iterdir()) == []


def test_receive_file_says_that_the_disk_is_full(home, cast):
    with pytest.raises(UserError, match="disk is full"):
        receive_file(FullDisk(BYTES), name="sales.csv", by=cast.owner)
    assert list((home / "files").iterdir()) == []
    assert ReceivedFile.objects.count() == 0


def test_receive_file_is_for_those_who_may_import(home, cast):
    for user in (cast.anna, cast.marketer, cast.support, cast.nobody):
        with pytest.raises(PermissionDenied):
            receive_file(io.BytesIO(BYTES), name="sales.csv", by=user)
    assert ReceivedFile.objects.count() == 0
