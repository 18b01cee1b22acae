"""The balance between regions: inequality, convergence, clubs, transitions of product per head."""

from dataclasses import dataclass, field

import pandas as pd

from analysis.development.constant_prices import PRODUCTS, choose_real_column
from analysis.inequality.club_convergence import find_clubs
from analysis.inequality.convergence import measure_beta, measure_sigma
from analysis.inequality.inequality_table import measure_inequality
from analysis.inequality.lorenz_curves import build_lorenz_curves
from analysis.inequality.markov_chains import MarkovChain, measure_markov, measure_spatial_markov
from analysis.roles.unit_groups import assign_groups
from geodata.weights.nearness import build_contiguity_weights
from geodata.weights.normalisation import normalise_weights
from geodata.weights.spatial_weights import SpatialWeights, read_weights
from regionet.steps.scorecard.figure_units import find_unit_per_head
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

_PEOPLE = ("residents", "population")
_CLASSES = 4
_DRAWS = 1_000
_MANY_GROUPS = 8
_LEAST = 100.0


@dataclass(slots=True, eq=False)
class Balance:
    """Tables of the balance between regions.

    Attributes
    ----------
    tables
        ``inequality``, ``lorenz``, ``sigma``, ``convergence``, ``clubs``, ``markov``: those that the data bear.
    notes
        What was measured, and what could not be.
    """

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    notes: list[Words] = field(default_factory=list)


def measure_balance(study: Study, found: Balance, *, by: str | None = None, seed: int = 0) -> None:
    """Measure inequality, convergence and transitions of product per head, into ``found``.

    Inequality compares regions within a year, so product at current prices will do where there is no other; convergence
    compares years and wants constant prices.

    Raises
    ------
    MethodError
        When there is no product or no people; for convergence, when product is not at constant prices.
    """
    values, people, column = take_per_head(study)
    groupings = _list_groupings(study, by)
    table = measure_inequality(values, weights=people, groupings=groupings, draws=_DRAWS, seed=seed)
    found.tables["inequality"] = table
    found.tables["lorenz"] = _tabulate_lorenz(study, values, people, column=column)
    found.notes.append(_tell_inequality(found.tables["inequality"], column))
    choose_real_column(study, column)  # refuses what follows with what to bring
    _converge(found, study, values, (column, seed))


def take_per_head(study: Study) -> "tuple[pd.Series[float], pd.Series[float], str]":
    """Return product per head and people by ``code`` and ``year``, where both are above 0, and the column of product.

    Raises
    ------
    MethodError
        When there is no product or no people.
    """
    table = study.indicators
    known = [] if table is None else [str(name) for name in table]
    column = next((name for name in (*PRODUCTS, "gdp", "grp") if name in known), None)
    people = next((name for name in _PEOPLE if name in known), None)
    if table is None or column is None or people is None:
        raise MethodError(say("balance/columns", products=(*PRODUCTS, "gdp"), people=_PEOPLE))
    rows = table[table["code"].isin(study.regions.index)].set_index(["code", "year"])
    cells = rows[[column, people]].astype(float).dropna()
    cells = cells[(cells > 0).all(axis=1)]
    return cells[column] / cells[people], cells[people], column


def _list_groupings(study: Study, by: str | None) -> "dict[str, pd.Series[str]]":
    sets = set() if study.groups is None else set(study.groups["group"])
    names = [by] if by else [*study.borders, *(name for name in ("three-regions", "four-regions") if name in sets)]
    found = {name: assign_groups(study, name) for name in names if by or name in study.regions or name in sets}
    return {name: groups for name, groups in found.items() if by or groups.nunique() <= _MANY_GROUPS}


def _tabulate_lorenz(
    study: Study, values: "pd.Series[float]", people: "pd.Series[float]", *, column: str
) -> pd.DataFrame:
    """Return the points of the curves by year: product per head in money for a person, people, cumulated shares."""
    names = {"value": "per_head", "weight": "people", "weight_share": "people_share", "value_share": "product_share"}
    table = build_lorenz_curves(values, people).rename(columns=names)
    shown = find_unit_per_head(study, column, str(people.name))
    table["per_head"] *= shown.factor
    return table.assign(unit=shown.unit.en, unit_zh=shown.unit.zh)


def _tell_inequality(table: pd.DataFrame, column: str) -> Words:
    whole = table[(table["group"] == "all") & (table["index"] == "gini") & (table["grouping"] == "")]
    first, last = whole.iloc[0], whole.iloc[-1]
    current = Words("", "") if column in PRODUCTS else Words(" at current prices", "（现价）")
    return Words(
        f"Gini of product per head{current.en}, weighted by people: {first['value']:.3f} in {first['year']} "
        f"({first['regions']} regions), "
        f"{last['value']:.3f} [{last['low']:.3f}, {last['high']:.3f}] in {last['year']} "
        f"({last['regions']} regions).",
        f"人均产出{current.zh}基尼系数（人口加权）：{first['year']} 年 {first['value']:.3f}，{last['year']} 年 "
        f"{last['value']:.3f} [{last['low']:.3f}, {last['high']:.3f}]。",
    )


