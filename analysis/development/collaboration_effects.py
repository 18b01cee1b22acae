"""How conditions go with collaboration: within regions over dated networks, or between regions of one network."""

from dataclasses import replace
from typing import cast

import numpy as np
import pandas as pd

from analysis.development.condition_effects import (
    FEWEST_REGIONS,
    FEWEST_YEARS,
    SLOW,
    ConditionEffects,
    choose_conditions,
    clear_effects,
    share_within,
    tell_effects,
    tell_left_out,
)
from analysis.development.peers import STRUCTURE
from analysis.loglinear.effects import Effect
from analysis.loglinear.irls import take_out_effects
from analysis.loglinear.ppml import fit_ppml
from analysis.networks.network import build_network
from regions.arrays import Floats, Positions
from regions.errors import MethodError
from regions.messages import say
from regions.schemes.indicator_scheme import read_scheme
from regions.schemes.indicator_values import compute_indicators
from regions.study import Study
from regions.study_parts.study_years import list_years, open_years
from regions.words import Words

COLLABORATION = "strength"
"""The outcome: sum of the weights of a region's links to other regions."""

SIZE = ("size", "wealth")
"""What regions of one year are compared beside, of `analysis.development.peers.STRUCTURE`."""
_FEWEST = 20


def measure_yearly_strength(study: Study) -> "pd.Series[float]":
    """Return the collaboration of every region in the network of every year.

    Years that the study sets aside count too (`regions.open_years`); records without years are one network, whose year
    is the last of the indicators. A region without links has 0.

    Parameters
    ----------
    study
        With links or records.

    Returns
    -------
    Series
        Index (``code``, ``year``).

    Raises
    ------
    MethodError
        For a study without links.

    Examples
    --------
    >>> from regionet import regions
    >>> found = measure_yearly_strength(regions.load_study("china"))
    >>> found.groupby(level="year").sum().to_dict()
    {2011: 3688.0, 2017: 1568.0, 2019: 340.0}
    """
    opened = open_years(study)
    try:
        networks = {year: build_network(opened, years=(year, year)) for year in list_years(opened)}
    except MethodError:  # links without years
        last = 0 if study.indicators is None else int(study.indicators["year"].max())
        networks = {last: build_network(opened)}
    parts = {year: dict(network.degree(weight="weight")) for year, network in networks.items()}
    table = pd.DataFrame(parts).reindex(study.regions.index).fillna(0.0).rename_axis("code").rename_axis("year", axis=1)
    stacked = cast("pd.Series[float]", table.stack())  # noqa: PD013 - code, year
    return stacked.astype(float).rename(COLLABORATION)


def associate_collaboration(
    study: Study, *, scheme: str | pd.DataFrame = "conditions", level: float = 0.95
) -> ConditionEffects:
    r"""Associate conditions with the collaboration of regions.

    With networks of three years or more, :math:`E[s_{it}]=\exp(\sum_k\beta_k\ln x_{kit}+\alpha_i+\gamma_t)` by Poisson
    pseudo likelihood, which takes regions without links in a year along; errors are robust to whatever goes on within a
    region. With fewer, regions of the last network are compared, one condition at a time beside the logarithms of
    residents and of product per head; errors are robust to unequal variances.

    Parameters
    ----------
    study
        With links and indicators. One network alone takes the values of the nearest year.
    scheme
        Conditions; those known in too few years are left out and named.
    level
        Coverage.

    Returns
    -------
    ConditionEffects
        ``design`` tells which of the two it is.

    Raises
    ------
    MethodError
        For a study without links, or too few regions and years with everything known.

    Notes
    -----
    Between regions the estimate holds all that makes a place rich in a condition; it is an association of kinds of
    places, nothing that happens when a place gets more.

    Examples
    --------
    >>> from regionet import regions
    >>> found = associate_collaboration(regions.load_study("china"))
    >>> found.design, found.years
    ('within', (2011, 2017, 2019))
    """
    strength = measure_yearly_strength(study)
    computed = compute_indicators(study, read_scheme(scheme))
    values, words = computed.table, {each.key: each.name for each in computed.scheme.indicators}
    years = [int(year) for year in strength.index.get_level_values("year").unique()]
    known = values[values.index.get_level_values("year").isin(years)]
    names, left_out = choose_conditions(known)
    if len(names) and len(years) >= FEWEST_YEARS:
        rows = known[names].join(strength)
        rows = rows[(rows[names] > 0).all(axis=1)].dropna()
        kept = rows[rows.groupby(level="code")[COLLABORATION].transform("size") > 1]
        if kept.index.get_level_values("year").nunique() >= FEWEST_YEARS and len(kept) >= _FEWEST:
            found = _fit_within(kept, names, level)
            gone = [*left_out, *(name for name in names if name not in found.table.index)]
            notes = (*tell_effects(found.table, len(kept), words), *tell_left_out(gone, words))
            return replace(found, notes=notes)
    found = _fit_between(study, strength, values, level)
    gone = [str(name) for name in values if name not in found.table.index]
    return replace(found, notes=(*found.notes, *tell_left_out(gone, words)))


