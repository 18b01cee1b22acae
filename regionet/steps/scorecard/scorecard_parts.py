"""Measure the parts of a scorecard; a part that the data cannot bear is told with its reason."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import cast

import pandas as pd

import analysis
from analysis.autocorrelation.autocorrelation import measure_autocorrelation_by_year
from analysis.composite.composite_index import CompositeIndex
from analysis.composite.coupling import measure_obstacles
from analysis.composite.densities import measure_densities
from analysis.composite.index_weights import Weighting
from analysis.composite.indicator_normalisation import UNIT_SCALES
from analysis.composite.rank_intervals import draw_ranks, measure_rank_intervals
from analysis.development.momentum import Momentum
from analysis.development.peers import Peers, find_peers, measure_scarcity
from analysis.productivity.study_productivity import measure_productivity
from geodata.weights.nearness import build_contiguity_weights
from geodata.weights.normalisation import normalise_weights
from regionet.steps.scorecard.figure_units import find_figure_units
from regionet.steps.scorecard.scorecard_balance import Balance, measure_balance
from regionet.steps.scorecard.scorecard_query import ScorecardQuery
from regions.errors import MethodError
from regions.messages import say
from regions.schemes.indicator_scheme import Scheme, read_scheme
from regions.schemes.indicator_values import compute_indicators
from regions.study import Study
from regions.words import Words

_FEWEST_DRAWS = 20
_DEFLATORS = ("gdp_deflator", "deflator", "price_index")
_PAIR = ("research", "industry")
_WEIGHTS: tuple[Weighting, ...] = ("equal", "entropy", "critic", "given")


@dataclass(slots=True, eq=False)
class Scorecard:
    """What was measured of a study.

    Attributes
    ----------
    study, query
        What was asked.
    index
        The composite index.
    tables
        Name -> table; columns ``code`` and ``year`` are columns, not an index.
    momentum, peers
        Where the data bear them.
    notes
        Sentences by part, refusals among them.
    """

    study: Study
    query: ScorecardQuery
    index: CompositeIndex
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    momentum: Momentum | None = None
    peers: Peers | None = None
    notes: list[Words] = field(default_factory=list)

    @property
    def scheme(self) -> Scheme:
        """Pillars and indicators that were asked for."""
        return self.index.computed.scheme


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
        When there is no index at all; any other part that fails leaves its reason in the notes.
    """
    card = Scorecard(study, query, _measure_index(study, query))
    card.notes += card.index.notes
    _rank(card)
    for key, (part, name) in _PARTS.items():
        if parts is not None and key not in parts:
            continue
        try:
            part(card)
        except MethodError as error:
            why = error.words
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
    moved = analysis.measure_choice_sensitivity(drawn)
    table = measure_rank_intervals(drawn, level=query.level).join(card.index.table.drop(columns=["score", "rank"]))
    first = moved.drop_duplicates("code").set_index("code")["choice"]
    last = card.index.panel.years[-1]
    table = table.reset_index()
    at_last = table["year"] == last
    table["moved_by"] = table["code"].map(first).where(at_last, "")
    card.tables["index"] = _name(card, table).sort_values(["year", "rank", "code"], ascending=[False, True, True])
    card.tables["sensitivity"] = _name(card, moved)
    card.tables["weights"] = _tabulate_weights(card)


def _name(card: Scorecard, table: pd.DataFrame) -> pd.DataFrame:
    """Put the names of regions behind their codes."""
    named = table.copy()
    place = list(named.columns).index("code") + 1
    for column in ("name_zh", "name"):
        named.insert(place, column, named["code"].map(card.study.regions[column]))
    return named


def _tabulate_weights(card: Scorecard) -> pd.DataFrame:
    table = card.index.weights.drop(columns="weight")
    for way in _WEIGHTS:
        table[f"weight_{way}"] = _measure_index(card.study, card.query, way).weights["weight"]
    return table.reset_index()


def _couple(card: Scorecard) -> None:
    pillars = card.index.table.drop(columns=["score", "rank"]).dropna(axis=1, how="all")
    held = [str(name) for name in pillars]
    wanted = list(card.query.systems or (_PAIR if set(_PAIR) <= set(held) else held))
    unknown = [name for name in wanted if name not in pillars]
    if unknown or card.query.normalisation not in UNIT_SCALES:
        known = [Words(name, f"{name}（{card.scheme.pillars[name].zh}）") for name in held]
        raise MethodError(say("scorecard/systems", unknown=unknown, known=known, scales=UNIT_SCALES))
    systems = pillars[wanted]
    table = analysis.measure_coupling(systems)
    table.insert(1, "coupling_modified", analysis.measure_coupling(systems, form="modified")["coupling"])
    card.tables["coupling"] = _name(card, systems.join(table).reset_index())


