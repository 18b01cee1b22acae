"""What closing a gap would bring: columns of the register, and the what-if of one pair."""

from dataclasses import dataclass

import pandas as pd

import analysis
from analysis.gaps.filters import find_unit
from analysis.gaps.whatif import measure_added_links
from regionet.steps.pipeline import RHO, Findings, find_latest_year
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
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
    closeness always.
    """
    gaps = findings.gaps if rows is None else rows
    if gaps is None:
        return pd.DataFrame()
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
    return named, Words(*(_tell(study, table, ends, links=f"{links:,.1f}", zh=zh) for zh in (False, True)))


def _find_missing(findings: Findings, source: str, target: str) -> float:
    gaps = findings.gaps
    if gaps is not None:
        pair = gaps[gaps["source"].isin((source, target)) & gaps["target"].isin((source, target))]
        if len(pair) and (missing := float(pair["gap"].max())) > 0:
            return missing
    names = findings.study.regions
    one, other = (Words(names["name"][code], names["name_zh"][code]) for code in (source, target))
    raise MethodError(say("whatif/no-gap", one=one, other=other))


def _tell(study: Study, table: pd.DataFrame, ends: tuple[str, str], *, links: str, zh: bool) -> str:
    names = study.names("zh" if zh else "en")
    near = [
        f"{names[code]} {100 * row['closeness_gain'] / row['closeness'] if row['closeness'] else float('nan'):+.1f} %"
        for code, row in ((code, table.loc[code]) for code in ends)
    ]
    text = (
        f"若{names[ends[0]]}与{names[ends[1]]}增加 {links} 条联系：接近中心性变化 {'、'.join(near)}"
        if zh
        else f"With {links} more links between {names[ends[0]]} and {names[ends[1]]}: closeness {', '.join(near)}"
    )
    if "received" not in table:
        return text + ("。" if zh else ".")
    total = f"{table['received_gain'].sum():,.1f}"
    share = f"{100 * table['received_gain'].sum() / table['received'].sum():+.2f} %"
    parts = [f"{names[code]} {table['received_gain'][code]:,.1f}" for code in ends]
    name, unit = study.describe_indicator(str(study.indicator))
    return text + (
        f"；全部地区多接收“{name.zh}”溢出 {total} {unit.zh}（{share}），其中{'、'.join(parts)}（ρ = {RHO} 为假设值）。"
        if zh
        else f"; all regions receive {total} {unit.en} more spillover of {name.en} ({share}), of it {', '.join(parts)} "
        f"(rho = {RHO} is an assumption)."
    )
