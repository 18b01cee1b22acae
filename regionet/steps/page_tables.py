"""The tables that the page carries: gaps with what their sentences are made of, and who could start."""

import pandas as pd

from analysis.gaps.decomposition import decompose_expected
from analysis.networks.profiles import count_fields, find_shared
from analysis.networks.synergy import find_path
from analysis.scores.registry import find_column
from maps.page.gap_data import FACTOR, choose_rows
from regionet.steps.gaps.closing_gaps import add_gains
from regionet.steps.gaps.gap_register import list_partners
from regionet.steps.pipeline import Findings
from regions.study import Study
from regions.study_parts.latest_year import find_latest_year
from regions.words import Words

PARTNERED = 30
"""So many of the first gaps name who could start; besides them the largest of every region."""

NAMED = 2
"""So many pairs of actors are named for the gaps beyond those."""

FIELDS = 3
"""So many shared fields are named for a pair."""


def build_page_tables(findings: Findings, *, listed: int) -> tuple[pd.DataFrame | None, pd.DataFrame | None]:
    """Return the whole register with what the page tells of the rows it carries, and the partners for these rows.

    Parameters
    ----------
    listed
        So many of the first rows are carried besides the largest of every region.

    Returns
    -------
    tuple
        The register on its own index: gains, ``factor_...`` (see `analysis.gaps.decomposition.decompose_expected`),
        ``shared_fields`` (names, one to a line) are those of the carried rows, and missing beyond; None where there are
        no gaps. The partners as `regionet.steps.gaps.gap_register.list_partners` gives them.
    """
    gaps = findings.gaps
    if gaps is None:
        return None, None
    rows = gaps.iloc[choose_rows(gaps, listed)]
    factors = decompose_expected(gaps, model=findings.model).loc[rows.index].drop(columns="mass")
    factors = factors.rename(columns={"source_mass": "source", "target_mass": "target"}).add_prefix(FACTOR)
    told = add_gains(findings, rows).drop(columns=list(gaps.columns)).join(factors)
    counts = count_fields(findings.study)
    if counts is not None:
        told = told.join(find_shared(counts, rows["source"], rows["target"], most=FIELDS))
    # A long register has sentences at its head only: the page words those of the other rows from their factors.
    full = gaps.assign(**{str(name): told[name].reindex(gaps.index) for name in told})
    return full, _list_partners(findings, gaps)


def describe_units(findings: Findings) -> dict[str, Words]:
    """Say of each score that is in the unit of the study's indicator which unit, indicator, year and source that is."""
    study = findings.study
    if study.indicator is None or study.indicators is None:
        return {}
    year = find_latest_year(study, study.indicator)
    name, unit = study.describe_indicator(study.indicator)
    source = _find_source(study)
    told = Words(
        ", ".join(part for part in (unit.en, name.en, str(year)) if part) + (f" ({source})" if source else ""),
        "，".join(part for part in (unit.zh, name.zh, f"{year} 年") if part) + (f"（{source}）" if source else ""),
    )
    measured = {str(column): find_column(str(column)) for column in findings.scores}
    return {name: told for name, column in measured.items() if column is not None and column.unit == "indicator"}


def _find_source(study: Study) -> str:
    table = study.dictionary
    if table is None or "source" not in table:
        return ""
    source = table["source"].get(str(study.indicator))
    return source if isinstance(source, str) else ""


def _list_partners(findings: Findings, gaps: pd.DataFrame) -> pd.DataFrame:
    partners = list_partners(findings, rows=gaps.iloc[choose_rows(gaps, PARTNERED)], path=None)[0]
    if partners.empty:
        return partners
    kinds = zip(partners["source_kind"], partners["target_kind"], strict=True)
    partners = partners.assign(path=[find_path(str(first), str(second)) for first, second in kinds])
    return partners[(partners["rank"] <= PARTNERED) | (partners.groupby("rank").cumcount() < NAMED)]
