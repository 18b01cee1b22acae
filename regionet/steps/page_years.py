"""The years of a dated study for its page: networks, scores and gaps of each."""

from collections.abc import Sequence

import pandas as pd

import analysis
import geodata
from analysis.barriers.panel import build_yearly_networks
from analysis.gaps.registers_side_by_side import find_gaps_by
from analysis.networks.network import read_counting
from analysis.roles.positions import choose_measures
from maps.page.year_data import PageYears
from regionet.steps.pipeline import LARGE, Findings
from regions.errors import MethodError
from regions.records.count_links import Counting
from regions.study import Study
from regions.study_parts.study_years import open_years
from regions.words import Words

FEWEST = 2


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
    gaps, event, notes = _find_gaps(whole, counting)
    counted = _list_dated(study)
    said = (_tell(years), *notes)
    return PageYears(networks, (counted[0], counted[-1]), scores, gaps, event), said


def _list_dated(study: Study) -> list[int]:
    for table in (study.links, study.records):
        if table is not None and "year" in table:
            return sorted({int(year) for year in table["year"].dropna()})
    return []


def _find_gaps(study: Study, counting: Counting) -> tuple[pd.DataFrame | None, float, list[Words]]:
    """Return the register by year, the weight of a link event, and which years have none and why."""
    options = analysis.GravityOptions(stability=False, resistant=len(study.regions) <= LARGE)
    try:
        family = find_gaps_by(study, geodata.measure_distances(study), "year", counting=counting, options=options)
    except MethodError as error:
        return None, 1.0, [Words(f"No gaps by year: {error}.", f"未按年份计算缺口：{error.describe('zh')}。")]
    skipped = [
        Words(f"No gaps in {year}: {why}.", f"{year} 年未计算缺口：{why}。") for year, why in family.skipped.items()
    ]
    return family.table, next(iter(family.models.values())).unit, skipped


def _tell(years: Sequence[int]) -> Words:
    listed = ", ".join(map(str, years))
    return Words(
        f"Years on the page: {listed}. Each has a model of its own; their gaps are graded over all tests of all years.",
        f"页面可按年份查看：{'、'.join(map(str, years))}。每年单独建模，等级按所有年份的全部检验一并评定。",
    )
