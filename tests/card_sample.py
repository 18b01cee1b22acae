"""A scorecard of any regions for the tests of its tab: the last region has no rank, one pillar stands empty."""

from collections.abc import Sequence

from maps.page.stories.scorecard_story import CardFigure, CardRow, ScorecardStory
from regions.words import Words

CHOICES = (Words("the scale", "标准化方法"), Words("the weights", "权重"))
PILLARS = ((Words("research", "研究"), None), (Words("models", "模式"), Words("no <open> data", "无公开数据")))


def build_card_story(codes: Sequence[str], beside: tuple[tuple[str, ...], ...] = ()) -> ScorecardStory:
    """Rank the regions in their order; the second may be anywhere. ``beside``: what stands side by side at first."""
    n = len(codes) - 1
    rows = [_build_row(code, place, n) for place, code in enumerate(codes[:-1], start=1)]
    rows.append(CardRow(codes[-1], None, None, None, None, (None, None)))
    index, growth = Words("Index, 2023", "指数，2023 年"), Words("Growth", "增长")
    figures = (
        CardFigure(index, Words("Rank", "位次"), {code: float(i + 1) for i, code in enumerate(codes[:-1])}, "span"),
        CardFigure(index, Words("Score (0-1)", "得分（0—1）"), {code: 0.5 - i / 10 for i, code in enumerate(codes)}),
        CardFigure(
            growth,
            Words("Growth (%)", "增速（%）"),
            {code: float(i) for i, code in enumerate(codes)},
            "weighted",
            {code: 1.0 + 2.0 * i for i, code in enumerate(codes)},
        ),
        CardFigure(growth, Words("Added", "增量"), dict.fromkeys(codes, 1234.0), "sum"),
    )
    return ScorecardStory(
        Words("First is first; <b>no</b> finding", "第一；不能作结论"),
        Words("Index of research", "研究指数"),
        Words("Intervals: 90 % of ways.", "区间：90% 的做法。"),
        PILLARS,
        CHOICES,
        tuple(rows),
        figures=figures,
        groups=((Words("Front", "前组"), tuple(codes[:2])), (Words("Back", "后组"), tuple(codes[1:]))),
        sentences=(Words("Of the whole.", "总体如此。"),),
        beside=beside,
    )


def _build_row(code: str, place: int, n: int) -> CardRow:
    low, high = (1.0, float(n)) if place == 2 else (float(place), float(place))
    return CardRow(
        code,
        float(place),
        low,
        high,
        1.0 / place,
        (1.0 / place, None),
        (0.6, 0.2) if place == 2 else (),
        told=Words(f"Told of {code}.", f"说明 {code}。"),
        facts=((Words("Momentum, an analogy", "动能（类比）"), Words("+12", "增量 12")),),
        peers=(),
    )
