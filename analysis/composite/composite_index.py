"""One index of a study: indicators of a scheme on one scale, weighed and added up, by region and year."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.composite.aggregation import Aggregation, aggregate_columns
from analysis.composite.benefit_of_doubt import measure_benefit_of_doubt
from analysis.composite.geometric_ways import check_products
from analysis.composite.index_weights import Weighting, weigh_by_critic, weigh_by_entropy, weigh_equally
from analysis.composite.indicator_normalisation import UNIT_SCALES, Normalisation, lift_for_products, normalise_columns
from analysis.composite.indicator_panel import IndicatorPanel, Missing, build_panel, fill_missing
from regions.arrays import Floats
from regions.errors import MethodError
from regions.messages import say
from regions.schemes.indicator_scheme import Scheme, read_scheme
from regions.schemes.indicator_values import SchemeValues, compute_indicators
from regions.study import Study
from regions.words import Words

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class IndexOptions:
    """How an index is made.

    Attributes
    ----------
    normalisation
        ``minmax``, ``z``, ``rank``, ``goalposts`` or ``vector``, see `normalise_columns`; over all years together.
    weights
        ``equal`` (pillars alike, indicators alike within them), ``entropy``, ``critic`` (both of min-max values of all
        years together), ``given`` (by the scheme), ``bod`` (benefit of the doubt, year by year).
    aggregation
        ``additive``, ``geometric`` or ``topsis``, see `aggregate_columns`.
    missing
        ``available``, ``median`` or ``complete``, see `fill_missing`.
    years
        None: those that are well covered, see `build_panel`.
    """

    normalisation: Normalisation = "minmax"
    weights: Weighting | Literal["bod"] = "equal"
    aggregation: Aggregation = "additive"
    missing: Missing = "available"
    years: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class CompositeIndex:
    """An index, and all that it was made of.

    Attributes
    ----------
    table
        Index (``code``, ``year``); ``score``, ``rank`` within the year (1 is best, ties share the better rank), NaN for
        a region that lacks half of the weight; one column per pillar (the mean of its indicators, 0 to 1 under
        ``minmax``), NaN for pillars without indicators.
    normalised
        Same index; one column per indicator, on the scale of ``options``.
    weights
        Index ``indicator``; ``pillar``, ``made_of``, ``direction``, ``weight`` (sum 1; NaN under ``bod``, where each
        region has its own).
    panel, computed, options
        What it was computed from, and how.
    title
        An index is named after the pillars that it really has.
    notes
        What is missing, and what was done about it.
    regions
        ``name`` and ``name_zh`` by code.
    """

    table: pd.DataFrame
    normalised: pd.DataFrame
    weights: pd.DataFrame
    panel: IndicatorPanel
    computed: SchemeValues
    options: IndexOptions
    title: Words
    notes: tuple[Words, ...]
    regions: pd.DataFrame


def measure_index(
    study: Study, scheme: "str | pd.DataFrame | Scheme" = "five-news", *, options: IndexOptions | None = None
) -> CompositeIndex:
    """Measure a composite index of the regions of a study.

    Parameters
    ----------
    study
        With indicators.
    scheme
        ``five-news``, ``conditions``, a file or a table, see `regions.schemes.read_scheme`.
    options
        How; by default min-max, equal pillars, weighted mean, available indicators.

    Returns
    -------
    CompositeIndex

    Raises
    ------
    MethodError
        When the study has none of the indicators, no two regions differ, a geometric mean meets a value of 0 or less,
        or the options do not go together.

    Examples
    --------
    >>> from regionet import analysis, regions
    >>> index = analysis.measure_index(regions.load_study("china"))
    >>> index.title.en
    'Index of research, people, industry, infrastructure, market (no data on business forms, models)'
    >>> index.table.xs(2022, level="year")["rank"].idxmin()  # Beijing
    '110000'
    """
    options = options or IndexOptions()
    chosen = scheme if isinstance(scheme, Scheme) else read_scheme(scheme)
    values = compute_indicators(study, chosen)
    panel = build_panel(values, years=options.years)
    normalised = normalise_panel(panel, options.normalisation, options.missing)
    weights = _weigh(panel, options)
    if options.aggregation == "geometric":
        check_products(panel, normalised, options.normalisation, study.regions)
    shape = (len(panel.years), len(panel.codes))
    score = _score(normalised.reshape(*shape, -1), weights, options)
    table = {"score": score, "rank": rank_within_years(score.reshape(shape)).ravel()}
    table |= {key: _sum_pillar(panel, normalised, weights, key) for key in chosen.pillars}
    index = pd.MultiIndex.from_product([panel.years, panel.codes], names=["year", "code"])
    keys = [each.key for each in panel.indicators]
    return CompositeIndex(
        _order(pd.DataFrame(table, index=index)),
        _order(pd.DataFrame(normalised, index=index, columns=keys)),
        _tabulate_weights(panel, values, weights, options),
        panel,
        values,
        options,
        _name(values, panel),
        (*panel.notes, *_tell_scores(score.reshape(shape))),
        study.regions[["name", "name_zh"]],
    )


def normalise_panel(panel: IndicatorPanel, method: Normalisation, missing: Missing) -> Floats:
    """Return the values of a panel on one scale, (T N, K)."""
    rows = fill_missing(panel.values, missing).reshape(panel.rows.shape)
    return normalise_columns(rows, panel.directions, method=method, goalposts=panel.goalposts)


def rank_within_years(scores: Floats) -> Floats:
    """Rank scores along the last axis but one of (T, N) or (T, N, D) within each year: 1 is best, ties share it.

    Scores that differ by rounding only are alike.
    """
    from scipy import stats  # noqa: PLC0415 - half a second, only where used

    return np.asarray(stats.rankdata(-np.round(scores, _DIGITS), method="min", axis=1, nan_policy="omit"))


def _weigh(panel: IndicatorPanel, options: IndexOptions) -> Floats:
    if options.weights == "equal":
        return weigh_equally(panel.pillars)
    if options.weights in {"given", "bod"}:
        given = np.array([each.weight for each in panel.indicators])
        return np.asarray(given / given.sum())
    plain = normalise_panel(panel, "minmax", options.missing)
    if options.weights == "entropy":
        return weigh_by_entropy(plain)
    if options.weights == "critic":
        return weigh_by_critic(plain)
    known = ("equal", "entropy", "critic", "given", "bod")
    raise MethodError(say("composite/choice", name="weights", value=options.weights, known=known))


def _score(cells: Floats, weights: Floats, options: IndexOptions) -> Floats:
    """Return the score of each year and region, one after the other: (T N,)."""
    normalised = cells.reshape(-1, cells.shape[-1])
    if options.weights == "bod":
        if options.aggregation != "additive" or options.normalisation not in UNIT_SCALES:
            raise MethodError(say("composite/doubt-options", aggregation="additive", known=UNIT_SCALES))
        return np.concatenate([measure_benefit_of_doubt(year)[0] for year in cells])
    lifted = normalised
    if options.aggregation == "geometric":
        lifted = lift_for_products(normalised, options.normalisation)
    return aggregate_columns(lifted, weights, method=options.aggregation)


def _sum_pillar(panel: IndicatorPanel, normalised: Floats, weights: Floats, key: str) -> Floats:
    inside = np.array([pillar == key for pillar in panel.pillars])
    if not inside.any() or not weights[inside].sum() > 0:
        return np.full(len(normalised), np.nan)
    return aggregate_columns(normalised[:, inside], weights[inside])


def _tabulate_weights(
    panel: IndicatorPanel, values: SchemeValues, weights: Floats, options: IndexOptions
) -> pd.DataFrame:
    rows = {
        each.key: {
            "pillar": each.pillar,
            "name": each.name.en,
            "name_zh": each.name.zh,
            "made_of": values.made_of[each.key],
            "direction": each.direction,
            "weight": np.nan if options.weights == "bod" else weight,
        }
        for each, weight in zip(panel.indicators, weights, strict=True)
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("indicator")


def _order(table: pd.DataFrame) -> pd.DataFrame:
    return table.swaplevel()


def _name(values: SchemeValues, panel: IndicatorPanel) -> Words:
    pillars, held = values.scheme.pillars, set(panel.pillars)
    there, absent = ([pillars[key] for key in pillars if (key in held) is wanted] for wanted in (True, False))
    en, zh = f"Index of {', '.join(w.en for w in there)}", f"{'、'.join(w.zh for w in there)}指数"
    if absent:
        en += f" (no data on {', '.join(w.en for w in absent)})"
        zh += f"（{'、'.join(w.zh for w in absent)}无数据）"
    return Words(en, zh)


def _tell_scores(score: Floats) -> Sequence[Words]:
    there = ~np.isnan(score).all(axis=0)  # regions without any value are told by the panel
    lost = int(np.isnan(score[:, there]).sum())
    if not lost:
        return []
    return [
        Words(
            f"{lost} regions and years have no score: they lack more than the rule for missing values allows.",
            f"有 {lost} 个地区年份因缺失超出规则允许而没有得分。",
        )
    ]
