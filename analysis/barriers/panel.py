"""Years side by side: whether a barrier comes down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from analysis.barriers.barriers import PREFIX, measure_barriers
from analysis.expectation.gravity import tabulate_coefficients
from analysis.expectation.gravity_options import GravityOptions
from analysis.expectation.pairs import Pairs, build_pairs
from analysis.expectation.robust_fit import fit_expectation
from analysis.loglinear.covariance import measure_model_errors, number_dyads
from analysis.loglinear.effects import Effect
from analysis.loglinear.nb2_dispersion import estimate_dispersion
from analysis.loglinear.ppml import PoissonFit, fit_ppml
from analysis.networks.network import build_network
from regions.arrays import Positions
from regions.errors import MethodError
from regions.messages import join_sentences, say
from regions.records.count_links import Counting
from regions.study import Study
from regions.study_parts.study_selection import select_study
from regions.study_parts.study_years import open_years
from regions.words import Words

if TYPE_CHECKING:
    import networkx as nx


PanelEffects = Literal["region-year", "region"]


@dataclass(frozen=True, slots=True, eq=False)
class PanelFit:
    """A gravity model of several years.

    Attributes
    ----------
    coefficients
        Index covariate; ``estimate``, ``error``, ``low``, ``high`` (95 %), ``percent``. The error is the model's own,
        the larger of two: what makes a pair differ from its expectation lasts over the years, or is drawn anew in each.
        ``X_trend``: the change of the coefficient of X per year.
    years
        Years that entered.
    skipped
        Years that could not, with the reason.
    regression
        The fit on pseudo-counts.
    """

    coefficients: pd.DataFrame
    years: tuple[int, ...]
    skipped: dict[int, str]
    regression: PoissonFit


@dataclass(frozen=True, slots=True, eq=False)
class YearlyBarriers:
    """What borders cost, year by year.

    Attributes
    ----------
    table
        Index (year, barrier), columns as of ``analysis.barriers.barriers.measure_barriers``.
    skipped
        Years whose links cannot carry a model, with the reason.
    """

    table: pd.DataFrame
    skipped: dict[int, str]


def build_yearly_networks(study: Study, *, counting: Counting = "full", window: int = 1) -> "dict[int, nx.Graph]":
    """Build one network per year.

    Parameters
    ----------
    study
        Whose records or links have years.
    counting
        See ``analysis.build_network``.
    window
        Number of years that a network covers, the year it is named by being the last: sparse years borrow from the
        years before.

    Raises
    ------
    MethodError
        When no table has years, or the window is not at least 1 or longer than the years from first to last.

    Examples
    --------
    >>> from regionet import analysis, geodata, regions
    >>> study = regions.load_study("yangtze-delta")
    >>> list(analysis.build_yearly_networks(study))
    [2011, 2017, 2019]
    """
    if window < 1:
        raise MethodError(f"a window covers at least one year; got {window}")
    study = open_years(study)
    tables = [table for table in (study.links, study.records) if table is not None and "year" in table]
    if not tables:
        raise MethodError(say("study/no-years", study=study.name))
    years = sorted({int(year) for year in tables[0]["year"].dropna()})
    last = [year for year in years if year - window + 1 >= years[0]]
    if not last:
        listed = Words(", ".join(map(str, years)), "、".join(map(str, years)))
        raise MethodError(say("study/window", window=window, years=listed))
    return {year: build_network(select_study(study, years=(year - window + 1, year)), counting) for year in last}


def measure_barriers_by_year(
    study: Study,
    networks: "Mapping[int, nx.Graph]",
    distances: pd.DataFrame,
    *,
    options: GravityOptions | None = None,
) -> YearlyBarriers:
    """Measure the barriers in every year by itself: all coefficients and all region effects may change.

    Parameters
    ----------
    study, distances, options
        As in ``analysis.fit_gravity``.
    networks
        Year -> network.

    Raises
    ------
    MethodError
        When no year can be fitted.

    Examples
    --------
    >>> from regionet import analysis
    >>> study, km = analysis.scatter_regions(20)
    >>> network = analysis.simulate_network(study, km, analysis.Truth(), seed=1)
    >>> found = analysis.measure_barriers_by_year(study, {2020: network}, km)
    >>> found.table.index.tolist()
    [(2020, 'different_parent')]
    """
    found: dict[int, pd.DataFrame] = {}
    reasons: dict[int, MethodError] = {}
    for year in sorted(networks):
        try:
            found[year] = measure_barriers(fit_expectation(study, networks[year], distances, options=options))
        except MethodError as error:  # one thin year must not hide the others
            reasons[year] = error
    if not found:
        raise MethodError(say("panel/no-year", why=_tell(reasons)))
    skipped = {year: str(error) for year, error in reasons.items()}
    return YearlyBarriers(pd.concat(found, names=["year"]), skipped)


def fit_panel(
    study: Study,
    networks: "Mapping[int, nx.Graph]",
    distances: pd.DataFrame,
    *,
    options: GravityOptions | None = None,
    effects: PanelEffects = "region-year",
    trends: Sequence[str] | None = None,
) -> PanelFit:
    """Fit one gravity model to all years, with a trend in the price of the barriers.

    E[c_ijt] = exp(a_it + a_jt + (b + d (t - mean t))' x_ij): region-year effects hold how each region grows; what is
    left to the trend d is whether collaboration across grows faster than within. d > 0 at a barrier: it comes down.

    Parameters
    ----------
    study, distances, options
        As in ``analysis.fit_gravity``; PPML and region effects only.
    networks
        Year -> network, two years or more.
    effects
        ``region-year``, or ``region`` with one effect per region and one per year.
    trends
        Covariates with a trend; None takes the barriers.

    Raises
    ------
    MethodError
        When fewer than two years have links, or an option is not allowed.
    """
    asked = options or GravityOptions()
    if asked.family != "ppml" or asked.effects != "region":
        raise MethodError("a panel is fitted by PPML with region effects; leave family and effects as they are")
    if effects not in ("region-year", "region"):
        raise MethodError(f"effects must be region-year or region; got {effects!r}")
    stack, skipped = _stack(study, networks, distances, asked)
    table, when = _build_table(stack, trends)
    counts = np.concatenate([pairs.table["observed"].to_numpy() / pairs.unit for pairs in stack.values()])
    ends = _place(study, stack)
    families = _list_effects(ends, when, directed=next(iter(stack.values())).directed, by_year=effects == "region-year")
    fit = fit_ppml(
        counts, table.to_numpy(dtype=float), families, names=[str(name) for name in table.columns], pairs=ends
    )
    return PanelFit(_summarise(fit, ends), tuple(stack), skipped, fit)


def _build_table(stack: dict[int, Pairs], trends: Sequence[str] | None) -> tuple[pd.DataFrame, Positions]:
    """Return the covariates of all years, with their trends, and the year of every row."""
    used = dict.fromkeys(name for pairs in stack.values() for name in pairs.covariates)
    table = pd.concat([pairs.table[list(used)] for pairs in stack.values()], ignore_index=True)
    when = np.repeat(list(stack), [len(pairs.table) for pairs in stack.values()])
    moving = [name for name in used if name.startswith(PREFIX)] if trends is None else list(trends)
    unknown = [name for name in moving if name not in used]
    if unknown:
        raise MethodError(f"no covariate {', '.join(unknown)} to have a trend; there are {', '.join(used)}")
    added = {f"{name}_trend": table[name] * (when - np.mean(list(stack))) for name in moving}
    return table.assign(**added), when


def _stack(
    study: Study, networks: "Mapping[int, nx.Graph]", distances: pd.DataFrame, options: GravityOptions
) -> tuple[dict[int, Pairs], dict[int, str]]:
    stack, reasons = {}, {}
    for year in sorted(networks):
        try:
            stack[year] = build_pairs(study, networks[year], distances, options=options)
        except MethodError as error:  # one thin year must not hide the others
            reasons[year] = error
    if len({pairs.directed for pairs in stack.values()}) > 1:
        raise MethodError(say("panel/directed"))
    if len(stack) < 2:  # noqa: PLR2004 - a panel has two years at least
        raise MethodError(say("panel/one-year", why=_tell(reasons) if reasons else say("panel/one-given")))
    return stack, {year: str(error) for year, error in reasons.items()}


def _tell(reasons: Mapping[int, MethodError]) -> Words:
    return join_sentences(say("panel/year", year=year, why=error.words) for year, error in reasons.items())


def _place(study: Study, stack: dict[int, Pairs]) -> tuple[Positions, Positions]:
    """Return the position of both ends of every row among the regions of the study, the same in all years."""
    ends = [pd.concat([pairs.table[end] for pairs in stack.values()]) for end in ("source", "target")]
    first, second = (study.regions.index.get_indexer(pd.Index(end)).astype(np.intp) for end in ends)
    return first, second


def _list_effects(ends: tuple[Positions, Positions], when: Positions, *, directed: bool, by_year: bool) -> list[Effect]:
    _, year = np.unique(when, return_inverse=True)
    if by_year:
        shift = year * (int(max(end.max() for end in ends)) + 1)
        ends = (ends[0] + shift, ends[1] + shift)
    mark = "-year" if by_year else ""
    families = (
        [Effect(f"source{mark}", ends[0]), Effect(f"target{mark}", ends[1])]
        if directed
        else [Effect(f"region{mark}", ends[0], ends[1])]
    )
    return families if by_year else [*families, Effect("year", year)]


def _summarise(fit: PoissonFit, ends: tuple[Positions, Positions]) -> pd.DataFrame:
    dyads = number_dyads(ends[0][fit.used], ends[1][fit.used])
    alpha = estimate_dispersion(fit.design.y, np.exp(fit.mean.eta), design=fit.design)
    return tabulate_coefficients(fit, measure_model_errors(fit.design, fit.mean.eta, alpha=alpha, groups=dyads))
