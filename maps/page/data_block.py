"""The data block of the page: everything the page's script knows about a study."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import networkx as nx
import pandas as pd

from analysis.gaps.filters import find_members
from analysis.gaps.register import GapRegister
from analysis.scores.registry import find_column
from maps.look.palette import DARK, LIGHT, change_palette
from maps.page.basemap import Basemap, describe_boundaries
from maps.page.gap_data import list_gaps
from maps.page.geo_data import list_geo_layers
from maps.page.layers import list_layers
from maps.page.link_data import list_link_parts, list_links, list_outside, list_pair_facts
from maps.page.own_gaps import VERDICTS, has_dropped, judge_regions
from maps.page.page_options import PageOptions
from maps.page.plain_values import check_codes, cut_name, pair, tidy
from maps.page.short_names import shorten_names
from maps.page.stories.chain_story import list_chain_sheets
from maps.page.stories.scorecard_story import list_scorecard
from maps.page.stories.spillover_story import list_story
from maps.page.year_data import list_year_data
from maps.words.citation import list_citations
from maps.words.page_text import label_score, select_texts
from regions.errors import MethodError
from regions.study import Study


def build_payload(
    study: Study,
    network: "nx.Graph[str]",
    basemap: Basemap,
    *,
    tables: tuple[pd.DataFrame | None, pd.DataFrame | GapRegister | None] = (None, None),
    partners: pd.DataFrame | None = None,
    options: PageOptions | None = None,
) -> dict[str, Any]:
    """Collect the data block.

    Parameters
    ----------
    study, network, basemap
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
    check_codes([*units, *basemap.shapes], options.labels, "list of labels")
    around = [code for code in basemap.shapes if code not in study.regions.index]
    texts = select_texts(options.present) | {"schematic": describe_boundaries(study)}
    return {
        "name": cut_name(study.name),
        "title": pair(options.title or study.title),
        "level": _find_level(study),
        **_describe_network(network),
        "units": len(units),
        "regions": _list_regions(study, network, basemap, units + around),
        "parents": _name_parents(study, units),
        "links": list_links(network, units),
        "pairFacts": list_pair_facts(study, network, units),
        "outside": list_outside(study, network, units, basemap.around),
        "scores": _list_scores(_default_scores(network, units) if scores is None else scores, units, options),
        "gaps": None
        if gaps is None
        else list_gaps(gaps, units, partners=partners, listed=options.gaps_listed, told=options.gaps_told),
        "verdicts": _list_verdicts(study, network, table, units),
        **_list_analyses(options, basemap, units),
        "groups": _list_groups(study, units),
        "indicator": _describe_indicator(study),
        "basemap": _describe_basemap(study, basemap),
        **_list_notes(study),
        "notes": [pair(note) for note in options.notes],
        "warnings": [[fault.describe("en"), fault.describe("zh")] for fault in (*study.warnings, *basemap.warnings)],
        "text": {key: list(words) for key, words in texts.items()},
        **_describe_options(options),
    }


def _list_analyses(options: PageOptions, basemap: Basemap, units: list[str]) -> dict[str, Any]:
    """Return what other analyses of the study give to the page."""
    return {
        "parts": list_link_parts(options.parts, units),
        "counts": _describe_counts(options),
        "years": None if options.years is None else list_year_data(options.years, units),
        "layers": list_layers(options.layers, units, shown=options.layer),
        "spillover": list_story(options.spillover),
        "chains": list_chain_sheets(options.chains, units),
        "scorecard": list_scorecard(options.scorecard, units),
        "geo": list_geo_layers(options.geo_layers, basemap),
    }


def _list_notes(study: Study) -> dict[str, Any]:
    return {
        "limits": [pair(note.words) for note in study.limits],
        "recordLimits": [place for place, note in enumerate(study.limits) if note.about == "records"],
        "sources": [pair(note.words) for note in study.sources],
        "citations": [pair(words) for words in list_citations(study)],
    }


def _describe_network(network: "nx.Graph[str]") -> dict[str, Any]:
    return {
        "directed": network.is_directed(),
        "modelled": network.graph.get("origin") == "modelled",
        "counting": str(network.graph.get("counting", "")),
        "records": [network.graph.get(key) for key in ("n_records", "n_participations", "n_single")],
    }


def _describe_options(options: PageOptions) -> dict[str, Any]:
    """Return how the page opens and looks."""
    return {
        "layer": options.layer,
        "tiles": None if options.tiles is None else asdict(options.tiles) | {"host": options.tiles.host},
        "linksShown": options.links_shown,
        "gapsShown": options.gaps_shown,
        "theme": options.theme,
        "view": options.view,
        "review": options.review_number,
        "widths": list(options.widths),
        "labelsShown": options.labels_shown,
        "labels": {code: pair(words) for code, words in options.labels.items()},
        "palettes": {
            "light": asdict(change_palette(LIGHT, options.palette)),
            "dark": asdict(change_palette(DARK, options.palette_dark)),
        },
    }


def measure_strength(network: "nx.Graph[str]") -> dict[str, float]:
    """Return the weight of all links of each node to other nodes, in and out; a missing weight counts 1."""
    strength = dict.fromkeys(map(str, network.nodes), 0.0)
    for source, target, weight in network.edges(data="weight", default=1.0):
        if source != target:
            strength[source] += weight
            strength[target] += weight
    return strength