def _find_obstacles(card: Scorecard) -> None:
    last = card.index.panel.years[-1]
    values = card.index.normalised.xs(last, level="year")
    table = measure_obstacles(cast("pd.DataFrame", values), card.index.weights["weight"])
    long = table.reset_index().melt("code", var_name="indicator", value_name="obstacle").dropna(subset=["obstacle"])
    long = long.sort_values(["code", "obstacle"], ascending=[True, False], kind="stable")
    long.insert(1, "year", last)
    card.tables["obstacles"] = _name(card, long)


def _find_momentum(card: Scorecard) -> None:
    card.momentum = analysis.measure_momentum(card.study, by=_choose_grouping(card), revision=0.003)
    card.tables["momentum"] = _name(card, card.momentum.regions.reset_index())
    card.tables["momentum_groups"] = card.momentum.groups.reset_index()
    card.notes += card.momentum.notes


def _choose_grouping(card: Scorecard) -> str | None:
    return card.query.by or next((border for border in card.study.borders if border in card.study.regions), None)


def _find_pattern(card: Scorecard) -> None:
    """Tell whether neighbours are alike in score and in coordination, year by year, and how values are spread."""
    weights = normalise_weights(build_contiguity_weights(card.study, join_islands=True))
    wanted = {"score": card.tables["index"], "coordination": card.tables.get("coupling")}
    parts, curves = [], []
    for name, table in wanted.items():
        if table is None:
            continue
        rows = measure_autocorrelation_by_year(table, weights, column=name, seed=card.query.seed)
        parts.append(rows.assign(of=name))
        curves.append(measure_densities(table.set_index(["code", "year"])[name]).assign(of=name))
    card.tables["pattern"] = pd.concat(parts, ignore_index=True)
    card.tables["densities"] = pd.concat(curves, ignore_index=True)


def _find_productivity(card: Scorecard) -> None:
    known = [] if card.study.indicators is None else list(card.study.indicators)
    deflator = card.query.deflator or next((name for name in _DEFLATORS if name in known), None)
    found = measure_productivity(card.study, deflator=deflator, draws=card.query.bootstrap, seed=card.query.seed)
    card.tables["productivity"] = _name(card, found.table.reset_index())
    card.tables["productivity_means"] = found.means.reset_index()
    card.notes += found.notes


def _find_balance(card: Scorecard) -> None:
    found = Balance()
    try:
        some = max(card.query.draws // 10, _FEWEST_DRAWS)  # one resampling costs as much as many ways to make an index
        measure_balance(card.study, found, by=card.query.by, draws=some, seed=card.query.seed)
    finally:  # what was measured before a refusal is told
        card.notes += found.notes
        for name, table in found.tables.items():
            card.tables[name] = _name(card, table) if "code" in table else table


def _compare_peers(card: Scorecard) -> None:
    card.peers = find_peers(card.study)
    card.notes += card.peers.notes
    near = card.peers.table.reset_index()
    near["peer_name"] = near["peer"].map(card.study.regions["name"])
    near["peer_name_zh"] = near["peer"].map(card.study.regions["name_zh"])
    card.tables["peers"] = _name(card, near)
    card.tables["conditions"] = _put_units(card, _name(card, measure_scarcity(card.study, card.peers)))


def _put_units(card: Scorecard, table: pd.DataFrame) -> pd.DataFrame:
    """Give conditions the units that are read: 0.9 km per 10,000 people instead of 0.00009."""
    values = compute_indicators(card.study, read_scheme("conditions"))
    units = find_figure_units(card.study, values)
    shown = [units[str(key)] for key in table["indicator"]]
    factors = [each.factor for each in shown]
    table = table.assign(value=table["value"] * factors, peers=table["peers"] * factors)
    table.insert(list(table).index("peers") + 1, "unit", [each.unit.en for each in shown])
    table.insert(list(table).index("unit") + 1, "unit_zh", [each.unit.zh for each in shown])
    return table


_PARTS: dict[str, tuple[Callable[[Scorecard], None], Words]] = {
    "coupling": (_couple, Words("coupling", "耦合协调")),
    "obstacles": (_find_obstacles, Words("obstacles", "障碍度")),
    "momentum": (_find_momentum, Words("momentum", "动能")),
    "pattern": (_find_pattern, Words("spatial pattern", "空间格局")),
    "productivity": (_find_productivity, Words("productivity", "生产率")),
    "balance": (_find_balance, Words("convergence", "收敛")),
    "peers": (_compare_peers, Words("peers and conditions", "可比地区与条件")),
}

OF_REGIONS = ("coupling", "obstacles", "momentum", "peers")
"""Parts that a profile of a region needs."""
