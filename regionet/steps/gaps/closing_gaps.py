"""What closing a gap would bring: columns of the register, and the what-if of one pair."""

from dataclasses import dataclass

import pandas as pd

import analysis
from analysis.gaps.filters import find_unit
from analysis.gaps.whatif import measure_added_links
from analysis.networks.adjacency import build_adjacency
from analysis.scores.spectral import measure_spectral_radius
from regionet.steps.pipeline import Findings
from regionet.steps.spillover.strength import RHO
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.study_parts.latest_year import find_latest_year
from regions.words import Words


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Two regions, codes or names, and how many more links between them; None closes the gap to the expectation."""

    source: str
    target: str
    links: float | None = None


def add_gains(findings: Findings, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the register, or these rows of it, with what would be gained if each gap were closed to the expectation.

    By both ends and by all regions. Columns as of `measure_added_links`: spillover where the study has an indicator,
    closeness always; none of them where nothing comes back, as in a directed network without a cycle.
    """
    gaps = findings.gaps if rows is None else rows
    if gaps is None:
        return pd.DataFrame()
    if not measure_spectral_radius(build_adjacency(findings.network)) > 0:
        return gaps
    missing = gaps["gap"].clip(lower=0.0)
    gains = measure_added_links(findings.network, gaps, missing, own=read_own(findings.study), rho=RHO)
    return gaps.assign(**{str(name): gains[name] for name in gains})


def read_own(study: Study) -> "pd.Series[float] | None":
    """Return the study's indicator in its latest full year by code; None where it has none."""
    if study.indicator is None or study.indicators is None:
        return None
    year = find_latest_year(study, study.indicator)
    table = study.indicators[study.indicators["year"] == year].set_index("code")
    return table[study.indicator].astype(float)


def list_whatif(findings: Findings, asked: WhatIf) -> tuple[pd.DataFrame, Words]:
    """Say what more links between two regions would change.

    Returns
    -------
    DataFrame, Words
        One row per region, who gains most first: ``code``, names, then as `analysis.measure_whatif`; and the gist.

    Raises
    ------
    MethodError
        When a region is not known, or no number of links is given and the pair has no gap to close.
    """
    study = findings.study
    source, target = (find_unit(study, name) for name in (asked.source, asked.target))
    links = _find_missing(findings, source, target) if asked.links is None else asked.links
    table = analysis.measure_whatif(findings.network, source, target, links=links, own=read_own(study), rho=RHO)
    named = table.reset_index(names="code")
    for place, name in enumerate(("name", "name_zh"), start=1):
        named.insert(place, name, named["code"].map(study.regions[name]).to_numpy())
    ends = (source, target)
    return named, _tell(study, table, ends, links=f"{links:,.1f}")


def _find_missing(findings: Findings, source: str, target: str) -> float:
    gaps = findings.gaps
    if gaps is not None:
        pair = gaps[gaps["source"].isin((source, target)) & gaps["target"].isin((source, target))]
        if len(pair) and (missing := float(pair["gap"].max())) > 0:
            return missing
    names = findings.study.regions
    one, other = (Words(names["name"][code], names["name_zh"][code]) for code in (source, target))
    raise MethodError(say("whatif/no-gap", one=one, other=other))


def _tell(study: Study, table: pd.DataFrame, ends: tuple[str, str], *, links: str) -> Words:
    both = {code: Words(*(str(study.names(language)[code]) for language in Words._fields)) for code in ends}
    one, other = both.values()
    changes = [
        _with_number(both[code], f"{100 * gained / base if base else float('nan'):+.1f} %")
        for code, gained, base in table.loc[list(ends), ["closeness_gain", "closeness"]].itertuples()
    ]
    closeness = say("whatif/closeness", links=links, one=one, other=other, changes=changes)
    if "received" not in table:
        return say("whatif/closeness-alone", closeness=closeness).words
    total = f"{table['received_gain'].sum():,.1f}"
    share = f"{100 * table['received_gain'].sum() / table['received'].sum():+.2f} %"
    parts = [_with_number(both[code], f"{table['received_gain'][code]:,.1f}") for code in ends]
    name, unit = study.describe_indicator(str(study.indicator))
    amounts = {"total": total, "unit": unit, "name": name, "share": share, "parts": parts, "rho": RHO}
    return say("whatif/spillover", closeness=closeness, **amounts).words


def _with_number(name: Words, number: str) -> Words:
    return Words(f"{name.en} {number}", f"{name.zh} {number}")