def _list_regions(study: Study, network: "nx.Graph[str]", basemap: Basemap, codes: list[str]) -> dict[str, list[Any]]:
    table = pd.concat([study.regions, study.surroundings]) if len(study.surroundings) else study.regions
    table = table.reindex(codes)
    strength = measure_strength(network)
    nodes: Mapping[str, Mapping[str, Any]] = dict(network.nodes(data=True))
    english, chinese = ([cut_name(name) for name in table[column].fillna("")] for column in ("name", "name_zh"))
    return {
        "code": codes,
        "en": english,
        "zh": chinese,
        "short": _shorten(english, chinese),
        "parent": table["parent"].fillna("").astype(str).tolist(),
        "group": _group_regions(study, table["parent"].fillna("").astype(str)),
        "shape": [basemap.shapes.get(code) for code in codes],
        "point": [basemap.points.get(code) for code in codes],
        "strength": tidy(strength.get(code) for code in codes),
        "internal": tidy(nodes.get(code, {}).get("internal") for code in codes),
        "external": tidy(nodes.get(code, {}).get("external") for code in codes),
    }


def _list_groups(study: Study, units: list[str]) -> dict[str, list[int]]:
    """Return the places of the members of each group that is neither empty, nor a single unit, nor all of them."""
    if study.groups is None:
        return {}
    place = {code: number for number, code in enumerate(units)}
    found = {}
    for name in sorted(map(str, set(study.groups["group"]))):
        try:
            members = sorted(place[code] for code in find_members(study, name))
        except MethodError:  # none of its members is a unit here
            continue
        if 1 < len(members) < len(units):
            found[cut_name(name)] = members
    return found


def _find_level(study: Study) -> str:
    """Return what kind of regions the units are, where all are of one; the directly governed cities are provinces."""
    levels = set(study.regions["level"].fillna("").astype(str)) if "level" in study.regions else set()
    return levels.pop() if len(levels) == 1 else ""


def _shorten(english: list[str], chinese: list[str]) -> list[list[int]]:
    """Return how many characters of both names a label takes; all where the name has no short form."""
    lengths = [[len(short) for short in shorten_names(names)] for names in (english, chinese)]
    return [list(each) for each in zip(*lengths, strict=True)]


def _group_regions(study: Study, parents: "pd.Series[str]") -> list[str]:
    """Name the set whose outline is drawn stronger: the parent, or the region itself where it stands beside parents.

    A municipality directly under the country has the rank of the provinces that other cities belong to.
    """
    every = pd.concat([study.surroundings["parent"], study.regions["parent"]])
    above = {every.get(parent) for parent in set(parents)} - {None, ""}
    return [str(code) if parent in above else parent for code, parent in parents.items()]


def _name_parents(study: Study, codes: list[str]) -> dict[str, list[str]]:
    every = pd.concat([study.surroundings, study.regions])
    wanted = set(every["parent"].reindex(codes).dropna())
    named = every[every.index.isin(wanted)]
    names = zip(named.index, named["name"], named["name_zh"], strict=True)
    return {str(code): [cut_name(en), cut_name(zh)] for code, en, zh in names}


def _default_scores(network: "nx.Graph[str]", units: list[str]) -> pd.DataFrame:
    strength = measure_strength(network)
    partners = {code: len(set(nx.all_neighbors(network, code)) - {code}) for code in network.nodes}
    columns: dict[str, Mapping[str, float]] = {"strength": strength, "degree": partners}
    return pd.DataFrame({name: [of.get(code) for code in units] for name, of in columns.items()}, index=units)


def _list_scores(scores: pd.DataFrame, codes: list[str], options: PageOptions) -> list[dict[str, Any]]:
    check_codes(codes, scores.index, "table of scores")
    numeric = scores.select_dtypes("number").reindex(codes)
    if "strength" in numeric:  # what most readers look for first
        numeric = numeric[["strength", *numeric.columns.drop("strength")]]
    told = {str(column): _describe_score(str(column), numeric[column], options) for column in numeric}
    units = options.units
    return [each | {"unit": pair(units[name]) if name in units else None} for name, each in told.items()]


def _list_verdicts(study: Study, network: "nx.Graph[str]", gaps: pd.DataFrame | None, units: list[str]) -> str:
    verdicts = judge_regions(network, gaps, units, dropped=has_dropped(study))
    return "".join(str(VERDICTS.index(verdict)) for verdict in verdicts)


def _describe_counts(options: PageOptions) -> list[dict[str, Any]]:
    """Return the words of what the page counts by itself, for years and parts of the links."""
    if options.years is None and not options.parts:
        return []
    nothing = pd.Series(dtype=float)
    return [_describe_score(name, nothing, options) | {"unit": None} for name in ("strength", "degree")]


def _describe_score(column: str, values: pd.Series, options: PageOptions) -> dict[str, Any]:
    words, measured = options.words.get(column) or label_score(column), find_column(column)
    shown = tidy(values)
    known = [float(value) for value in shown if value is not None]
    own_signs = column in options.words and bool(known) and min(known) < 0 < max(known)
    return {
        "key": column,
        "label": list(words.label),
        "meaning": list(words.meaning),
        "form": words.form,
        "signed": own_signs or (measured is not None and measured.signed),
        "values": shown,
        "breaks": tidy(options.classes_of(column).find(known)),
    }


def _describe_indicator(study: Study) -> dict[str, Any] | None:
    """Return what spills over, in both languages, and its unit; None when the study does not say."""
    if study.indicator is None or study.dictionary is None or study.indicator not in study.dictionary.index:
        return None
    name, unit = study.describe_indicator(study.indicator)
    return {"names": pair(name), "unit": pair(unit)}


def _describe_basemap(study: Study, basemap: Basemap) -> dict[str, Any]:
    return {
        "step": basemap.plane.step,
        "origin": [basemap.plane.west, basemap.plane.south],
        "view": list(basemap.view),
        "lines": basemap.lines,
        "insets": [
            {"title": pair(inset.title), "box": list(window), "apart": apart}
            for inset, window, apart in zip(study.maps.insets, basemap.windows, basemap.apart, strict=True)
        ],
        "far": dict(basemap.far),
    }
