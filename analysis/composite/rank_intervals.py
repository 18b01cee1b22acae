"""How far a rank moves over all ways to make the index."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.composite.aggregation import Aggregation, aggregate_columns
from analysis.composite.composite_index import CompositeIndex, normalise_panel, rank_within_years
from analysis.composite.geometric_ways import UnfitWay, check_products, find_unfit
from analysis.composite.index_weights import Weighting, combine_critic, measure_contrast, weigh_by_entropy
from analysis.composite.indicator_normalisation import Normalisation, lift_for_products
from analysis.composite.indicator_panel import IndicatorPanel, Missing
from regions.arrays import Booleans, Floats, Integers
from regions.errors import MethodError
from regions.messages import say


@dataclass(frozen=True, slots=True)
class IndexChoices:
    """Between which ways the draws choose, each with the same chance and all together.

    Attributes
    ----------
    normalisation, weights, aggregation, missing
        The ways, see `IndexOptions`; one name alone holds a choice fast. Benefit of the doubt is not among the weights
        (a linear programme per region and draw): measure it by itself.
    leave_out
        Also leave one indicator out, or none, each with the same chance.
    resample
        Instead of it draw the indicators of each pillar anew with replacement, as if others of their kind might have
        been at hand. Only so do the draws speak of a rank behind the indicators, see `measure_rank_intervals`.
    noise
        Every weight is multiplied by a number between 1 - noise and 1 + noise.
    """

    normalisation: tuple[Normalisation, ...] = ("minmax", "z", "rank", "goalposts")
    weights: tuple[Weighting, ...] = ("equal", "entropy", "critic")
    aggregation: tuple[Aggregation, ...] = ("additive", "geometric", "topsis")
    missing: tuple[Missing, ...] = ("available", "median")
    leave_out: bool = True
    resample: bool = False
    noise: float = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class RankDraws:
    """Ranks of an index that was made in many ways.

    Attributes
    ----------
    ranks
        (D, T, N) float32, among the regions that ``index`` scores; NaN for the others: a rule that fills gaps does not
        bring them back.
    levels
        Index: draw; one categorical column per choice, ``leave_out`` with the key of the indicator or "".
    index
        The index as it was asked for.
    unfit
        Scales on which a value is 0 or less, so that draws which were to take a geometric mean take another
        aggregation.
    """

    ranks: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]"
    levels: pd.DataFrame
    index: CompositeIndex
    unfit: tuple[UnfitWay, ...] = ()


def draw_ranks(
    index: CompositeIndex, *, choices: IndexChoices | None = None, draws: int = 2_000, seed: int = 0
) -> RankDraws:
    """Make an index again in many ways, and rank the regions each time.

    Every draw takes one of each choice: normalisation, weights, aggregation, rule for missing values, one indicator
    out, noise on the weights [1]_ [2]_. Weights by entropy and CRITIC are found anew without the indicator that is out.
    Where a scale has values of 0 or less its draws take no geometric mean but another aggregation (`RankDraws.unfit`).

    Parameters
    ----------
    index
        From `measure_index`.
    choices
        By default all of them.
    draws, seed
        Number of ways; of the random numbers.

    Raises
    ------
    MethodError
        For a choice without any way, noise outside [0, 1), fewer than two indicators to leave one out of, or a value
        that a geometric mean cannot take where no other aggregation is among the choices.

    References
    ----------
    .. [1] Saisana, M., Saltelli, A., & Tarantola, S. (2005). Uncertainty and sensitivity analysis techniques as tools
       for the quality assessment of composite indicators. JRSS A 168, 307-323.
       https://doi.org/10.1111/j.1467-985X.2005.00350.x
    .. [2] Becker, W., et al. (2022). COINr: An R package for developing composite indicators. JOSS 7(78), 4567.
       https://doi.org/10.21105/joss.04567

    Examples
    --------
    >>> from regionet import analysis, regions
    >>> index = analysis.measure_index(regions.load_study("china"))
    >>> analysis.draw_ranks(index, draws=100).ranks.shape  # draws, years, regions
    (100, 13, 31)
    """
    choices = choices or IndexChoices()
    _check_choices(choices)
    panel, generator = index.panel, np.random.default_rng(seed)
    count = len(panel.indicators)
    one_out = choices.leave_out and not choices.resample and count > 1
    out = generator.integers(-1, count, draws) if one_out else np.full(draws, -1)
    picked = {
        name: generator.integers(0, len(getattr(choices, name)), draws)
        for name in ("normalisation", "weights", "aggregation", "missing")
    }
    noise = 1 + choices.noise * generator.uniform(-1, 1, (draws, count))
    unfit = _leave_products_out(index, choices, picked, seed=seed)
    weights = _find_weights(panel, choices, (picked["missing"], picked["weights"], out)) * noise
    if choices.resample:
        times = weights * _count_resampled(panel.pillars, draws, generator)
        weights = np.where(times.sum(axis=1, keepdims=True) > 0, times, weights)
    scored = index.table["score"].notna().to_numpy().reshape(len(panel.years), len(panel.codes))
    ranks = np.full((draws, len(panel.years), len(panel.codes)), np.nan, dtype=np.float32)
    for n, normalisation in enumerate(choices.normalisation):
        for m, missing in enumerate(choices.missing):
            values = normalise_panel(panel, normalisation, missing)
            for a, aggregation in enumerate(choices.aggregation):
                alike = (picked["normalisation"] == n) & (picked["missing"] == m) & (picked["aggregation"] == a)
                lifted = lift_for_products(values, normalisation) if aggregation == "geometric" else values
                ranks[alike] = _rank_draws(lifted, weights[alike], aggregation, scored)
    names = [each.key for each in panel.indicators]
    levels = {name: np.array(getattr(choices, name), dtype=object)[which] for name, which in picked.items()}
    levels["leave_out"] = np.array([*names, ""], dtype=object)[out]
    return RankDraws(ranks, pd.DataFrame(levels).rename_axis("draw").astype("category"), index, unfit)


def _leave_products_out(
    index: CompositeIndex, choices: IndexChoices, picked: dict[str, Integers], *, seed: int
) -> tuple[UnfitWay, ...]:
    """Give draws whose scale has values of 0 or less another aggregation than the geometric, in place."""
    others = [place for place, way in enumerate(choices.aggregation) if way != "geometric"]
    if len(others) == len(choices.aggregation):
        return ()
    geometric, again = choices.aggregation.index("geometric"), np.random.default_rng([seed, 1])  # other draws stay
    found = []
    for n, normalisation in enumerate(choices.normalisation):
        for m, missing in enumerate(choices.missing):
            values = normalise_panel(index.panel, normalisation, missing)
            cells = find_unfit(values, normalisation)
            if not cells.any():
                continue
            if not others:
                check_products(index.panel, values, normalisation, index.regions)
            alike = (picked["normalisation"] == n) & (picked["missing"] == m) & (picked["aggregation"] == geometric)
            picked["aggregation"][alike] = again.choice(others, int(alike.sum()))
            found.append(UnfitWay(normalisation, missing, int(alike.sum()), cells))
    return tuple(found)


def _count_resampled(pillars: Sequence[str], draws: int, generator: np.random.Generator) -> Floats:
    """Return how often each indicator is drawn, with replacement within its pillar: (D, K)."""
    names = np.array(pillars)
    times = np.zeros((draws, len(names)))
    for name in np.unique(names):
        inside = np.flatnonzero(names == name)
        chosen = inside[generator.integers(0, len(inside), (draws, len(inside)))]
        np.add.at(times, (np.arange(draws)[:, None], chosen), 1)
    return times


def _check_choices(choices: IndexChoices) -> None:
    named = ("normalisation", "weights", "aggregation", "missing")
    if not all(getattr(choices, name) for name in named) or not 0 <= choices.noise < 1:
        raise MethodError(say("composite/choices", names=list(named)))


def _rank_draws(values: Floats, weights: Floats, method: Aggregation, scored: Booleans) -> Floats:
    """Return the ranks, among the regions that the index scores, of draws that differ in weights only: (d, T, N)."""
    years, regions = scored.shape
    if not len(weights):
        return np.empty((0, years, regions))
    ranks = np.empty((len(weights), years, regions))
    scores = aggregate_columns(values, weights, method=method).reshape(years, regions, -1)
    for year in range(years):
        held = np.where(scored[year][:, None], scores[year], np.nan)
        ranks[:, year] = rank_within_years(held[None])[0].T
    return ranks


def _find_weights(panel: IndicatorPanel, choices: IndexChoices, picked: Sequence[Integers]) -> Floats:
    """Return the weights of each draw, (D, K), 0 for the indicator that is left out."""
    missing, scheme, out = picked
    count = len(panel.indicators)
    tables = np.stack(
        [
            np.stack([_weigh_without(panel, rule, way) for way in choices.weights])
            for rule in (normalise_panel(panel, "minmax", each) for each in choices.missing)
        ]
    )
    weights = np.asarray(tables[missing, scheme, out])
    if not (weights.sum(axis=1) > 0).all():
        raise MethodError(say("composite/no-weight"))
    return weights.reshape(-1, count)


def _weigh_without(panel: IndicatorPanel, plain: Floats, way: str) -> Floats:
    """Return the weights with the k-th indicator left out, (K + 1, K); the last row leaves none out."""
    count = len(panel.indicators)
    kept = np.vstack([1 - np.eye(count), np.ones(count)])
    if way == "critic":
        spread, conflict = measure_contrast(plain)
        return np.stack([combine_critic(spread, conflict, row) for row in kept])
    if way == "equal":
        names = np.array(panel.pillars)
        alike = (names[:, None] == names[None, :]).astype(float)
        inside = kept @ alike
        return np.asarray(np.divide(kept, inside, out=np.zeros_like(kept), where=inside > 0))
    if way == "given":
        return np.asarray(kept * np.array([each.weight for each in panel.indicators]))
    if way == "entropy":
        return np.asarray(kept * weigh_by_entropy(plain))
    raise MethodError(say("composite/choice", name="weights", value=way, known=("equal", "entropy", "critic", "given")))


def measure_rank_intervals(drawn: RankDraws, *, level: float = 0.9) -> pd.DataFrame:
    """Measure how far each rank moves.

    Parameters
    ----------
    drawn
        From `draw_ranks`.
    level
        Share of the ways that an interval holds; .9 gives the 5th and the 95th percentile.

    Returns
    -------
    DataFrame
        Index (``code``, ``year``) as of the index; ``score``, ``rank`` as asked for; ``rank_mean``, ``rank_median``,
        ``rank_low``, ``rank_high``: over all ways in which the region has a score, ranks being whole numbers.

    Raises
    ------
    MethodError
        Without draws, or for a level that is no share.

    Notes
    -----
    A range over choices, no confidence interval, and it may lie beside the rank asked for. Simulated (31 regions, 12
    indicators of one quality each with noise; docs/scorecard.md): the range of .9 holds the rank by one more way in .94
    to .97, but the rank of the quality itself in .73 to .82 only, since every way is misled by the same noise. With
    ``IndexChoices(resample=True)`` it holds that rank in .88 to .96, and is twice as wide.

    Examples
    --------
    >>> from regionet import analysis, regions
    >>> index = analysis.measure_index(regions.load_study("china"))
    >>> ranks = measure_rank_intervals(draw_ranks(index, draws=200))
    >>> bool((ranks["rank_low"] <= ranks["rank_high"]).all())
    True
    """
    if not len(drawn.ranks) or not 0 <= level <= 1:
        raise MethodError(say("composite/range", draws=len(drawn.ranks), level=level))
    tail = (1 - level) / 2
    table = drawn.index.table[["score", "rank"]].copy()
    flat = drawn.ranks.reshape(len(drawn.ranks), -1).astype(float)
    known = ~np.isnan(flat).all(axis=0)
    columns = np.full((4, flat.shape[1]), np.nan)
    if known.any():
        part = flat[:, known]
        columns[0, known] = np.nanmean(part, axis=0)
        columns[1:, known] = np.nanquantile(part, [0.5, tail, 1 - tail], axis=0, method="inverted_cdf")
    for name, values in zip(("rank_mean", "rank_median", "rank_low", "rank_high"), columns, strict=True):
        table[name] = values
    return table
