"""The years of a dated study for its page: networks, scores and gaps of each."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

import analysis
import geodata
from analysis.barriers.panel import build_yearly_networks
from analysis.dynamics.summary import count_linked_communities
from analysis.gaps.registers_side_by_side import GapRegisters, find_gaps_by
from analysis.networks.network import read_counting
from analysis.roles.positions import choose_measures
from maps.page.year_data import PageYears
from maps.words.codebook import label_column
from regionet.steps.pipeline import LARGE, Findings
from regions.errors import MethodError
from regions.records.count_links import Counting
from regions.study import Study
from regions.study_parts.study_years import open_years
from regions.words import Words

if TYPE_CHECKING:
    import networkx as nx

FEWEST = 2
_BORDER = "different_"
_BOUNDS = {"": "estimate", "_low": "low", "_high": "high"}


def find_page_years(findings: Findings) -> tuple[PageYears | None, tuple[Words, ...]]:
    """Return what the page needs to move through the years, and what its reader must know of them.

    None for a study without two years. Each year's gaps come from one fit without other specifications: the grades are
    those of ``gaps --by year``, whose column of stability the page leaves out.
    """
    study, counting = findings.study, read_counting(findings.network)
    whole = open_years(study)
    years = _list_dated(whole)
    if len(years) < FEWEST:
        return None, ()
    networks = build_yearly_networks(whole, counting=counting)
    names = [each.name for each in choose_measures(shown=True)] if len(study.regions) <= LARGE else []
    scores = {year: analysis.measure_positions(network, measures=names) for year, network in networks.items() if names}
    family, notes = _find_gaps(whole, networks, counting)
    counted = _list_dated(study)
    gaps, event = (None, 1.0) if family is None else (family.table, next(iter(family.models.values())).unit)
    borders = None if family is None else _price_borders(family)
    groups = _count_communities(networks)
    found = PageYears(networks, (counted[0], counted[-1]), scores, gaps, event, borders, groups)
    return found, (_tell(years), *notes)


def _list_dated(study: Study) -> list[int]:
    for table in (study.links, study.records):
        if table is not None and "year" in table:
            return sorted({int(year) for year in table["year"].dropna()})
    return []


def _find_gaps(
    study: Study, networks: "Mapping[int, nx.Graph[str]]", counting: Counting
) -> tuple[GapRegisters | None, list[Words]]:
    """Return the registers by year, and which years have none and why."""
    options = analysis.GravityOptions(stability=False, resistant=len(study.regions) <= LARGE)
    try:
        distances = geodata.measure_distances(study)
        family = find_gaps_by(study, distances, "year", counting=counting, options=options, networks=networks)
    except MethodError as error:
        return None, [Words(f"No gaps by year: {error}.", f"未按年份计算缺口：{error.describe('zh')}。")]
    skipped = [
        Words(f"No gaps in {year}: {why}.", f"{year} 年未计算缺口：{why}。") for year, why in family.skipped.items()
    ]
    return family, skipped


def _price_borders(family: GapRegisters) -> pd.DataFrame:
    """Return what crossing each border does to expected collaboration, in percent, by the model of each year."""
    rows = []
    for year, model in family.models.items():
        for name, row in model.coefficients.iterrows():
            if str(name).startswith(_BORDER):
                label = label_column(str(name)).label
                spans = {f"percent{end}": 100 * math.expm1(row[of]) for end, of in _BOUNDS.items()}
                rows.append({"year": int(year), "barrier": name, "name": label.en, "name_zh": label.zh, **spans})
    return pd.DataFrame(rows)


def _count_communities(networks: "Mapping[int, nx.Graph[str]]") -> dict[int, int]:
    """Count the communities (Leiden) of the regions with links in each year; none for a network too large to search."""
    if max(map(len, networks.values())) > LARGE:
        return {}
    return {year: count_linked_communities(network) for year, network in networks.items()}


def _tell(years: Sequence[int]) -> Words:
    listed = ", ".join(map(str, years))
    return Words(
        f"Years on the page: {listed}. Each has a model of its own; their gaps are graded over all tests of all years.",
        f"页面可按年份查看：{'、'.join(map(str, years))}。每年单独建模，等级按所有年份的全部检验一并评定。",
    )
