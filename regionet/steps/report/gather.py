"""Gather what the report is made of: tables, the brief, figures."""

from collections.abc import Mapping, Sequence

import networkx as nx
import pandas as pd

import analysis
from analysis.barriers.panel import build_yearly_networks
from analysis.dynamics.temporal import measure_link_changes
from analysis.networks.network import read_counting
from maps.page.basemap import Basemap, build_basemap
from maps.page.data_block import measure_strength
from maps.report.brief_sentences import choose_told, name_regions, tell_brief
from maps.report.document_blocks import Material
from maps.report.figure_barriers import draw_barriers
from maps.report.figure_calibration import draw_calibration_figure
from maps.report.figure_map import MapData, draw_map_figure
from maps.report.figure_network import draw_network
from maps.report.plot_style import NO_FONT, Figure, Voice, find_voice
from regionet.console.terminal import tell
from regionet.steps.gaps.borders import list_barriers
from regionet.steps.gaps.gap_register import list_calibration
from regionet.steps.page_tables import PARTNERED
from regionet.steps.pipeline import Findings, describe_findings, label_pairs, label_scores, tabulate_links
from regionet.steps.report.effect_tables import list_effects
from regionet.steps.report.report_scorecard import ReportCard, draw_report_card
from regions.errors import MethodError
from regions.study import Study
from regions.words import Words

_LARGE = 600


PageTables = tuple[pd.DataFrame | None, pd.DataFrame | None]
"""The register with the factors of the rows that are told, and the partners, as the page has them."""


def gather_tables(
    findings: Findings, partners: pd.DataFrame | None, card: ReportCard | None = None
) -> tuple[dict[str, pd.DataFrame], tuple[Words, ...]]:
    """Return the tables that stand beside the report, by the stem of their file, and notes on what is missing."""
    tables = {"scores": label_scores(findings)}
    notes: tuple[Words, ...] = ()
    if findings.gaps is not None:
        barriers, notes = list_barriers(findings)
        tables |= {
            "gaps": label_pairs(findings, findings.gaps),
            "partners": _head(partners),
            "barriers": barriers,
            "effects": list_effects(findings, barriers),
            "calibration": list_calibration(findings),
        }
    tables |= {} if card is None else card.tables
    tables["links"] = tabulate_links(findings)
    tables["changes"] = list_changes(findings)
    return {name: table for name, table in tables.items() if not table.empty or name == "links"}, notes


def list_changes(findings: Findings) -> pd.DataFrame:
    """Compare the links of each year with those of the year before; an empty table where the study has no two years.

    Columns as of `analysis.dynamics.temporal.measure_link_changes`. Nothing is compared where the study keeps years of
    its own aside: it says itself that their differences are no trend.
    """
    if findings.network.graph.get("origin") == "modelled" or findings.study.other_years:
        return pd.DataFrame()
    try:
        networks = build_yearly_networks(findings.study, counting=read_counting(findings.network))
    except MethodError:  # no table has years
        return pd.DataFrame()
    return measure_link_changes(networks).table


def _head(partners: pd.DataFrame | None) -> pd.DataFrame:
    """Return the partners of the first gaps; those of single regions stay on the page."""
    if partners is None or partners.empty:
        return pd.DataFrame()
    return partners[partners["rank"] <= PARTNERED].reset_index(drop=True)


def gather_material(
    findings: Findings,
    page: PageTables,
    tables: Mapping[str, pd.DataFrame],
    *,
    language: str,
    run: str,
    notes: Sequence[Words],
    card: ReportCard | None = None,
) -> Material:
    """Say the brief and draw the figures.

    Raises
    ------
    MissingExtraError
        matplotlib is not installed.
    """
    study, network = findings.study, findings.network
    voice = find_voice(language)
    if voice.language != language:
        tell(NO_FONT.text(language))
        notes = (*notes, NO_FONT)
    basemap = _find_basemap(study)
    names = _name(study, basemap)
    gaps, partners = page
    brief = None
    if gaps is not None:
        known = pd.DataFrame() if partners is None else partners
        counting = str(network.graph.get("counting", ""))
        brief = tell_brief(study, gaps, names=names, partners=known, counting=counting)
    figures = _draw_figures(findings, tables, (basemap, names), voice)
    figures |= {} if card is None else draw_report_card(card, voice)
    return Material(
        study,
        language,
        brief,
        tables,
        figures,
        (*_describe_model(findings, language), *(note.text(language) for note in notes)),
        run,
        modelled=network.graph.get("origin") == "modelled",
        scorecard=()
        if card is None
        else tuple((name.text(language), words.text(language)) for name, words in card.told),
    )


def _describe_model(findings: Findings, language: str) -> list[str]:
    """Return what was fitted and assumed, without the limits of the data, which have a section of their own."""
    limits = {limit.text(language) for limit in findings.study.limits}
    return [sentence for sentence in describe_findings(findings, language) if sentence not in limits]


def _find_basemap(study: Study) -> Basemap | None:
    try:
        return build_basemap(study)
    except MethodError:  # neither boundary nor point: the report does without its map, as its page says why
        return None


def _name(study: Study, basemap: Basemap | None) -> dict[str, Words]:
    units = [str(code) for code in study.regions.index]
    around = [] if basemap is None else [code for code in basemap.shapes if code not in study.regions.index]
    return name_regions(study, [*units, *around])


def _draw_figures(
    findings: Findings,
    tables: Mapping[str, pd.DataFrame],
    ground: tuple[Basemap | None, Mapping[str, Words]],
    voice: Voice,
) -> dict[str, Figure]:
    study, network = findings.study, findings.network
    basemap, names = ground
    figures = {}
    if basemap is not None:
        told = pd.DataFrame() if findings.gaps is None else choose_told(findings.gaps)
        gaps = [tuple(map(str, row)) for row in told[["source", "target", "grade"]].to_numpy()] if len(told) else []
        links = [
            (float(weight), str(a), str(b))
            for weight, a, b in tables["links"][["weight", "source", "target"]].itertuples(index=False)
        ]
        strength = {code: value for code, value in measure_strength(network).items() if code in names}
        data = MapData(strength, links, [(a, b, grade) for a, b, grade in gaps], names)
        figures["map"] = draw_map_figure(study, basemap, data, voice)
    if network.number_of_edges():
        figures["network"] = draw_network(network, names, voice, groups=_find_groups(network))
    if "effects" in tables:
        figures["barriers"] = draw_barriers(tables["effects"], voice)
    if "calibration" in tables:
        figures["calibration"] = draw_calibration_figure(tables["calibration"], voice)
    return figures


def _find_groups(network: "nx.Graph[str]") -> "pd.Series[int] | None":
    linked = network.subgraph([code for code in network if any(other != code for other in network[code])])
    if not 2 < len(linked) <= _LARGE:  # noqa: PLR2004 - fewer have no communities
        return None
    return analysis.find_communities(linked).labels - 1