def _fit_within(rows: pd.DataFrame, names: list[str], level: float) -> ConditionEffects:
    logs = pd.DataFrame(np.log(rows[names]))
    units, codes = pd.factorize(rows.index.get_level_values("code"))
    times, years = pd.factorize(rows.index.get_level_values("year"), sort=True)
    effects = [Effect("region", units), Effect("year", times)]
    table = _fit_poisson(rows[COLLABORATION].to_numpy(), logs, effects, (units, level))
    cleared = clear_effects(logs)
    table["within"] = [share_within(logs[name], cleared[name]) for name in table.index]
    table["slow"] = table["within"] < SLOW
    kept, known = logs[list(table.index)], tuple(int(year) for year in years)
    return ConditionEffects(table, COLLABORATION, pd.Index(codes), known, kept, level, ())


def _fit_between(study: Study, strength: "pd.Series[float]", values: pd.DataFrame, level: float) -> ConditionEffects:
    """Compare the regions of the last network, one condition at a time beside size and wealth."""
    last = int(strength.index.get_level_values("year").max())
    structure = compute_indicators(study, read_scheme(STRUCTURE)).table
    controls = _take_near(structure[[name for name in SIZE if name in structure]], last)
    conditions = _take_near(values, last)
    y = strength.xs(last, level="year")
    parts, rows = [], {}
    for name in conditions:
        table = pd.concat([conditions[[name]], controls], axis=1)
        table = table[(table > 0).all(axis=1)]
        if len(table) < FEWEST_REGIONS + 2 * table.shape[1] or not y[table.index].any():
            continue
        logs, units = pd.DataFrame(np.log(table)), np.arange(len(table))
        fit = _fit_poisson(
            np.asarray(y[table.index], dtype=np.float64), logs, [Effect("all", 0 * units)], (units, level)
        )
        parts.append(fit.loc[fit.index == name])
        rows[name] = logs[name]
    if not parts:
        raise MethodError(say("conditions/few", regions=int((y > 0).sum()), years=1))
    logs = pd.DataFrame(rows)
    logs.index = pd.MultiIndex.from_product([logs.index, [last]], names=["code", "year"])
    table = pd.concat(parts).assign(within=np.nan, slow=False)
    codes = pd.Index(logs.index.get_level_values("code"))
    notes = (_tell_between(last, len(codes), [str(name) for name in controls]),)
    return ConditionEffects(table, COLLABORATION, codes, (last,), logs, level, notes, design="between")


def _take_near(table: pd.DataFrame, year: int) -> pd.DataFrame:
    """Return the value of each region and column in the known year that is nearest to a year, the earlier of two."""
    long = table.reset_index().melt(["code", "year"]).dropna(subset=["value"])
    long["away"] = (long["year"] - year).abs() + 0.5 * (long["year"] > year)
    nearest = long.sort_values("away", kind="stable").drop_duplicates(["code", "variable"])
    return nearest.pivot_table(index="code", columns="variable", values="value").reindex(columns=table.columns)


def _fit_poisson(y: Floats, logs: pd.DataFrame, effects: list[Effect], way: tuple[Positions, float]) -> pd.DataFrame:
    """Return elasticities with clustered intervals; ``way``: (n,) the cluster of each row, and the coverage."""
    clusters, level = way
    fit = fit_ppml(y, logs.to_numpy(), effects, names=[str(name) for name in logs])
    cleared, bread = take_out_effects(fit.design, fit.mean.eta)
    residual = cleared * (fit.design.y - np.exp(fit.mean.eta))
    scores = pd.DataFrame(residual.T).groupby(clusters[fit.used]).sum().to_numpy()
    count = len(scores)
    error = np.sqrt(np.diag(bread @ (scores.T @ scores) @ bread) * count / (count - 1))
    from scipy import stats  # noqa: PLC0415 - half a second, only where used

    t = stats.t(count - 1)
    reach = t.ppf((1 + level) / 2) * error
    beta = fit.coefficients
    columns = {"estimate": beta, "low": beta - reach, "high": beta + reach, "p": 2 * t.sf(np.abs(beta / error))}
    return pd.DataFrame(columns, index=pd.Index(fit.names, name="indicator"))


def _tell_between(year: int, regions: int, controls: list[str]) -> Words:
    beside = [each for each in read_scheme(STRUCTURE).indicators if each.key in controls]
    en, zh = " and ".join(each.name.en for each in beside), "、".join(each.name.zh for each in beside)
    return Words(
        f"Collaboration is known of too few years: {regions} regions are compared with each other ({year}), each "
        f"condition by itself beside {en or 'nothing'}; what else tells them apart stays in the estimate.",
        f"协作数据的年份不足：对 {regions} 个地区作横向比较（{year} 年），逐个条件估计，控制变量：{zh or '无'}；"
        "其他差异仍包含在估计值中。",
    )
