import hashlib

from clientarium.core.ground import content_hash, sha256_of
from clientarium.core.ground.ids import READ_BYTES


def test_sha256_of_a_file_longer_than_one_read(tmp_path):
    content = b"birch" * READ_BYTES
    (tmp_path / "file").write_bytes(content)
    assert sha256_of(tmp_path / "file") == hashlib.sha256(content).hexdigest()


def test_content_hash_tells_where_a_part_ends():
    assert content_hash("ab", "c") != content_hash("a", "bc")
    assert content_hash("ab", b"c") == content_hash(b"ab", "c")
