"""Figures of all regions for two of them, or two groups, side by side."""

from collections.abc import Iterator, Mapping

import pandas as pd

from maps.page.stories.scorecard_story import CardFigure
from regionet.steps.scorecard.figure_units import PERCENT, find_figure_units, put_unit
from regionet.steps.scorecard.scorecard_result import Scorecard
from regions.schemes.indicator_scheme import read_scheme
from regions.schemes.indicator_values import compute_indicators
from regions.words import Words

_INDEX, _GROWTH = Words("Index", "综合指数"), Words("Product and growth", "产出与增长")
_COUPLING, _CONDITIONS = Words("Coupling", "耦合协调"), Words("Conditions", "条件")
_SHARE = Words("0-1", "0—1")


def list_card_figures(card: Scorecard) -> Iterator[CardFigure]:
    """List the figures of the last year of each part: index and pillars, coupling, growth, conditions."""
    yield from _list_index_figures(card)
    yield from _list_coupling_figures(card)
    yield from _list_growth_figures(card)
    yield from _list_condition_figures(card)


def _take(table: pd.DataFrame, column: str) -> "dict[str, float | None]":
    last = table[table["year"] == table["year"].max()].set_index("code")[column]
    return {str(code): None if pd.isna(value) else float(value) for code, value in last.items()}


def _date(section: Words, year: int) -> Words:
    return Words(f"{section.en}, {year}", f"{section.zh}，{year} 年")


def _list_index_figures(card: Scorecard) -> Iterator[CardFigure]:
    table = card.tables["index"]
    year = int(table["year"].max())
    section = _date(_INDEX, year)
    yield CardFigure(section, Words("Rank", "位次"), _take(table, "rank"), "span")
    yield CardFigure(section, put_unit(Words("Score", "得分"), _SHARE), _take(table, "score"))
    for key, words in card.scheme.pillars.items():
        values = _take(table, key)
        if any(value is not None for value in values.values()):
            yield CardFigure(section, put_unit(words, _SHARE), values)


def _list_coupling_figures(card: Scorecard) -> Iterator[CardFigure]:
    table = card.tables.get("coupling")
    if table is None:
        return
    year = int(table["year"].max())
    names = {"coordination": Words("Coordination D", "协调度 D"), "coupling": Words("Coupling C", "耦合度 C")}
    for column, words in names.items():
        yield CardFigure(_date(_COUPLING, year), put_unit(words, _SHARE), _take(table, column))


def _list_growth_figures(card: Scorecard) -> Iterator[CardFigure]:
    lorenz, momentum = card.tables.get("lorenz"), card.tables.get("momentum")
    if lorenz is not None:
        unit = Words(str(lorenz["unit"].iloc[0]), str(lorenz["unit_zh"].iloc[0]))
        name = put_unit(Words("Product per head", "人均产出"), unit)
        section = _date(_GROWTH, int(lorenz["year"].max()))
        yield CardFigure(section, name, _take(lorenz, "per_head"), "weighted", _drop(_take(lorenz, "people")))
    if momentum is None:
        return
    year = int(momentum["year"].max())
    growth = _take(momentum.assign(velocity=momentum["velocity"] * PERCENT.factor), "velocity")
    mass = _drop(_take(momentum, "mass"))
    section = _date(_GROWTH, year)
    yield CardFigure(section, put_unit(Words("Real growth", "实际增速"), PERCENT.unit), growth, "weighted", mass)
    money = Words(str(momentum["unit"].iloc[0]), str(momentum["unit_zh"].iloc[0]))
    added = Words("Momentum (an analogy): product added", "动能（类比）：增量")
    yield CardFigure(section, put_unit(added, money), _take(momentum, "momentum"), "sum")


def _drop(values: Mapping[str, float | None]) -> dict[str, float]:
    return {code: value for code, value in values.items() if value is not None}


def _list_condition_figures(card: Scorecard) -> Iterator[CardFigure]:
    if "conditions" not in card.tables:
        return
    values = compute_indicators(card.study, read_scheme("conditions"))
    year = int(card.tables["conditions"]["year"].max())
    rows = pd.DataFrame(values.table.xs(year, level="year"))
    units = find_figure_units(card.study, values)
    for each in values.indicators:
        own = (rows[each.key].astype(float) * units[each.key].factor).to_dict()
        told = {str(code): None if pd.isna(value) else float(value) for code, value in own.items()}
        yield CardFigure(_date(_CONDITIONS, year), put_unit(each.name, units[each.key].unit), told)