def _converge(found: Balance, study: Study, values: "pd.Series[float]", way: tuple[str, int]) -> None:
    column, seed = way
    weights = _build_weights(study, values)
    found.tables["sigma"] = measure_sigma(values, seed=seed).reset_index()
    found.tables["convergence"] = measure_beta(values, weights=weights)
    last = found.tables["sigma"].iloc[-1]
    beta = found.tables["convergence"].iloc[0]
    found.notes.append(
        Words(
            f"Sigma of real product per head changed by {last['change']:+.3f} [{last['change_low']:+.3f}, "
            f"{last['change_high']:+.3f}] to {last['year']:.0f}; beta is {beta['beta']:+.4f} [{beta['low']:+.4f}, "
            f"{beta['high']:+.4f}] a year ({beta['first']:.0f}-{beta['last']:.0f}).",
            f"实际人均产出的 σ 到 {last['year']:.0f} 年变化 {last['change']:+.3f} [{last['change_low']:+.3f}, "
            f"{last['change_high']:+.3f}]；β 为每年 {beta['beta']:+.4f} [{beta['low']:+.4f}, {beta['high']:+.4f}]"
            f"（{beta['first']:.0f}-{beta['last']:.0f} 年）。",
        )
    )
    found.tables["markov"] = _tabulate_chains(found, values, weights)
    if weights is None:
        found.notes.append(_tell_no_neighbours(study, values))
    try:
        clubs, tests = find_clubs(_scale(study, values, column))
    except MethodError as error:  # the rest stands without clubs
        found.notes.append(Words(f"Not told, clubs: {error.words.en}.", f"未给出收敛俱乐部：{error.words.zh}。"))
        return
    found.tables["clubs"] = clubs.reset_index()
    found.tables["club_tests"] = tests.reset_index()


def _tell_no_neighbours(study: Study, values: "pd.Series[float]") -> Words:
    """Say why convergence and transitions are told without neighbours."""
    lacking = len(study.regions) - values.index.get_level_values("code").nunique()
    why = Words("the study does not know who touches whom", "数据集没有邻接关系")
    if study.neighbours is not None:
        why = Words(f"{lacking} regions have no product per head", f"{lacking} 个地区没有人均产出")
    return Words(
        f"Convergence and transitions are told without neighbours (no SAR, SEM, spatial Markov): {why.en}.",
        f"收敛与状态转移未考虑邻居（无 SAR、SEM 及空间马尔可夫）：{why.zh}。",
    )


def _scale(study: Study, values: "pd.Series[float]", column: str) -> "pd.Series[float]":
    """Return product per head in whole units of money: the log t test hangs on how far logarithms are above 0."""
    people = next(name for name in _PEOPLE if study.indicators is not None and name in study.indicators)
    told = values * find_unit_per_head(study, column, people).factor
    return told if told.min() > _LEAST else values / values.min() * _LEAST


def _build_weights(study: Study, values: "pd.Series[float]") -> SpatialWeights | None:
    """Return contiguity of the regions with values, None where the study does not know who touches whom."""
    if study.neighbours is None:
        return None
    weights = read_weights(normalise_weights(build_contiguity_weights(study, join_islands=True)))
    known = set(values.index.get_level_values("code"))
    return weights if set(weights.codes) <= known else None


def _tabulate_chains(found: Balance, values: "pd.Series[float]", weights: SpatialWeights | None) -> pd.DataFrame:
    rows = _list_cells("all", measure_markov(values, classes=_CLASSES))
    if weights is not None:
        beside = measure_spatial_markov(values, weights, classes=_CLASSES)
        rows += _list_cells("relative", beside.pooled)
        for place, chain in enumerate(beside.chains, start=1):
            rows += _list_cells(f"beside {place}", chain)
        found.notes.append(
            Words(
                f"Transitions beside neighbours: Q {beside.q:.1f}, LR {beside.likelihood_ratio:.1f} on {beside.df} "
                f"degrees of freedom (p {beside.q_p:.3f}, {beside.likelihood_ratio_p:.3f}); many cells are nearly "
                "empty, so that neither is to be leaned on.",
                f"考虑邻居的状态转移：Q {beside.q:.1f}、LR {beside.likelihood_ratio:.1f}，自由度 {beside.df}"
                f"（p {beside.q_p:.3f}、{beside.likelihood_ratio_p:.3f}）；许多单元格样本极少，不宜据此下结论。",
            )
        )
    return pd.DataFrame(rows, columns=["chain", "from", "to", "count", "probability", "sparse"])


def _list_cells(name: str, chain: MarkovChain) -> list[tuple[object, ...]]:
    size = len(chain.counts)
    return [
        (name, i + 1, j + 1, int(chain.counts[i, j]), chain.probabilities[i, j], i in chain.sparse)
        for i in range(size)
        for j in range(size)
    ]
