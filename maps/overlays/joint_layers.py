"""What joins regions, links and gaps, as curves on any folium map."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import networkx as nx
import pandas as pd

import geodata
from analysis.gaps.register import GapRegister
from maps.look.overlay_options import OverlayOptions
from maps.overlays.degree_grid import lay_grid
from maps.page.link_data import list_links
from maps.page.plain_values import check_codes, cut_name, tidy
from maps.words.page_text import UI
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

if TYPE_CHECKING:
    import folium

    from maps.overlays.overlay import Overlay


def draw_links(
    folium_map: "folium.Map",
    study: Study,
    network: "nx.Graph[str]",
    *,
    shown: int | None = None,
    options: OverlayOptions | None = None,
) -> "Overlay":
    """Draw the links of a network as curves: one data block and one drawing, however many there are.

    Parameters
    ----------
    folium_map
        Any map in longitude and latitude, with or without tiles.
    study
        Whose regions; those without a known point have no links on the map, which the legend says.
    network
        Graph or DiGraph on the codes of the study's units, edge attribute ``weight`` (1 where missing). A directed one
        gets heads, and curves that part by direction. A modelled one is called so.
    shown
        So many of the strongest; None: all of them.
    options
        Widths, colours, name, language.

    Returns
    -------
    Overlay
        The layer, which is on the map already.

    Raises
    ------
    MethodError
        The network names a region that the study does not have, no point is known, or options cannot be followed.

    Examples
    --------
    >>> import folium
    >>> from regionet import analysis, maps, regions
    >>> study = regions.load_study("yangtze-delta")
    >>> chart = folium.Map(location=[31, 120], zoom_start=7, tiles=None)
    >>> layer = maps.draw_links(chart, study, analysis.build_network(study), shown=40)
    >>> "drawRegionet" in chart.get_root().render()
    True
    """
    options = options or OverlayOptions()
    options.check()
    units = [str(code) for code in study.regions.index]
    check_codes(units, network.nodes, "network")
    links = list_links(network, units)
    modelled = network.graph.get("origin") == "modelled"
    data = {
        "source": links["source"][:shown],
        "target": links["target"][:shown],
        "weight": links["weight"][:shown],
        "all": len(links["weight"]),
        "directed": network.is_directed(),
        "colour": options.colours.link,
        "widths": list(options.widths),
        "words": [UI["weight"].text(options.language)],
    }
    title = UI["legend_links_modelled" if modelled else "legend_links"]
    return _put("links", data, folium_map, study=study, options=options, title=title)


def draw_gaps(
    folium_map: "folium.Map",
    study: Study,
    gaps: pd.DataFrame | GapRegister,
    *,
    shown: int = 10,
    options: OverlayOptions | None = None,
) -> "Overlay":
    """Draw the first gaps: dashed where the data support a shortfall, grey and dotted where they do not.

    Parameters
    ----------
    folium_map, study, options
        As of `draw_links`.
    gaps
        ``analysis.find_gaps`` or ``build_gap_register``, in their order. Only shortfalls are drawn. A table without
        ``grade`` is drawn as unsupported: nothing tells how sure it is.
    shown
        So many of the first.

    Returns
    -------
    Overlay
        The layer, which is on the map already.

    Raises
    ------
    MethodError
        The gaps name a region that the study does not have, no point is known, or options cannot be followed.

    Examples
    --------
    >>> import folium
    >>> from regionet import analysis, geodata, maps, regions
    >>> study = regions.load_study("china")
    >>> gaps = analysis.find_gaps(study, analysis.build_network(study), geodata.measure_distances(study))
    >>> layer = maps.draw_gaps(folium.Map(tiles=None), study, gaps, shown=5)
    """
    options = options or OverlayOptions()
    options.check()
    table = gaps.table if isinstance(gaps, GapRegister) else gaps
    table = table.reset_index() if {"source", "target"} <= set(table.index.names) - set(table) else table
    units = [str(code) for code in study.regions.index]
    check_codes(units, [*table["source"], *table["target"]], "table of gaps")
    rows = table[table["gap"] > 0].head(shown)
    place = {code: number for number, code in enumerate(units)}
    grades = rows["grade"].astype(str) if "grade" in rows else pd.Series("none", index=rows.index)
    data = {
        "source": [place[code] for code in rows["source"]],
        "target": [place[code] for code in rows["target"]],
        "observed": tidy(rows["observed"], digits=3),
        "expected": tidy(rows["expected"], digits=3),
        "supported": (grades != "none").astype(int).tolist(),
        "colours": [options.colours.gap, options.colours.quiet],
        "words": [UI[key].text(options.language) for key in ("observed", "expected", "legend_gap", "legend_gap_quiet")],
    }
    return _put("gaps", data, folium_map, study=study, options=options, title=UI["tab_gaps"])


def _put(
    kind: str, data: dict[str, Any], folium_map: "folium.Map", *, study: Study, options: OverlayOptions, title: Words
) -> "Overlay":
    """Put what joins regions on the map, with the points that it joins."""
    from maps.overlays.overlay import Overlay, put_on  # noqa: PLC0415 - folium takes 1.8 s, only where used

    points = geodata.find_points(study)[["lon", "lat"]].reindex(study.regions.index)
    known = points.dropna()
    if known.empty:
        raise MethodError(say("map/no-geometry", study=study.name))
    grid = lay_grid(known)
    placed = dict(zip(known.index, grid.place(known), strict=True))
    names = study.regions["name_zh" if options.language == "zh" else "name"].fillna("").astype(str)
    data |= {
        "points": [placed.get(code) for code in study.regions.index],
        "names": _name(names, study.regions.index),
        "halo": options.colours.halo,
    }
    return put_on(folium_map, Overlay(kind, data, grid=grid, options=options, title=title))


def _name(names: "pd.Series[str]", codes: Iterable[Any]) -> list[str]:
    return [cut_name(name or code) for code, name in zip(codes, names, strict=True)]
