"""The tables that the page carries: gaps with what their sentences are made of, and who could start."""

import pandas as pd

import analysis
from analysis.networks.profiles import count_fields, find_shared
from maps.page.gap_data import FACTOR, choose_rows
from regionet.steps.gains import add_gains
from regionet.steps.gap_register import list_partners
from regionet.steps.pipeline import Findings, add_reasons

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
        The register on its own index: gains, ``factor_...`` (see `analysis.decompose_expected`), ``shared_fields`` (a
        tuple of names) and sentences are those of the carried rows, and empty beyond; None where there are no gaps.
        The partners as `regionet.steps.gap_register.list_partners` gives them.
    """
    gaps = findings.gaps
    if gaps is None:
        return None, None
    rows = gaps.iloc[choose_rows(gaps, listed)]
    read = gaps.iloc[choose_rows(gaps, PARTNERED)]
    partners = list_partners(findings, rows=read, path=None)[0]
    if not partners.empty:
        partners = partners[(partners["rank"] <= PARTNERED) | (partners.groupby("rank").cumcount() < NAMED)]
    factors = analysis.decompose_expected(gaps).loc[rows.index].drop(columns="mass")
    factors = factors.rename(columns={"source_mass": "source", "target_mass": "target"}).add_prefix(FACTOR)
    told = add_gains(findings, rows).join(factors).join(_name_fields(findings, rows))
    full = gaps.join(told.drop(columns=list(gaps.columns)))
    if (rows["reason"] == "").any():  # a long register has sentences at its head only
        said = add_reasons(findings.study, gaps, shown=rows)
        full = full.assign(**{name: said[name] for name in ("reason", "reason_zh")})
    full.attrs.update(gaps.attrs)  # a join forgets the model
    return full.assign(shared_fields=[_as_names(names) for names in full["shared_fields"]]), partners


def _name_fields(findings: Findings, rows: pd.DataFrame) -> "pd.Series[object]":
    counts = count_fields(findings.study)
    if counts is None:
        return pd.Series([()] * len(rows), index=rows.index, name="shared_fields", dtype="object")
    return find_shared(counts, rows["source"], rows["target"], most=FIELDS)


def _as_names(names: object) -> tuple[str, ...]:
    return names if isinstance(names, tuple) else ()
