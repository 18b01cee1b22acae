"""Does it come true? Fit on the early years, then see which unlinked pairs of regions formed links."""

from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd

from analysis.expectation.gravity import GravityFit
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.robust_fit import fit_expectation
from analysis.loglinear.tolerance import merge_ties
from analysis.networks.network import build_network
from analysis.networks.pair_index import index_pairs
from analysis.scores.auc import measure_auc
from regions.arrays import Booleans, Floats
from regions.errors import MethodError
from regions.messages import say
from regions.records.count_links import Counting
from regions.study import Study
from regions.study_parts.study_selection import select_study
from regions.study_parts.study_years import list_years
from regions.words import Words

TOP = 0.1
"""Lift compares the highest-scored tenth of the pairs with all of them."""

FEWEST = 5
"""Fewer new links, or fewer pairs without one, than this give no AUC worth printing."""

PREDICTORS = ("gravity", "degree_product", "common_neighbours", "adamic_adar", "distance")


@dataclass(frozen=True, slots=True, eq=False)
class Backtest:
    """What the early years said of the later ones.

    Attributes
    ----------
    measures
        One row per ``group`` (``known``: both regions had links before; ``newcomer``: at least one had none) and
        ``predictor``: ``pairs`` without an early link, ``formed`` (later links among them), ``auc``, ``auc_low``,
        ``auc_high`` (95 %, DeLong, pairs taken as independent, so rather too narrow), ``lift`` (share of later links
        in the highest-scored tenth over the share in all), NaN where fewer than `FEWEST` pairs formed a link, or did
        not, or the predictor says nothing of the group.
    grades
        Index: grade of the gap in the early years, every fitted pair; ``pairs``, ``before`` and ``after`` (weight of
        links), ``ratio_before`` = before / expected, ``ratio`` = after / expected (the early expectation, scaled to the
        total of the later years).
    pairs
        One row per pair of located regions without an early link, index (source, target): ``source``, ``target``,
        ``group``, ``formed`` and one column per predictor, higher meaning likelier.
    split
        Last year of the early years.
    notes
        What a reader must know.
    """

    measures: pd.DataFrame
    grades: pd.DataFrame
    pairs: pd.DataFrame
    split: int
    notes: tuple[Words, ...]


def backtest_gaps(
    study: Study,
    distances: pd.DataFrame,
    *,
    split: int | None = None,
    counting: Counting = "full",
    options: "GravityOptions | None" = None,
) -> Backtest:
    r"""Fit the gravity model on the early years and test it on the later ones.

    An unlinked pair is a gap of the size of its expectation, so the model's score of such a pair is its early
    expectation. It is compared with :math:`k_i k_j`, common neighbours, Adamic-Adar
    :math:`\sum_z 1 / \ln k_z`, all in the network of the early years, and nearness (-km). A newcomer has no
    effect of its own: its expectation takes the distance and the effect of the other region only.

    Parameters
    ----------
    study
        Observed records or links with years.
    distances
        N x N km.
    split
        Last year to fit on; None takes the year that leaves two thirds of the years, rounded up, before it.
    counting
        See `analysis.build_network`.
    options
        Which gravity model; what it takes from records comes from the early years alone.

    Returns
    -------
    Backtest

    Raises
    ------
    MethodError
        When the links are modelled (the model would be tested on itself), have no years or one year only, when the
        split leaves no year on one side, or the early years do not support a gravity model.

    References
    ----------
    Liben-Nowell & Kleinberg (2007), The link-prediction problem for social networks, doi:10.1002/asi.20591. DeLong,
    DeLong & Clarke-Pearson (1988), Comparing the areas under two or more correlated ROC curves, doi:10.2307/2531595.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from regionet import analysis
    >>> study, km = analysis.scatter_regions(20)
    >>> years = {year: analysis.simulate_network(study, km, analysis.Truth(), seed=year) for year in (2019, 2020)}
    >>> rows = [(a, b, w, year) for year, network in years.items() for a, b, w in network.edges(data="weight")]
    >>> links = pd.DataFrame(rows, columns=["source", "target", "weight", "year"]).astype({"year": "Int64"})
    >>> analysis.backtest_gaps(replace(study, links=links), km).split
    2019
    """
    from analysis.gaps.register import measure_gaps  # noqa: PLC0415 - gaps imports much that a plain fit does not need

    years = list_years(study)
    split = _choose_split(study, years, split)
    known = select_study(study, years=(years[0], split))
    early, late = (build_network(part, counting) for part in (known, select_study(study, years=(split + 1, years[-1]))))
    for network in (early, late):
        if network.graph.get("origin") == "modelled":
            raise MethodError(say("backtest/modelled"))
    fit = fit_expectation(known, early, distances, options=options)
    pairs = _score_pairs(early, late, distances, fit=fit)
    groups = [_measure_group(pairs, group) for group in ("known", "newcomer")]
    later = next(year for year in years if year > split)
    spans = ["-".join(dict.fromkeys(map(str, ends))) for ends in ((years[0], split), (later, years[-1]))]
    notes = (
        Words(
            f"Fitted on {spans[0]}, tested on {spans[1]}.",
            f"以 {spans[0]} 年拟合，以 {spans[1]} 年检验。",
        ),
    )
    return Backtest(
        pd.concat(groups, ignore_index=True), _measure_grades(measure_gaps(fit).table, late), pairs, split, notes
    )


def measure_lift(formed: Booleans, score: Floats, *, top: float = TOP) -> float:
    """Measure how much more often the highest-scored share ``top`` formed a link than all did.

    Pairs tied at the threshold count in part, so the order of the rows does not matter. NaN when none formed a link.
    """
    size = max(top * len(score), 1.0)
    score = merge_ties(score)
    order = pd.Series(score).rank(method="min", ascending=False).to_numpy() - 1
    tied = pd.Series(score).map(pd.Series(score).value_counts()).to_numpy()
    share = np.clip((size - order) / tied, 0.0, 1.0)
    base = formed.mean()
    return float((share * formed).sum() / size / base) if base > 0 else np.nan


