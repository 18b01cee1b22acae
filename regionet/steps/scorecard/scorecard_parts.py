"""Measure the parts of a scorecard; a part that the data cannot bear is told with its reason."""

from collections.abc import Callable, Collection
from typing import cast

import pandas as pd

import analysis
from analysis.autocorrelation.autocorrelation import measure_autocorrelation_by_year
from analysis.composite.composite_index import CompositeIndex
from analysis.composite.coupling import measure_obstacles
from analysis.composite.densities import measure_densities
from analysis.composite.geometric_ways import tell_unfit
from analysis.composite.index_weights import Weighting
from analysis.composite.indicator_normalisation import UNIT_SCALES
from analysis.composite.rank_intervals import draw_ranks, measure_rank_intervals
from analysis.productivity.variable_choice import find_variables
from regionet.steps.scorecard.figure_units import find_figure_units
from regionet.steps.scorecard.parts.card_weights import build_card_weights
from regionet.steps.scorecard.parts.scorecard_balance import Balance, measure_balance
from regionet.steps.scorecard.parts.scorecard_conditions import associate_all, compare_peers
from regionet.steps.scorecard.parts.scorecard_growth import check_grouping, find_momentum, find_received
from regionet.steps.scorecard.parts.scorecard_productivity import check_deflator, find_productivity
from regionet.steps.scorecard.scorecard_query import ScorecardQuery
from regionet.steps.scorecard.scorecard_result import PART_NAMES, Scorecard, put_indicator_names, put_region_names
from regions.errors import MethodError
from regions.indicators.known_columns import recognise_columns
from regions.messages import say
from regions.study import Study
from regions.words import Words

_PAIR = ("research", "industry")
_WEIGHTS: tuple[Weighting, ...] = ("equal", "entropy", "critic", "given")


def measure_scorecard(study: Study, query: ScorecardQuery, *, parts: Collection[str] | None = None) -> Scorecard:
    """Measure the parts of the scorecard of a study.

    Parameters
    ----------
    study, query
        What is asked of what.
    parts
        Keys of the parts, such as `OF_REGIONS`; None: all. The index is always there.

    Raises
    ------
    MethodError
        For a grouping, a price index, a variable of productivity or a pillar that the study does not have, or when
        there is no index at all; any other part that fails leaves its reason in the notes.
    """
    check_grouping(study, query.by)
    known, recognised = recognise_columns(study)
    check_deflator(known, query.deflator)
    find_variables(known, [*query.inputs, *query.outputs])
    card = Scorecard(known, query, _measure_index(known, query))
    _choose_systems(card)
    card.notes += [*recognised, *card.index.notes]
    _rank(card)
    for key, part in _PARTS.items():
        if parts is not None and key not in parts:
            continue
        card.begins[key] = len(card.notes)
        try:
            part(card)
        except MethodError as error:
            why, name = error.words, PART_NAMES[key]
            card.notes.append(Words(f"Not told, {name.en}: {why.en}.", f"未给出{name.zh}：{why.zh}。"))
    return card


def _measure_index(study: Study, query: ScorecardQuery, weights: str | None = None) -> CompositeIndex:
    years = None if query.years is None else tuple(_list_years(study, query.years))
    options = analysis.IndexOptions(
        normalisation=query.normalisation,  # type: ignore[arg-type]
        weights=weights or query.weights,  # type: ignore[arg-type]
        aggregation=query.aggregation,  # type: ignore[arg-type]
        missing=query.missing,  # type: ignore[arg-type]
        years=years,
    )
    return analysis.measure_index(study, query.scheme, options=options)


def _list_years(study: Study, span: tuple[int, int]) -> list[int]:
    known = set() if study.indicators is None else set(study.indicators["year"])
    years = [int(year) for year in sorted(known) if span[0] <= year <= span[1]]
    if not years:
        raise MethodError(say("scorecard/years", first=span[0], last=span[1]))
    return years


def _rank(card: Scorecard) -> None:
    query = card.query
    drawn = draw_ranks(card.index, draws=query.draws, seed=query.seed)
    card.notes += tell_unfit(card.index.panel, drawn.unfit, card.index.regions)
    moved = analysis.measure_choice_sensitivity(drawn)
    table = measure_rank_intervals(drawn, level=query.level).join(card.index.table.drop(columns=["score", "rank"]))
    first = moved.drop_duplicates("code").set_index("code")["choice"]
    last = card.index.panel.years[-1]
    table = table.reset_index()
    at_last = table["year"] == last
    table["moved_by"] = table["code"].map(first).where(at_last, "")
    card.tables["index"] = put_region_names(card, table).sort_values(
        ["year", "rank", "code"], ascending=[False, True, True]
    )
    card.tables["sensitivity"] = put_region_names(card, moved)
    card.tables["weights"] = _tabulate_weights(card)


