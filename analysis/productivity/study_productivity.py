"""Productivity of the regions of a study: which inputs and outputs, at which prices, and what may not be said."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from analysis.development.constant_prices import tell_prices
from analysis.productivity.malmquist import Frontier, measure_malmquist
from analysis.productivity.malmquist_intervals import FEWEST_UNITS, measure_malmquist_intervals
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

RESEARCH_INPUTS, RESEARCH_OUTPUTS = (
    ("rd_personnel", "rd_expenditure"),
    ("patents_granted_invention", "hitech_new_product_sales"),
)
"""The research system: what is taken when nothing is named."""

USUAL = {
    "rd_personnel": Words("R&D personnel", "研发人员"),
    "rd_expenditure": Words("R&D expenditure", "研发经费"),
    "patents_granted_invention": Words("Invention patents granted", "发明专利授权"),
    "hitech_new_product_sales": Words("Sales of new high-tech products", "高技术新产品销售"),
}
"""Their names where a study does not have them."""

_MONEY = ("cny", "euro", "usd", "dollar", "yuan", "元", "rmb", "gbp", "pound")
_FEWEST = 5


@dataclass(frozen=True, slots=True, eq=False)
class Productivity:
    """Growth of productivity.

    Attributes
    ----------
    table
        Index (``code``, ``year``), year: the later of two; columns of `measure_malmquist` and, where draws were asked
        for, ends of intervals; ``since_first``: the product of the index from the first year on.
    means
        Index ``year``; geometric means over the regions, with the ends of their intervals where draws were asked for.
    inputs, outputs
        Column -> how it was taken, ``rd_expenditure / gdp_deflator``.
    notes
        What was left out, deflated, or should not be believed.
    """

    table: pd.DataFrame
    means: pd.DataFrame
    inputs: dict[str, str]
    outputs: dict[str, str]
    notes: tuple[Words, ...]


def measure_productivity(
    study: Study,
    *,
    inputs: Sequence[str] = RESEARCH_INPUTS,
    outputs: Sequence[str] = RESEARCH_OUTPUTS,
    deflator: str | None = None,
    years: Sequence[int] | None = None,
    frontier: Frontier = "contemporaneous",
    draws: int = 0,
    seed: int = 0,
) -> Productivity:
    """Measure the growth of total factor productivity of the regions of a study.

    Parameters
    ----------
    study
        With indicators.
    inputs, outputs
        Columns; by default the research system (personnel, expenditure; inventions, new products).
    deflator
        Price index (base 100) that every amount of money not at constant prices is divided by. Without one such a
        column is refused: growth of prices is no growth of productivity.
    years
        None: all in which four fifths of the regions are complete.
    frontier
        See `measure_malmquist`.
    draws, seed
        Of the intervals (contemporaneous only), see `measure_malmquist_intervals`; 0 for none. Fewer than ten regions
        have none, which a note tells.

    Returns
    -------
    Productivity
        Regions that lack a value in a year, or have an input of 0, are left out in all years, by name.

    Raises
    ------
    MethodError
        For unknown columns, money at current prices without a deflator, fewer than five regions or two years, or
        intervals of another frontier.

    Examples
    --------
    >>> from regionet import regions
    >>> found = measure_productivity(regions.load_study("china"), deflator="gdp_deflator")
    >>> found.inputs["rd_expenditure"], len(found.table.index.get_level_values("code").unique())
    ('rd_expenditure / gdp_deflator', 30)
    """
    names = [*inputs, *outputs]
    cells, made_of, notes = _read_cells(study, names, deflator)
    kept, told = _balance(cells, study, years)
    notes += told
    codes = kept.index.get_level_values("code").unique()
    span = [int(year) for year in kept.index.get_level_values("year").unique()]
    cube = kept.to_numpy().reshape(len(span), len(codes), len(names))
    x, y = cube[:, :, : len(inputs)], cube[:, :, len(inputs) :]
    table = measure_malmquist(x, y, frontier=frontier)
    if draws and frontier != "contemporaneous":
        raise MethodError(say("malmquist/interval-frontier", frontier=frontier))
    notes += _tell_years(span, len(codes) if draws else None)
    sure = measure_malmquist_intervals(x, y, draws=draws, seed=seed) if draws and len(codes) >= FEWEST_UNITS else None
    if sure is not None:
        table = table.join(sure.units)
    table.index = pd.MultiIndex.from_arrays(
        [codes[table.index.get_level_values("unit")], np.array(span)[table.index.get_level_values("period")]],
        names=["code", "year"],
    )
    table.insert(1, "since_first", table["malmquist"].groupby(level="code").cumprod())
    notes += _warn(len(codes), len(inputs), len(outputs), table)
    parts = ["malmquist", "efficiency_change", "technical_change", "pure_efficiency_change", "scale_change"]
    means = pd.DataFrame(np.exp(pd.DataFrame(np.log(table[parts])).groupby(level="year").mean()))
    if sure is not None:
        means = means.join(sure.means.set_axis(means.index))
    split = {name: {key: made_of[key] for key in keys} for name, keys in (("in", inputs), ("out", outputs))}
    return Productivity(table, means, split["in"], split["out"], tuple(notes))


def _tell_years(years: Sequence[int], drawn: int | None) -> list[Words]:
    """Return notes on gaps between the years, and on intervals that ``drawn`` regions do not bear."""
    notes = []
    gaps = [f"{a}-{b}" for a, b in pairwise(years) if b - a > 1]
    if gaps:
        notes.append(
            Words(
                f"Growth over several years at once, not by year: {', '.join(gaps)}.",
                f"以下为跨越多年的变化，不是逐年变化：{'、'.join(gaps)}。",
            )
        )
    if drawn is not None and drawn < FEWEST_UNITS:
        notes.append(
            Words(
                f"No intervals: they need {FEWEST_UNITS} regions, and there are {drawn}.",
                f"没有区间：至少需要 {FEWEST_UNITS} 个地区，现有 {drawn} 个。",
            )
        )
    return notes


def _read_cells(
    study: Study, names: Sequence[str], deflator: str | None
) -> tuple[pd.DataFrame, dict[str, str], list[Words]]:
    table = study.indicators
    known = [] if table is None else [str(name) for name in table if name not in {"code", "year"}]
    if table is not None and deflator and deflator not in known:
        raise MethodError(say("productivity/deflator", deflator=deflator, known=list_price_indices(study, known)))
    lacking = [name for name in names if name not in known]
    if table is None or lacking or len(set(names)) < len(names):
        told = list(dict.fromkeys(study.describe_indicator(name)[0] for name in known))
        raise MethodError(
            say("productivity/columns", lacking=[name_variable(study, name) for name in lacking], known=told)
        )
    rows = table[table["code"].isin(study.regions.index)].set_index(["year", "code"]).sort_index()
    money = [name for name in names if is_current_money(study, name)]
    if money and deflator is None:
        raise MethodError(say("productivity/prices", columns=[name_variable(study, name) for name in money]))
    made_of = {name: f"{name} / {deflator}" if name in money else name for name in names}
    cells = pd.DataFrame({name: rows[name].astype(float) for name in names})
    for name in money:
        cells[name] = cells[name] / rows[deflator].astype(float) * 100
    notes = []
    if money:
        notes.append(
            _tell_deflator([name_variable(study, name) for name in money], name_variable(study, str(deflator)))
        )
    return cells, made_of, notes


def name_variable(study: Study, column: str) -> Words:
    """Return what a column holds, in words; the usual columns have their names where the study lacks them.

    Examples
    --------
    >>> from regionet import regions
    >>> name_variable(regions.load_study("europe"), "hitech_new_product_sales").zh
    '高技术新产品销售'
    """
    told = study.describe_indicator(column)[0]
    return USUAL.get(column, told) if told.en == column else told


def list_price_indices(study: Study, known: Sequence[str]) -> list[Words]:
    """Return the columns that may be a price index, as one names them, each with what it is."""
    units = {name: study.describe_indicator(name)[1].en.replace(" ", "") for name in known}
    indices = [name for name in known if "=100" in units[name]] or known
    names = [study.describe_indicator(name)[0] for name in indices]
    return [Words(f"{code} ({name.en})", f"{code}（{name.zh}）") for code, name in zip(indices, names, strict=True)]


def _tell_deflator(money: Sequence[Words], deflator: Words) -> Words:
    return Words(
        f"{', '.join(each.en for each in money)} are divided by {deflator.en}: a price index of research would be "
        "better, and is not there.",
        f"{'、'.join(each.zh for each in money)}用{deflator.zh}平减：研发价格指数更合适，但没有数据。",
    )


def is_current_money(study: Study, name: str) -> bool:
    """Tell whether a column is an amount of money that is not at constant prices.

    Examples
    --------
    >>> from regionet import regions
    >>> china = regions.load_study("china")
    >>> is_current_money(china, "rd_expenditure"), is_current_money(china, "rd_personnel")
    (True, False)
    """
    unit = study.describe_indicator(name)[1]
    prices = tell_prices(study, name)
    return prices == "current" or (prices == "" and any(word in f"{unit.en} {unit.zh}".casefold() for word in _MONEY))


def _balance(cells: pd.DataFrame, study: Study, years: Sequence[int] | None) -> tuple[pd.DataFrame, list[Words]]:
    sound = cells.notna().all(axis=1) & (cells > 0).all(axis=1)
    wide = sound.unstack("code").reindex(columns=study.regions.index, fill_value=False)  # noqa: PD010 - one row a year
    wide = wide.fillna(value=False).astype(bool)
    share = wide.mean(axis=1)
    chosen = [int(year) for year in wide.index if share[year] >= 0.8] if years is None else sorted(years)  # noqa: PLR2004
    absent = [year for year in chosen if year not in wide.index]
    kept = wide.loc[chosen].all(axis=0) if not absent else pd.Series(dtype=bool)
    if absent or len(chosen) < 2 or int(kept.sum()) < _FEWEST:  # noqa: PLR2004 - growth is between two
        raise MethodError(
            say("productivity/panel", years=chosen, absent=absent, regions=int(kept.sum()), fewest=_FEWEST)
        )
    codes = wide.columns[kept]
    out = wide.columns[~kept]
    notes = []
    if len(out):
        en, zh = (", ".join(study.names(language)[code] for code in out) for language in ("en", "zh"))
        notes.append(
            Words(
                f"Left out for a missing or zero value in {chosen[0]}-{chosen[-1]}: {en}.",
                f"因 {chosen[0]}-{chosen[-1]} 年有缺失或零值而剔除：{zh.replace(', ', '、')}。",
            )
        )
    index = pd.MultiIndex.from_product([chosen, codes], names=["year", "code"])
    return cells.reindex(index), notes


def _warn(units: int, inputs: int, outputs: int, table: pd.DataFrame) -> list[Words]:
    notes = []
    wanted = max(inputs * outputs, 3 * (inputs + outputs))
    if units < wanted:
        notes.append(
            Words(
                f"{units} regions are few for {inputs} inputs and {outputs} outputs (a rule of thumb wants "
                f"{wanted}): many "
                "are efficient for want of rivals.",
                f"{inputs} 项投入、{outputs} 项产出对 {units} 个地区过多（经验上至少 {wanted} 个）："
                f"许多地区因缺少可比对象而“有效”。",
            )
        )
    blank = int(table["pure_efficiency_change"].isna().sum())
    if blank:
        notes.append(
            Words(
                f"{blank} programmes under variable returns had no solution; their cells are empty.",
                f"可变规模报酬下有 {blank} 个规划无可行解，相应单元格为空。",
            )
        )
    notes.append(
        Words(
            "This is the productivity of the system named, from flows of one year to outputs of the same year, "
            "without a stock "
            "of knowledge; none of the whole economy is given, for there is no stock of capital under an open licence.",
            "这是所列系统的生产率：以当年投入流量对当年产出，未计知识存量；因没有公开许可的资本存量，不给出整体经济的生产率。",
        )
    )
    return notes
