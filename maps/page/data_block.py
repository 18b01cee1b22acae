"""The data block of the page: everything the page's script knows about a study."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import networkx as nx
import pandas as pd

from analysis.gaps.register import GapRegister
from analysis.scores.registry import find_column
from maps.page.basemap import Ground
from maps.page.gap_data import list_gaps
from maps.page.link_data import list_links, list_outside
from maps.page.own_gaps import VERDICTS, judge_regions
from maps.page.palette import DARK, LIGHT, find_breaks, find_signed_breaks
from maps.page.plain_values import check_codes, cut_name, pair, tidy
from maps.page.short_names import shorten_names
from maps.words.citation import list_citations
from maps.words.page_text import UI, label_score
from regions.study import Study
from regions.words import Words


@dataclass(frozen=True, slots=True)
class PageOptions:
    """How a page opens; all of it can be left out.

    Attributes
    ----------
    title
        Heading in place of the study's title.
    links_shown
        So many of the strongest links are drawn at first.
    gaps_shown
        So many of the first gaps are drawn at first.
    gaps_listed
        So many of the first gaps are in the table, and in the file; the largest of every region are there besides.
    gaps_told
        So many of the first gaps carry their reason, where the gaps have one; those of every region do, too.
    view
        ``brief`` opens with sentences for somebody who decides, ``evidence`` with the tables of an analyst.
    theme
        ``auto`` (as the reader's system), ``light`` or ``dark``.
    review_number
        Review number of the map, if you have one from the authority that gives it. None is ever made up.
    units
        Name of a score -> its unit, and of what, which year and whose it is; shown wherever the score is.
    notes
        What a reader must know of the computation: what was assumed, why a part is missing.
    """

    title: Words | None = None
    links_shown: int = 80
    gaps_shown: int = 10
    gaps_listed: int = 300
    gaps_told: int = 100
    theme: str = "auto"
    view: str = "brief"
    review_number: str = ""
    units: Mapping[str, Words] = field(default_factory=dict)
    notes: tuple[Words, ...] = ()


def build_payload(
    study: Study,
    network: "nx.Graph[str]",
    ground: Ground,
    *,
    tables: tuple[pd.DataFrame | None, pd.DataFrame | GapRegister | None] = (None, None),
    partners: pd.DataFrame | None = None,
    options: PageOptions | None = None,
) -> dict[str, Any]:
    """Collect the data block.

    Parameters
    ----------
    study, network, ground
        What to show; the nodes of the network are codes of the study's units.
    tables
        Scores and gaps, either of them None. Scores have a row per region code; gaps are of ``find_gaps``
        or ``build_gap_register``.
    partners
        Pairs of actors that could close a gap, see ``maps.page.gap_data.list_gaps``.
    options
        How the page opens.

    Returns
    -------
    dict
        Plain lists, text and numbers. Regions are numbered: units in the study's order, then the regions drawn around
        them; links and gaps refer to those numbers. A value that is missing or not finite is None.

    Raises
    ------
    MethodError
        The network, the scores or the gaps name a region that the study does not have.
    """
    options = options or PageOptions()
    units = [str(code) for code in study.regions.index]
    scores, gaps = tables
    table = gaps.table if isinstance(gaps, GapRegister) else gaps
    check_codes(units, network.nodes, "network")
    around = [code for code in ground.shapes if code not in study.regions.index]
    return {
        "name": cut_name(study.name),
        "title": pair(options.title or study.title),
        "level": _find_level(study),
        "directed": network.is_directed(),
        "modelled": network.graph.get("origin") == "modelled",
        "counting": str(network.graph.get("counting", "")),
        "records": [network.graph.get(key) for key in ("n_records", "n_participations", "n_single")],
        "units": len(units),
        "regions": _list_regions(study, network, ground, units + around),
        "parents": _name_parents(study, units),
        "links": list_links(network, units),
        "outside": list_outside(study, network, units, ground.around),
        "scores": _list_scores(_default_scores(network, units) if scores is None else scores, units, options.units),
        "gaps": None
        if gaps is None
        else list_gaps(gaps, units, partners=partners, listed=options.gaps_listed, told=options.gaps_told),
        "verdicts": "".join(str(VERDICTS.index(verdict)) for verdict in judge_regions(network, table, units)),
        "indicator": _describe_indicator(study),
        "basemap": _describe_basemap(study, ground),
        "citations": [pair(note) for note in list_citations(study)],
        "limits": [pair(note) for note in study.limits],
        "sources": [pair(note) for note in study.sources],
