"""The tables of one region: pillars and indicators with ranks, peers, conditions, what more might mean, growth."""

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.composite.composite_index import IndexOptions, measure_index
from analysis.composite.rank_intervals import draw_ranks, measure_rank_intervals
from analysis.development.condition_effects import ConditionEffects, measure_condition_whatif
from analysis.development.peers import STRUCTURE
from regionet.steps.scorecard.figure_units import FigureUnit, find_figure_units
from regionet.steps.scorecard.parts.scorecard_conditions import NAMES
from regionet.steps.scorecard.profile.profile_places import ProfilePlace
from regionet.steps.scorecard.scorecard_result import Scorecard, put_indicator_names, put_region_names
from regions.schemes.indicator_scheme import Scheme, read_scheme
from regions.schemes.indicator_values import compute_indicators
from regions.words import Words

_MORE = 1.1
_OF_REGION = ("coupling", "obstacles", "conditions", "productivity")
STEPS = {
    "more": Words("a tenth more", "增加 10%"),
    "peers": Words("as the peers have it", "达到可比地区均值"),
}
"""Changes of a condition in the what-if."""


def list_region_tables(card: Scorecard, place: ProfilePlace) -> dict[str, pd.DataFrame]:
    """Return the tables of a region or group by name; those that the data do not bear are absent.

    Parameters
    ----------
    card
        The scorecard of the study.
    place
        Rows are those of its members.

    Returns
    -------
    dict
        ``indicators`` (pillars and indicators: value, rank, interval), ``peers`` (figures of structure side by side),
        ``conditions``, ``whatif``, ``growth`` (momentum, own and received), ``productivity``, ``coupling``,
        ``obstacles``; columns as in the tables of the scorecard.
    """
    inside = list(place.members)
    found = {"indicators": rank_indicators(card, inside)}
    if card.peers is not None:
        found["peers"] = compare_structure(card, inside)
    for name in _OF_REGION:
        if name in card.tables:
            table = card.tables[name]
            found[name] = table[table["code"].isin(inside)].reset_index(drop=True)
    if card.effects:
        found["whatif"] = list_condition_whatif(card, inside)
    if card.momentum is not None:
        found["growth"] = _list_growth(card, inside)
    return {name: table for name, table in found.items() if len(table)}


def rank_indicators(card: Scorecard, codes: list[str]) -> pd.DataFrame:
    """Return value and rank of the index, of each pillar and of each indicator in the last year.

    The interval of a pillar goes over the ways to make an index of its indicators; the rank of a single indicator
    hangs on no choice, so it has none.
    """
    year = card.index.panel.years[-1]
    parts = [_take_index(card, year, codes)]
    values = card.index.computed.table.xs(year, level="year")
    units = find_figure_units(card.study, card.index.computed)
    for pillar, name in card.scheme.pillars.items():
        held = [each for each in card.index.panel.indicators if each.pillar == pillar]
        if held:
            parts.append(_rank_pillar(card, pillar, name, codes))
        for each in held:
            cells = pd.Series(values[each.key])
            rank = (cells * each.direction).rank(ascending=False, method="min")
            row: dict[str, object] = {"code": codes, "pillar": pillar, "indicator": each.key, "what": each.name.en}
            row |= {"what_zh": each.name.zh, "value": (cells * units[each.key].factor).reindex(codes).to_numpy()}
            row |= {"unit": units[each.key].unit.en, "unit_zh": units[each.key].unit.zh}
            row |= {"rank": rank.reindex(codes).to_numpy(), "ranked": int(rank.notna().sum())}
            parts.append(pd.DataFrame(row))
    table = pd.concat([part for part in parts if len(part)], ignore_index=True).assign(year=year)
    return put_region_names(card, table.reindex(columns=_INDICATORS))


_INDICATORS = [
    *("code", "year", "pillar", "indicator", "what", "what_zh", "value", "unit", "unit_zh"),
    *("rank", "rank_low", "rank_high", "ranked"),
]


def _take_index(card: Scorecard, year: int, codes: list[str]) -> pd.DataFrame:
    table = card.tables["index"]
    rows = table[table["year"] == year]
    told = rows[rows["code"].isin(codes)]
    named = {"pillar": "", "indicator": "", "what": "Index", "what_zh": "综合指数", "unit": "0-1", "unit_zh": "0—1"}
    cells = told[["code", "score", "rank", "rank_low", "rank_high"]].rename(columns={"score": "value"})
    return cells.assign(**named, ranked=int(rows["rank"].notna().sum()))


def _rank_pillar(card: Scorecard, pillar: str, name: Words, codes: list[str]) -> pd.DataFrame:
    inside = tuple(each for each in card.scheme.indicators if each.pillar == pillar)
    scheme = Scheme(card.scheme.name, inside, {pillar: name}, {})
    asked = card.index.options
    weights = "equal" if asked.weights == "bod" else asked.weights
    options: IndexOptions = replace(asked, years=card.index.panel.years[-1:], weights=weights)
    index = measure_index(card.study, scheme, options=options)
    drawn = draw_ranks(index, draws=card.query.draws, seed=card.query.seed)
    rows = measure_rank_intervals(drawn, level=card.query.level).reset_index()
    told = rows[rows["code"].isin(codes)][["code", "rank", "rank_low", "rank_high"]]
    table = card.tables["index"]
    last = table[table["year"] == table["year"].max()].set_index("code")[pillar]
    named = {"pillar": pillar, "indicator": "", "what": name.en, "what_zh": name.zh, "unit": "0-1"}
    value = told["code"].map(last).astype(float)
    return told.assign(**named, unit_zh="0—1", value=value, ranked=int(rows["rank"].notna().sum()))


