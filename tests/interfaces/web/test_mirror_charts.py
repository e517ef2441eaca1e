"""The charts and sentences of the mirror, from rows made in sight."""

from datetime import date
from decimal import Decimal

from clientarium.core.readings import Cut, Part, Tally
from clientarium.core.strategy import Estimate
from clientarium.decisions.mirror import Division, Verdict
from clientarium.decisions.mirror.domain.strength import Strengths, judged
from clientarium.interfaces.web.mirror_charts import mix_chart, strength_chart
from clientarium.interfaces.web.mirror_words import points, strong_sentence

NOW = date(2026, 1, 31)


def found(margins: dict[str | None, float], *, buyers: int = 2) -> Strengths:
    """Twenty heaps of each group; `buyers` in every heap, all of whom stayed; the margin per cent as given."""
    tallies = [
        Tally(
            group=group, heap=heap, clients=buyers, bought=buyers, bought_before=buyers, stayed=buyers, repeated=0,
            revenue=100.0, revenue_with_cost=100.0, margin=100 * margin + heap % 3, list_price=0.0, discount=0.0,
            told=0, undiscounted=0,
        )
        for group, margin in margins.items()
        for heap in range(20)
    ]  # fmt: skip
    return judged(Division("segment", "Сегмент", Cut.CLIENT, "segment"), NOW, "margin", tallies)


def test_strong_weak_and_unfilled_are_told_apart(settings: object) -> None:
    told = found({"Ива's": 0.4, "Дуб": 0.2, None: 0.3})
    assert {line.group: line.verdict for line in told.lines} == {
        "Ива's": Verdict.STRONG,
        "Дуб": Verdict.WEAK,
        None: Verdict.NONE,
    }
    assert strong_sentence(told) == "Сильны: Ива's. Слабы: Дуб."


def test_a_group_of_few_buyers_is_not_judged() -> None:
    told = found({"Ива": 0.4, "Дуб": 0.2}, buyers=0)
    assert {line.verdict for line in told.lines} == {Verdict.FEW}
    assert strength_chart(told) is None
    assert "судить не по чему" in strong_sentence(told)


def test_what_nobody_filled_in_is_said_so() -> None:
    assert strong_sentence(found({None: 0.3})).startswith("«Сегмент» нигде не заполнено")


def test_the_chart_draws_each_judged_group_with_its_interval_and_link() -> None:
    chart = strength_chart(found({"Ива's": 0.4, "Дуб": 0.2, None: 0.3}))
    assert chart is not None
    assert chart.option["yAxis"]["data"] == ["Дуб", "Ива's"]
    dots = chart.option["series"][-1]["data"]
    assert [(dot["symbol"], dot["url"]) for dot in dots] == [
        ("diamond", "/clients/?where=segment+%3D+%27%D0%94%D1%83%D0%B1%27"),
        ("triangle", "/clients/?where=segment+%3D+%27%D0%98%D0%B2%D0%B0%27%27s%27"),
    ]
    assert [row[0].value for row in chart.rows] == ["Ива's", "Дуб"]


def test_the_mix_is_in_shares_and_a_loss_counts_as_nought() -> None:
    parts = [
        Part(NOW, "anchor", 3, Decimal(75)),
        Part(NOW, "growth", 5, Decimal(25)),
        Part(NOW, "noise", 9, Decimal(-40)),
        Part(NOW, None, 7, Decimal(500)),
    ]
    chart = mix_chart(parts, scheme="layer", title_of=str)
    assert [(one["name"], one["data"]) for one in chart.option["series"]] == [
        ("anchor", [0.75]),
        ("growth", [0.25]),
        ("noise", [0.0]),
    ]
    assert chart.rows[0][-1].value == 17


def test_a_gap_is_said_in_points_with_its_interval() -> None:
    gap = points(Estimate(0.0411, -0.007, 0.09))
    assert gap is not None
    assert (gap.text, gap.interval, gap.is_certain) == ("+4,1 п. п.", "от −0,7 до +9,0", False)
    assert points(Estimate(None)) is None