def _choose_split(study: Study, years: list[int], split: int | None) -> int:
    if len(years) == 1:
        raise MethodError(say("backtest/one-year", study=study.name, year=years[0]))
    chosen = years[-(-2 * len(years) // 3) - 1] if split is None else split
    if chosen == years[-1]:
        chosen = years[-2] if split is None else chosen
    if not years[0] <= chosen < years[-1]:
        raise MethodError(say("backtest/split", first=years[0], last=years[-1], split=chosen))
    return chosen


def _score_pairs(early: nx.Graph, late: nx.Graph, distances: pd.DataFrame, *, fit: GravityFit) -> pd.DataFrame:
    """Score all located pairs without an early link; directed networks are taken as joined either way."""
    before, after = (network.to_undirected() for network in (early, late))
    codes = [str(code) for code in before if np.isfinite(distances.loc[code].drop(code)).any()]
    i, j = np.triu_indices(len(codes), k=1)
    linked = nx.to_numpy_array(before, nodelist=codes, weight=None) > 0
    new = nx.to_numpy_array(after, nodelist=codes, weight=None) > 0
    degree = linked.sum(axis=1)
    inverse = np.where(degree > 1, 1 / np.log(np.maximum(degree, 2)), 0.0)
    km = distances.loc[codes, codes].to_numpy(dtype=float)
    scores = {
        "gravity": _expect(fit, codes, km),
        "degree_product": np.outer(degree, degree).astype(float),
        "common_neighbours": (linked.astype(float) @ linked),
        "adamic_adar": (linked * inverse) @ linked,
        "distance": -km,
    }
    open_pairs = ~linked[i, j] & np.isfinite(km[i, j])
    i, j = i[open_pairs], j[open_pairs]
    names = np.array(codes, dtype=object)
    newcomer = (degree[i] == 0) | (degree[j] == 0)
    table = pd.DataFrame({"source": names[i], "target": names[j], "group": np.where(newcomer, "newcomer", "known")})
    return index_pairs(table.assign(formed=new[i, j], **{name: values[i, j] for name, values in scores.items()}))


def _expect(fit: GravityFit, codes: list[str], km: Floats) -> Floats:
    """Return the expectation of every pair, both directions together; beyond the fitted pairs by effects and distance.

    A region's effect is the mean of its fitted pairs with distance taken out; a newcomer has that of the average.
    """
    table = fit.table
    position = {code: number for number, code in enumerate(codes)}
    rows, columns = (table[end].map(position).to_numpy() for end in ("source", "target"))
    slope = fit.model.coefficients["estimate"].get("ln_distance", 0.0)
    base = np.log(table["expected"].to_numpy()) - slope * np.log(np.maximum(table["distance_km"].to_numpy(), 1.0))
    total, count = np.zeros(len(codes)), np.zeros(len(codes))
    for ends in (rows, columns):
        np.add.at(total, ends, base)
        np.add.at(count, ends, 1)
    mean = np.divide(total, count, out=np.full_like(total, base.mean()), where=count > 0)
    # The mean over the pairs of a region holds the mean of the others, which is a little less than the grand mean.
    size = max(int((count > 0).sum()), 3)
    effect = (mean - base.mean()) * (size - 1) / (size - 2)
    beyond = np.exp(effect[:, None] + effect + base.mean() + slope * np.log(np.maximum(np.nan_to_num(km), 1.0)))
    fitted = np.zeros_like(beyond)
    np.add.at(fitted, (rows, columns), table["expected"].to_numpy())
    fitted += fitted.T
    expected: Floats = np.where(fitted > 0, fitted, beyond * (2 if fit.model.directed else 1))
    return expected


def _measure_group(pairs: pd.DataFrame, group: str) -> pd.DataFrame:
    rows = pairs[pairs["group"] == group]
    formed = rows["formed"].to_numpy(dtype=bool)
    enough = min(formed.sum(), (~formed).sum()) >= FEWEST
    found = []
    for name in PREDICTORS:
        score = rows[name].to_numpy(dtype=float)
        speaks = enough and np.ptp(score) > 0
        auc, error = measure_auc(score, formed) if speaks else (np.nan, np.nan)
        found.append(
            {
                "group": group,
                "predictor": name,
                "pairs": len(rows),
                "formed": int(formed.sum()),
                "auc": auc,
                "auc_low": max(auc - 1.96 * error, 0.0) if speaks else np.nan,
                "auc_high": min(auc + 1.96 * error, 1.0) if speaks else np.nan,
                "lift": measure_lift(formed, score) if speaks else np.nan,
            }
        )
    return pd.DataFrame(found)


def _measure_grades(gaps: pd.DataFrame, late: nx.Graph) -> pd.DataFrame:
    after = [
        late.get_edge_data(a, b, {"weight": 0.0})["weight"] for a, b in zip(gaps["source"], gaps["target"], strict=True)
    ]
    rows = gaps.assign(after=after)
    scale = rows["after"].sum() / rows["expected"].sum()
    sums = rows.groupby("grade").agg(
        pairs=("after", "size"), before=("observed", "sum"), expected=("expected", "sum"), after=("after", "sum")
    )
    sums = sums.reindex([grade for grade in ("strong", "moderate", "weak", "none") if grade in sums.index])
    ratios = {"ratio_before": sums["before"] / sums["expected"], "ratio": sums["after"] / (sums["expected"] * scale)}
    return sums.assign(**ratios).drop(columns="expected")
