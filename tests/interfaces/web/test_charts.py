"""Charts as dicts: rows in, option out."""

from clientarium.interfaces.web import charts
from clientarium.interfaces.web.charts import Flow, LossCell, Pair


def title_of(code: str | None) -> str:
    return code or "—"


def colour_of(code: str | None) -> str:
    return f"token:grade-{(code or 'none').lower()}"


def rank(code: str | None) -> str:
    return code or "Z"


def sankey(flows: list[Flow]) -> charts.Chart:
    return charts.movement_sankey(flows, title_of=title_of, colour_of=colour_of, rank=rank)


def test_movement_sankey_links_categories_by_margin() -> None:
    flows = [
        Flow("A", "A", 10, 900.0, "/x"),
        Flow("A", None, 2, -40.0, "/y"),
        Flow("B", "A", 1, 0.0),
        Flow("C", "C", 0, 0.0),
    ]
    option = sankey(flows).option["series"][0]
    assert [node["name"] for node in option["data"]] == ["0|A", "0|B", "1|A", "1|"]
    assert [(link["source"], link["target"], link["value"], link["url"]) for link in option["links"]] == [
        ("0|A", "1|A", 900.0, "/x"),
        ("0|A", "1|", 1.8, "/y"),
        ("0|B", "1|A", 1.8, ""),
    ]
    assert option["links"][0]["lineStyle"] == {"color": "token:grade-a", "opacity": charts.LINK_OPACITY}


def test_attention_dumbbell_has_a_line_and_two_points_a_category() -> None:
    pairs = [Pair("A", 0.2, 0.6, 112, "/a"), Pair("D", 0.26, 0.02, 700, "/d")]
    series = charts.attention_dumbbell(pairs, attention_title="attention", margin_title="margin").option["series"]
    assert [line["data"] for line in series[:2]] == [[[0.2, "A"], [0.6, "A"]], [[0.26, "D"], [0.02, "D"]]]
    assert [(points["name"], points["data"]) for points in series[2:]] == [
        ("attention", [{"value": [0.2, "A"], "url": "/a"}, {"value": [0.26, "D"], "url": "/d"}]),
        ("margin", [{"value": [0.6, "A"], "url": "/a"}, {"value": [0.02, "D"], "url": "/d"}]),
    ]


def test_loss_heatmap_leaves_empty_cells_empty() -> None:
    cells = [LossCell("2026-09", "2024", 3, 10.0, "/l"), LossCell("2026-10", "2024", 0, 0.0)]
    option = charts.loss_heatmap(cells, months=["2026-09", "2026-10"], years=["2024"]).option
    assert [point["value"] for point in option["series"][0]["data"]] == [["2026-09", "2024", 3]]
    assert (option["visualMap"]["max"], option["xAxis"]["data"]) == (3, ["2026-09", "2026-10"])


def test_concentration_marks_the_half() -> None:
    option = charts.concentration_curve([(1, 0.3), (14, 0.5), (100, 1.0)], half_at=14).option
    assert option["series"][0]["data"] == [[1, 0.3], [14, 0.5], [100, 1.0]]
    assert option["series"][0]["markLine"]["data"] == [{"xAxis": 14}]
    assert "markLine" not in charts.concentration_curve([], half_at=None).option["series"][0]


def test_tooltips_are_rich_text_everywhere() -> None:
    drawn = [
        sankey([]),
        charts.attention_dumbbell([], attention_title="a", margin_title="m"),
        charts.loss_heatmap([], months=[], years=[]),
        charts.concentration_curve([], half_at=None),
    ]
    assert [
        (chart.option["tooltip"]["renderMode"], chart.option["aria"], chart.option["animation"]) for chart in drawn
    ] == [("richText", {"enabled": True}, False)] * 4