def compare_structure(card: Scorecard, codes: list[str]) -> pd.DataFrame:
    """Return the figures that make regions alike, of each region (place 0) and of its peers, the nearest first."""
    if card.peers is None:
        return pd.DataFrame()
    values = compute_indicators(card.study, read_scheme(STRUCTURE))
    units = find_figure_units(card.study, values)
    rows = values.table.xs(card.peers.year, level="year")
    near = card.peers.table.reset_index()
    own = pd.DataFrame({"code": codes, "place": 0, "peer": codes, "distance": 0.0})
    table = pd.concat([own, near[near["code"].isin(codes)]]).sort_values(["code", "place"], kind="stable")
    table["peer_name"] = table["peer"].map(card.study.regions["name"])
    table["peer_name_zh"] = table["peer"].map(card.study.regions["name_zh"])
    for key in card.peers.columns:
        table[f"structure_{key}"] = table["peer"].map(rows[key] * units[key].factor)
    return put_region_names(card, table.assign(year=card.peers.year).reset_index(drop=True))


def list_structure_words(card: Scorecard) -> dict[str, tuple[Words, Words]]:
    """Return column of `compare_structure` -> name and unit."""
    values = compute_indicators(card.study, read_scheme(STRUCTURE))
    units = find_figure_units(card.study, values)
    return {f"structure_{each.key}": (each.name, units[each.key].unit) for each in values.indicators}


def list_condition_whatif(card: Scorecard, codes: list[str]) -> pd.DataFrame:
    """Tell what the associations would mean for a tenth more of a condition, and for as much as the peers have.

    ``outside`` marks a value that no region had in any year of the fit: the line is drawn into the void there.
    """
    if not card.effects:
        return pd.DataFrame()
    values = compute_indicators(card.study, read_scheme("conditions"))
    units = find_figure_units(card.study, values)
    scarce = card.tables.get("conditions", pd.DataFrame(columns=["code", "indicator", "value", "peers", "gap"]))
    parts = []
    for outcome, effects in card.effects.items():
        told = effects.table.index[effects.table["estimate"].notna()]  # not those that never change within regions
        for code in [each for each in codes if each in effects.codes]:
            short = scarce[(scarce["code"] == code) & (scarce["gap"] < 0) & (scarce["value"] > 0)]
            reach = dict(zip(short["indicator"], short["peers"] / short["value"], strict=True))
            for step, changes in (("more", dict.fromkeys(told, _MORE)), ("peers", reach)):
                known = {str(key): float(factor) for key, factor in changes.items() if key in told}
                parts.append(_change(effects, code, known, units).assign(outcome=outcome, step=step))
    table = pd.concat([part for part in parts if len(part)], ignore_index=True) if parts else pd.DataFrame()
    if table.empty:
        return table
    for language, ending in (("en", ""), ("zh", "_zh")):
        table[f"outcome_name{ending}"] = [NAMES[str(key)].text(language) for key in table["outcome"]]
        table[f"step_name{ending}"] = [STEPS[str(key)].text(language) for key in table["step"]]
    named = put_indicator_names(table[_WHATIF], {each.key: each.name for each in values.scheme.indicators})
    return put_region_names(card, named)


_WHATIF = [
    *("code", "year", "outcome", "outcome_name", "outcome_name_zh", "step", "step_name", "step_name_zh", "indicator"),
    *("value", "changed", "unit", "unit_zh", "effect", "low", "high", "outside", "slow", "design"),
]


def _change(
    effects: ConditionEffects, code: str, changes: dict[str, float], units: dict[str, FigureUnit]
) -> pd.DataFrame:
    if not changes:
        return pd.DataFrame()
    told = measure_condition_whatif(effects, code, changes)
    factors = np.array([units[str(key)].factor for key in told.index])
    told["value"], told["changed"] = told["value"] * factors, told["changed"] * factors
    told["unit"] = [units[str(key)].unit.en for key in told.index]
    told["unit_zh"] = [units[str(key)].unit.zh for key in told.index]
    told["slow"] = effects.table["slow"].reindex(told.index).to_numpy(dtype=bool)
    year = int(effects.logs.xs(code, level="code").index.max())
    return told.reset_index().assign(code=code, year=year, design=effects.design)


def _list_growth(card: Scorecard, codes: list[str]) -> pd.DataFrame:
    """Return momentum by year with its rank and its share of all, and the parts own and received."""
    table = card.tables["momentum"]
    by_year = table.groupby("year")["momentum"]
    table = table.assign(
        momentum_rank=by_year.rank(ascending=False, method="min"),
        momentum_share=table["momentum"] / by_year.transform("sum"),
    )
    received = card.tables.get("received")
    if received is not None:
        parts = received[["code", "year", "own", "received", "momentum_own", "momentum_received"]]
        table = table.merge(parts, on=["code", "year"], how="left")
    return table[table["code"].isin(codes)].reset_index(drop=True)