def _tabulate_weights(card: Scorecard) -> pd.DataFrame:
    table = card.index.weights.drop(columns="weight")
    for way in _WEIGHTS:
        table[f"weight_{way}"] = _measure_index(card.study, card.query, way).weights["weight"]
    named = table.rename(columns={"name": "indicator_name", "name_zh": "indicator_name_zh"}).reset_index()
    units = find_figure_units(card.study, card.index.computed)
    shown = [units[str(key)].unit for key in named["indicator"]]
    place = list(named.columns).index("direction")
    named.insert(place, "unit", [unit.en for unit in shown])
    named.insert(place + 1, "unit_zh", [unit.zh for unit in shown])
    return put_indicator_names(named, {}, card.scheme.pillars)


def _choose_systems(card: Scorecard) -> list[str]:
    """Return the pillars that are coupled; refuse one that was asked for and has no data."""
    pillars = card.index.table.drop(columns=["score", "rank"])
    held = [str(name) for name in pillars.dropna(axis=1, how="all")]
    names = {card.scheme.pillars[name].zh: name for name in held} | {name: name for name in held}
    unknown = [name for name in card.query.systems if name not in names]
    if unknown:
        known = [Words(name, f"{name}（{card.scheme.pillars[name].zh}）") for name in held]
        raise MethodError(say("scorecard/systems", unknown=unknown, known=known))
    asked = [names[name] for name in card.query.systems]
    return asked or list(_PAIR if set(_PAIR) <= set(held) else held)


def _couple(card: Scorecard) -> None:
    wanted = _choose_systems(card)
    if len(wanted) < 2:  # noqa: PLR2004 - systems
        raise MethodError(say("scorecard/one-system", held=[card.scheme.pillars[name] for name in wanted]))
    if card.query.normalisation not in UNIT_SCALES:
        raise MethodError(say("scorecard/scale", scales=UNIT_SCALES))
    systems = card.index.table[wanted]
    table = analysis.measure_coupling(systems)
    table.insert(1, "coupling_modified", analysis.measure_coupling(systems, form="modified")["coupling"])
    card.tables["coupling"] = put_region_names(card, systems.join(table).reset_index())


def _find_obstacles(card: Scorecard) -> None:
    last = card.index.panel.years[-1]
    values = card.index.normalised.xs(last, level="year")
    table = measure_obstacles(cast("pd.DataFrame", values), card.index.weights["weight"])
    long = table.reset_index().melt("code", var_name="indicator", value_name="obstacle").dropna(subset=["obstacle"])
    long = long.sort_values(["code", "obstacle"], ascending=[True, False], kind="stable")
    long.insert(1, "year", last)
    names = {each.key: each.name for each in card.scheme.indicators}
    card.tables["obstacles"] = put_indicator_names(put_region_names(card, long), names)


def _find_pattern(card: Scorecard) -> None:
    """Tell whether neighbours are alike in score and in coordination, year by year."""
    weights, neighbours = build_card_weights(card.study)
    wanted = {"score": card.tables["index"], "coordination": card.tables.get("coupling")}
    parts = [
        measure_autocorrelation_by_year(table, weights, column=name, seed=card.query.seed).assign(of=name)
        for name, table in wanted.items()
        if table is not None
    ]
    card.notes.append(
        Words(f"Neighbours in the spatial pattern: {neighbours.en}.", f"空间格局中的邻居：{neighbours.zh}。")
    )
    card.tables["pattern"] = pd.concat(parts, ignore_index=True)


def _find_densities(card: Scorecard) -> None:
    """Tell how values are spread over the regions, year by year."""
    wanted = {"score": "index", "coordination": "coupling", "per_head": "lorenz"}
    known = {name: card.tables[table] for name, table in wanted.items() if table in card.tables}
    curves = [
        measure_densities(table.set_index(["code", "year"])[name]).assign(of=name) for name, table in known.items()
    ]
    card.tables["densities"] = pd.concat(curves, ignore_index=True)


def _find_balance(card: Scorecard) -> None:
    found = Balance()
    try:
        measure_balance(card.study, found, by=card.query.by, seed=card.query.seed)
    finally:  # what was measured before a refusal is told
        card.notes += found.notes
        for name, table in found.tables.items():
            card.tables[name] = put_region_names(card, table) if "code" in table else table


_PARTS: dict[str, Callable[[Scorecard], None]] = {
    "coupling": _couple,
    "obstacles": _find_obstacles,
    "momentum": find_momentum,
    "received": find_received,
    "pattern": _find_pattern,
    "productivity": find_productivity,
    "balance": _find_balance,
    "densities": _find_densities,
    "peers": compare_peers,
    "associations": associate_all,
}

OF_REGIONS = ("coupling", "obstacles", "momentum", "received", "productivity", "peers", "associations")
"""Parts that a profile of a region needs."""
