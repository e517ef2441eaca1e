from tools.metrics_manual import stale_pages


def test_pages_of_the_manual_are_current():
    assert stale_pages() == []
