from tools.generated import metric_pages


def test_pages_of_the_manual_are_current():
    assert [path for path, text in metric_pages() if path.read_text(encoding="utf-8") != text] == []
