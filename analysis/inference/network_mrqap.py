"""MRQAP of a collaboration network on what is known of its pairs, by name, as the literature runs it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import networkx as nx
import numpy as np
import pandas as pd

from analysis.expectation.covariates import add_covariates
from analysis.inference.known_mrqap import measure_known_mrqap
from analysis.inference.matrices import build_matrix
from analysis.inference.mrqap import MrqapFit
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

Outcome = Literal["ln_weight", "weight", "linked"]
_SAME, _DIFFERENT, _RATIO, _PRODUCT = "same_", "different_", "ln_ratio_", "ln_product_"


@dataclass(frozen=True, slots=True, eq=False)
class NetworkMrqap:
    """What explains the links of a network.

    Attributes
    ----------
    table
        Index ``predictor``; ``estimate``, ``standardised`` (estimate with all tables at standard deviation 1), ``t``,
        ``p`` (two-sided), ``p_upper``, ``p_lower``; ``correlation`` with the outcome, of this predictor alone, and its
        ``correlation_p`` (QAP).
    fit
        Constant, share of variance, number of pairs, permutations.
    regions
        How many regions take part: those with a link and with a known pair.
    notes
        What was left out, in both languages.
    """

    table: pd.DataFrame
    fit: MrqapFit
    regions: int
    notes: tuple[Words, ...]


def list_predictors(study: Study) -> list[str]:
    """Return the usual predictors: distance, contiguity where it is known, the same side of each border."""
    from geodata import find_neighbours  # noqa: PLC0415 - may read polygons, only where used

    contiguous = ["contiguous"] if find_neighbours(study) is not None else []
    return ["ln_distance", *contiguous, *(f"{_SAME}{border}" for border in study.borders)]


def measure_network_mrqap(
    study: Study,
    network: nx.Graph,
    distances: pd.DataFrame,
    *,
    on: Sequence[str] = (),
    outcome: Outcome = "ln_weight",
    permutations: int = 999,
    seed: int = 0,
) -> NetworkMrqap:
    """Regress the links of a network on measures of its pairs (MRQAP, double semi-partialling).

    Parameters
    ----------
    study
        Gives borders, groups, contiguity, fields, kinds, indicators and dyads.
    network
        Observed collaboration. Regions without a link to another are left out and counted.
    distances
        N x N km.
    on
        Predictors: every covariate of the gravity model (``ln_distance``, ``contiguous``, ``different_X``,
        ``technological_distance``, a measure of the dyads and its ``ln_``), ``same_X`` (1 - ``different_X``, so
        ``same_group`` too), and of an indicator X in the latest year that most regions have ``ln_ratio_X``
        (|ln x_a - ln x_b|, how unequal the two are) and ``ln_product_X`` (ln x_a + ln x_b, their size). None given:
        `list_predictors`.
    outcome
        ``ln_weight``: ln(1 + weight); ``weight``; ``linked``: 1 or 0.
    permutations, seed
        Of the regions.

    Raises
    ------
    MethodError
        For a modelled network, an unknown predictor, too few pairs, predictors that are constant or combinations.

    Examples
    --------
    >>> from regionet import analysis
    >>> study, km = analysis.scatter_regions(12)
    >>> network = analysis.simulate_network(study, km, analysis.Truth(), seed=1)
    >>> found = measure_network_mrqap(study, network, km, on=["ln_distance", "same_parent"], permutations=99)
    >>> found.table.index.tolist(), found.fit.pairs
    (['ln_distance', 'same_parent'], 66)
    """
    if network.graph.get("origin") == "modelled":
        raise MethodError(say("gravity/modelled"))
    names = list(dict.fromkeys(on)) or list_predictors(study)
    linked = [code for code in study.regions.index if code in network and set(network[code]) - {code}]
    observed = _shape(build_matrix(network).reindex(index=linked, columns=linked), outcome)
    tables, notes = _build_predictors(study, distances, linked, names=names, directed=network.is_directed())
    known = np.isfinite(np.stack([table.to_numpy() for table in tables.values()])).all(axis=0)
    np.fill_diagonal(known, val=False)
    kept = [code for code, told in zip(linked, known.any(axis=1), strict=True) if told]
    outcome_table = observed.loc[kept, kept]
    predictors = {
        name: table.loc[kept, kept].where(known[np.ix_(*[np.isin(linked, kept)] * 2)]) for name, table in tables.items()
    }
    fit = measure_known_mrqap(outcome_table, predictors, permutations=permutations, seed=seed)
    alone = {
        name: measure_known_mrqap(
            outcome_table.where(table.notna()), {name: table}, permutations=permutations, seed=seed
        )
        for name, table in predictors.items()
    }
    table = fit.table.assign(
        standardised=_standardise(fit, outcome_table, predictors),
        correlation=[np.sign(each.table["estimate"].iloc[0]) * np.sqrt(each.r_squared) for each in alone.values()],
        correlation_p=[each.table["p"].iloc[0] for each in alone.values()],
    )
    columns = ["estimate", "standardised", "t", "p", "p_upper", "p_lower", "correlation", "correlation_p"]
    counts = (len(study.regions), len(linked), len(kept))
    return NetworkMrqap(table[columns], fit, len(kept), (*notes, *_count_left_out(counts, fit)))


def _shape(weights: pd.DataFrame, outcome: str) -> pd.DataFrame:
    if outcome == "weight":
        return weights
    return (weights > 0).astype(float) if outcome == "linked" else weights.map(math.log1p)


def _build_predictors(
    study: Study, distances: pd.DataFrame, codes: list[str], *, names: Sequence[str], directed: bool
) -> tuple[dict[str, pd.DataFrame], list[Words]]:
    """Return name -> N x N, NaN where a pair is not known, and notes."""
    rows, columns = np.nonzero(~np.eye(len(codes), dtype=bool)) if directed else np.triu_indices(len(codes), 1)
    labels = np.asarray(codes, dtype=object)
    pairs = pd.DataFrame({"source": labels[rows], "target": labels[columns]})
    pairs["distance_km"] = distances.reindex(index=codes, columns=codes).to_numpy(dtype=float)[rows, columns]
    own = [name for name in names if name.startswith((_RATIO, _PRODUCT))]
    wanted = [
        name.replace(_SAME, _DIFFERENT, 1) if name.startswith(_SAME) else name for name in names if name not in own
    ]
    _, notes = add_covariates(pairs, study, wanted=wanted, directed=directed)
    values: dict[str, np.ndarray] = {}
    for name in names:
        if name in own:
            values[name], note = _compare_indicator(study, name, pairs)
            notes.append(note)
        elif name.startswith(_SAME):
            values[name] = 1.0 - pairs[name.replace(_SAME, _DIFFERENT, 1)].to_numpy(dtype=float)
        else:
            values[name] = pairs[name].to_numpy(dtype=float)
    return {name: _square(value, (rows, columns), codes, directed=directed) for name, value in values.items()}, notes


def _square(
    value: np.ndarray, cells: tuple[np.ndarray, np.ndarray], codes: list[str], *, directed: bool
) -> pd.DataFrame:
    square = np.full((len(codes), len(codes)), np.nan)
    square[cells] = value
    if not directed:
        square[cells[::-1]] = value
    return pd.DataFrame(square, index=codes, columns=codes)


def _compare_indicator(study: Study, name: str, pairs: pd.DataFrame) -> tuple[np.ndarray, Words]:
    """Return the ratio or product of an indicator for every pair, in the latest of the years that most regions have."""
    column = name.removeprefix(_RATIO).removeprefix(_PRODUCT)
    table = study.indicators
    known = [] if table is None else [str(each) for each in table.columns if each not in {"code", "year"}]
    if table is None or column not in known:
        raise MethodError(say("mrqap/no-indicator", name=name, known=known or ["-"]))
    told = table[table["code"].isin(study.regions.index) & (table[column] > 0)]
    counts = told.groupby("year")[column].count()
    if counts.empty:
        raise MethodError(say("mrqap/no-indicator", name=name, known=known))
    year = int(counts.index[counts == counts.max()].max())
    logs = np.log(told[told["year"] == year].set_index("code")[column])
    first, second = (logs.reindex(pairs[end]).to_numpy() for end in ("source", "target"))
    value = np.abs(first - second) if name.startswith(_RATIO) else first + second
    return value, Words(en=f"{name}: {column} of {year}", zh=f"{name}：采用 {year} 年的 {column}")


def _standardise(fit: MrqapFit, outcome: pd.DataFrame, predictors: dict[str, pd.DataFrame]) -> list[float]:
    """Return the estimates with outcome and predictors at standard deviation 1 over the pairs that count."""
    known = np.isfinite(np.stack([outcome, *predictors.values()])).all(axis=0) & ~np.eye(len(outcome), dtype=bool)
    spread = float(outcome.to_numpy()[known].std())
    return [
        float(fit.table.loc[name, "estimate"] * table.to_numpy()[known].std() / spread)
        for name, table in predictors.items()
    ]


def _count_left_out(counts: tuple[int, int, int], fit: MrqapFit) -> list[Words]:
    every, linked, kept = counts
    notes = []
    if every > linked:
        lost = every - linked
        notes.append(Words(en=f"{lost} region(s) without a link are left out", zh=f"{lost} 个无联系的地区未纳入"))
    if linked > kept:
        lost = linked - kept
        notes.append(
            Words(
                en=f"{lost} regions of which no pair is known by every measure are left out",
                zh=f"{lost} 个地区没有各项指标均已知的地区对，未纳入",
            )
        )
    pairs = kept * (kept - 1) // (1 if fit.directed else 2)
    if pairs > fit.pairs:
        notes.append(
            Words(
                en=f"{pairs - fit.pairs:,} of {pairs:,} pairs are not known by every measure and left out",
                zh=f"{pairs:,} 对中有 {pairs - fit.pairs:,} 对缺少某项指标，未纳入",
            )
        )
    return notes
