"""Why a pair of regions counts as a gap: one plain sentence from the model's own decomposition.

Nothing is said that is not a number of the register or of the study: what raises the expectation, what it already
allows for, and what the data show beside it (fields, kinds of actors), which is no part of the model.
"""

from typing import Any

import numpy as np
import pandas as pd

from analysis.expectation.model import GravityModel
from analysis.expectation.reason_sentences import say_reason
from analysis.gaps.decomposition import decompose_expected, find_model
from analysis.loglinear.tolerance import merge_ties
from analysis.networks.profiles import count_fields, count_kinds, measure_overlap
from regions.study import Study

READ = 5_000
"""So many rows of a register, from the top, are for people: they get sentences and stand in the workbook."""

NOTABLE = 1.15
"""A factor is named when it changes the expectation by this much or more, up or down."""

SURE = 1.96
"""A covariate is named when its coefficient is at least so many standard errors from 0."""

MOSTLY = 0.5
"""A kind of actor leads a region from this share of its participations on."""


def explain_gaps(
    study: Study, gaps: pd.DataFrame, *, model: GravityModel | None = None, rows: pd.Index | None = None
) -> pd.DataFrame:
    """Say in one sentence per pair why it is expected to collaborate more than it does.

    Parameters
    ----------
    study
        Gives names, fields and kinds of actors.
    gaps
        The whole register of `analysis.find_gaps` (a factor is against the typical pair of the register).
    model
        Its model; None takes that of a table of `analysis.find_gaps`.
    rows
        The part of the index of ``gaps`` that gets sentences; None takes all. Two million sentences are a gigabyte that
        nobody reads.

    Returns
    -------
    DataFrame
        On the index of ``gaps``: ``field_overlap`` (cosine of field shares, NaN where unknown), ``reason``,
        ``reason_zh`` (empty beyond ``rows``). A pair without shortfall says so and nothing else. Names are put in as
        plain text, without control characters.

    Raises
    ------
    MethodError
        See `analysis.gaps.decomposition.decompose_expected`.

    Examples
    --------
    >>> from regionet import analysis
    >>> study, km = analysis.scatter_regions(20)
    >>> network = analysis.simulate_network(study, km, analysis.Truth(), seed=1)
    >>> register = analysis.build_gap_register(study, network, km, options=analysis.GravityOptions(stability=False))
    >>> told = analysis.explain_gaps(study, register.table, model=register.model, rows=register.table.index[:1])
    >>> told["reason"].iloc[0].startswith("Expected")
    True
    """
    model = find_model(gaps, model)
    overlap = _measure_fields(study, gaps)
    chosen = gaps.index if rows is None else rows
    factors = decompose_expected(gaps, model=model).loc[chosen]
    rank = pd.Series(merge_ties(np.asarray(overlap, dtype=np.float64)), index=overlap.index).rank(pct=True)
    told = pd.DataFrame({"field_overlap": overlap, "rank": rank}).loc[chosen]
    lead = _find_leading_kinds(study)
    named, borders = _list_sure(model)
    names = {language: study.names(language) for language in ("en", "zh")}
    said: dict[str, list[str]] = {"en": [], "zh": []}
    for row, factor, cosine, share in zip(
        _list_rows(gaps.loc[chosen]), _list_rows(factors), told["field_overlap"], told["rank"], strict=True
    ):
        facts = _collect(row, factor, named) | {
            "borders": [(name, percent) for name, percent in borders if row[name]],
            "overlap": (cosine, share),
            "kinds": _compare_kinds(row, lead),
        }
        for language, texts in said.items():
            ends = [names[language][row[end]] for end in ("source", "target")]
            texts.append(say_reason(row, facts, ends, language=language))
    reasons = {
        name: pd.Series(texts, index=chosen, dtype="object").reindex(gaps.index, fill_value="")
        for name, texts in (("reason", said["en"]), ("reason_zh", said["zh"]))
    }
    return pd.DataFrame({"field_overlap": overlap, **reasons}, index=gaps.index)


def _list_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    names = [str(name) for name in table]
    values = zip(*(table[name].tolist() for name in table), strict=True)
    return [dict(zip(names, row, strict=True)) for row in values]


def _list_sure(model: GravityModel) -> tuple[list[str], list[tuple[str, float]]]:
    """Return the covariates that may be named, and the borders among them that cost links, with their percent."""
    table = model.coefficients
    sure = table[table["estimate"].abs() >= SURE * table["error"]]
    borders = [
        (str(name), float(percent))
        for name, percent in sure["percent"].items()
        if str(name).startswith("different_") and percent < 0
    ]
    return [str(name) for name in sure.index], borders


def _collect(row: dict[str, Any], factor: dict[str, Any], named: list[str]) -> dict[str, Any]:
    """Sort the notable factors of a pair into those that raise its expectation and those that lower it."""
    masses = (factor["source_mass"], factor["target_mass"])
    raised = [(name, factor[name], row[name]) for name in named if factor[name] >= NOTABLE]
    lowered = [
        (name, factor[name], row[name])
        for name in named
        if factor[name] <= 1 / NOTABLE and not (name.startswith("different_") and row[name])  # said as a border
    ]
    return {
        "typical": factor["typical"],
        "large": [(end, mass) for end, mass in enumerate(masses) if mass >= NOTABLE],
        "small": [(end, mass) for end, mass in enumerate(masses) if mass <= 1 / NOTABLE],
        "raised": sorted(raised, key=lambda each: -each[1]),
        "lowered": sorted(lowered, key=lambda each: each[1]),
    }


def _measure_fields(study: Study, gaps: pd.DataFrame) -> "pd.Series[float]":
    counts = count_fields(study)
    if counts is None:
        return pd.Series(np.nan, index=gaps.index)
    return measure_overlap(counts, gaps["source"], gaps["target"])


def _find_leading_kinds(study: Study) -> dict[str, tuple[str, float]]:
    """Return code -> (kind, share) where one kind of actor has at least half of the participations."""
    counts = count_kinds(study)
    if counts is None:
        return {}
    shares = counts.div(counts.sum(axis=1), axis=0).dropna()
    top = shares.max(axis=1)
    kinds = shares.idxmax(axis=1)
    return {str(code): (str(kinds[code]), float(top[code])) for code in shares.index if top[code] >= MOSTLY}


def _compare_kinds(
    row: dict[str, Any], lead: dict[str, tuple[str, float]]
) -> tuple[tuple[str, float], tuple[str, float]] | None:
    """Return the leading kinds of both ends where they are known and differ."""
    first, second = lead.get(row["source"]), lead.get(row["target"])
    return None if first is None or second is None or first[0] == second[0] else (first, second)
