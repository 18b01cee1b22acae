"""The figures of a scorecard, with what stands round them."""

from collections.abc import Callable, Iterator

import pandas as pd

from maps.report.plot_style import Figure, Voice
from maps.report.scorecard_figures.density_figure import Spread, draw_densities
from maps.report.scorecard_figures.figure_frame import FigureText
from maps.report.scorecard_figures.lorenz_figure import draw_lorenz
from maps.report.scorecard_figures.rank_figure import draw_rank_figures
from maps.report.scorecard_figures.sigma_figure import draw_sigma
from maps.report.scorecard_figures.transition_figure import draw_transitions
from regionet.steps.scorecard.scorecard_result import Scorecard
from regions.words import Words

_NOTHING = Words("", "")
_SCORE = Words("Index (0-1)", "综合指数（0—1）")


def draw_scorecard_figures(card: Scorecard, voice: Voice) -> list[Figure]:
    """Draw the figures that the tables of a scorecard bear, in the order in which they are read."""
    return [figure for draw in _FIGURES for figure in draw(card, voice)]


def _name_source(card: Scorecard) -> Words:
    """Return whence the indicators are; the study by its title where it does not say."""
    told = [note.words for note in card.study.sources if note.about in {"", "indicators"}]
    words = told[0] if told else card.study.title
    en, zh = words.en.removeprefix("Indicators: "), words.zh.removeprefix("指标：")
    return Words(f"{en.rstrip('.')}; computed with regionet.", f"{zh.rstrip('。')}；由 regionet 计算。")


def _write_text(card: Scorecard, title: Words, note: Words) -> FigureText:
    return FigureText(title, note, _name_source(card), _NOTHING)


def _draw_ranks(card: Scorecard, voice: Voice) -> Iterator[Figure]:
    table, query, year = card.tables["index"], card.query, card.index.panel.years[-1]
    rows = table[table["year"] == year]
    without = int(rows["rank"].isna().sum())
    lacking = Words(
        f" {without} regions have too few values for a rank, or none." if without else "",
        f"{without} 个地区数据过少或没有，故无位次。" if without else "",
    )
    title = Words(
        f"{card.index.title.en}, {year}: ranks and how far they move",
        f"{card.index.title.zh}：{year} 年位次及其变动范围",
    )
    note = Words(
        f"Dot: rank by the way chosen; bar: ranks that {query.level:.0%} of {query.draws:,} ways to make the index "
        "give (scale, weights, sum, missing values, one indicator left out; errors of the data are not in it). Hollow: "
        f"the bar spans more than a third of the list, the rank is no finding.{lacking.en}",
        f"圆点为所选做法的位次，横条为 {query.draws:,} 种做法（标准化、权重、合成、缺失规则、剔除一个指标）中 "
        f"{query.level:.0%} 给出的位次，不含数据误差。空心：横条超过全表三分之一，位次不能作为结论。{lacking.zh}",
    )
    yield from draw_rank_figures(rows, voice, _write_text(card, title, note))


def _draw_densities(card: Scorecard, voice: Voice) -> Iterator[Figure]:
    table = card.tables.get("densities")
    if table is None:
        return
    spreads = []
    if "lorenz" in card.tables:
        factor, unit = _find_money(card)
        curves = table[table["of"] == "per_head"]
        curves = curves.assign(value=curves["value"] / factor, density=curves["density"] * factor)
        spreads.append(Spread(Words(f"Product per head ({unit.en})", f"人均产出（{unit.zh}）"), curves))
    spreads.append(Spread(_SCORE, table[table["of"] == "score"]))
    title = Words("How regions are spread, by year", "各地区的分布：分年核密度")
    note = Words(
        "Gaussian kernels with Scott's bandwidth, each region counts once. A second hump may be a second group of "
        "regions; that there is one is no test. Scores of years with other indicators compare badly.",
        "高斯核、Scott 带宽，各地区等权。出现第二个峰可能意味着另一组地区，但不构成检验；指标不全的年份得分可比性弱。",
    )
    yield draw_densities(spreads, voice, _write_text(card, title, note))


def _find_money(card: Scorecard) -> tuple[float, Words]:
    """Return how many units of money are shown as one, and what that is called, with its prices."""
    table = card.tables["lorenz"]
    unit = Words(str(table["unit"].iloc[0]), str(table["unit_zh"].iloc[0]))
    factor, word = (
        (10_000.0, Words("10,000 ", "万")) if unit.zh.startswith("元") else (1_000.0, Words("thousand ", "千"))
    )
    if not unit.en or table["per_head"].max() < factor:
        return 1.0, unit
    return factor, Words(f"{word.en}{unit.en}", f"{word.zh}{unit.zh}")


def _draw_lorenz(card: Scorecard, voice: Voice) -> Iterator[Figure]:
    table = card.tables.get("lorenz")
    if table is None:
        return
    unit = Words(str(table["unit"].iloc[0]), str(table["unit_zh"].iloc[0]))
    title = Words("Balance between regions: Lorenz curves of product", "地区间的均衡程度：产出的洛伦兹曲线")
    note = Words(
        f"Product in {unit.en}; regions in the order of product per head, weighted by people. The farther below the "
        "line, the more unequal regions are; what people within a region earn is not in it.",
        f"产出单位：{unit.zh}；地区按人均产出排序、以人口加权。曲线离对角线越远，地区差距越大；不含地区内部的差距。",
    )
    yield draw_lorenz(table, voice, _write_text(card, title, note))


def _draw_transitions(card: Scorecard, voice: Voice) -> Iterator[Figure]:
    table = card.tables.get("markov")
    if table is None:
        return
    rows = table[table["chain"] == "all"]
    title = Words("Transitions between quartiles of real product per head", "实际人均产出四分位之间的转移")
    note = Words(
        "Share of the row, below it the number of region-years; quartiles of each year. Hatched: fewer than five "
        "moves, the share says nothing. Shares near 1 on the diagonal: who is poor stays poor from year to year.",
        "上为行内比例，下为地区年份数；按各年自身的四分位划分。斜线：不足五次，比例没有意义。"
        "对角线接近 1，表示等级逐年稳定。",
    )
    yield draw_transitions(rows, voice, _write_text(card, title, note))


def _draw_sigma(card: Scorecard, voice: Voice) -> Iterator[Figure]:
    table = card.tables.get("sigma")
    if table is None:
        return
    title = Words("Sigma convergence: spread of real product per head", "σ 收敛：实际人均产出的离散程度")
    note = Words(
        "Standard deviation of logarithms, regions known in every year, unweighted; band: 95 % by resampling regions. "
        "Intervals of two years may overlap although the change is sure: sigma.csv has the change and its interval.",
        "对数标准差，只含各年均有数据的地区，不加权；色带为重抽样地区的 95% 区间。两年区间重叠时差异仍可能可靠："
        "变化及其区间见 sigma.csv。",
    )
    yield draw_sigma(table, voice, _write_text(card, title, note))


_FIGURES: tuple[Callable[[Scorecard, Voice], Iterator[Figure]], ...] = (
    _draw_ranks,
    _draw_densities,
    _draw_lorenz,
    _draw_transitions,
    _draw_sigma,
)


def tabulate_figures(figures: list[Figure]) -> pd.DataFrame:
    """Return file, title and alternative text of each figure in both languages."""
    rows = [(f"{figure.name}.svg", *figure.caption, *figure.alt) for figure in figures]
    return pd.DataFrame(rows, columns=["file", "title", "title_zh", "alt", "alt_zh"])
