"""Regions coloured by a number, and groups of regions in outline, on any folium map."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

import geodata
from analysis.gaps.filters import find_members
from maps.look.overlay_options import OverlayOptions
from maps.overlays.degree_grid import DegreeGrid, lay_grid
from maps.page.plain_values import check_codes, cut_name, tidy
from maps.words.page_text import UI, label_score
from regions.errors import MethodError
from regions.frames.vocabulary import list_group_names
from regions.messages import say
from regions.study import Study
from regions.words import Words

if TYPE_CHECKING:
    import folium

    from maps.overlays.overlay import Overlay

_REGIONS, _GROUPS = Words("coloured regions", "地区底色"), Words("groups", "分组轮廓")


def draw_regions(
    folium_map: "folium.Map",
    study: Study,
    values: "pd.Series[Any] | None" = None,
    *,
    options: OverlayOptions | None = None,
) -> "Overlay":
    """Draw the regions of a study on a map, coloured by a number.

    Parameters
    ----------
    folium_map
        Any map in longitude and latitude, with or without tiles.
    study
        Whose regions, with their boundaries.
    values
        Code -> number, such as a column of ``analysis.measure_centrality``; its name is the title of the legend. A
        missing value is hatched, a code that is absent too. None: outlines only.
    options
        Classes, colours, name, language.

    Returns
    -------
    Overlay
        The layer, which is on the map already; ``folium_map.fit_bounds(layer.bounds)`` shows all of it.

    Raises
    ------
    MethodError
        The study has no boundaries, the values name a region that it does not have, or options cannot be followed.

    Examples
    --------
    >>> import folium
    >>> from regionet import analysis, maps, regions
    >>> study = regions.load_study("yangtze-delta")
    >>> scores = analysis.measure_centrality(analysis.build_network(study))
    >>> chart = folium.Map(tiles=None)
    >>> layer = maps.draw_regions(chart, study, scores["strength"])
    >>> chart.fit_bounds(layer.bounds)
    """
    from maps.overlays.overlay import Overlay, put_on  # noqa: PLC0415 - folium takes 1.8 s, only where used

    options = options or OverlayOptions()
    options.check()
    codes = [str(code) for code in study.regions.index]
    if values is not None:
        check_codes(codes, values.index, "values")
    shapes, grid = _read_shapes(study, _REGIONS)
    title = label_score(str(values.name or "")).label if values is not None else UI["region"]
    data = {
        "names": _list_names(study, codes, options.language),
        "rings": [grid.pack(shapes[code]) if code in shapes else "" for code in codes],
        "opacity": options.opacity,
        "palette": asdict(options.colours),
        "none": UI["legend_none"].text(options.language),
        "values": None,
        "breaks": [],
    }
    if values is not None:
        shown = tidy(values.reindex(codes))
        known = [float(value) for value in shown if value is not None]
        data |= {"values": shown, "breaks": tidy(options.classes.find(known))}
    return put_on(folium_map, Overlay("regions", data, grid=grid, options=options, title=title))


def draw_groups(
    folium_map: "folium.Map", study: Study, names: Sequence[str] | None = None, *, options: OverlayOptions | None = None
) -> "Overlay":
    """Draw groups of regions (circles, belts, basins, your own) as an outline each.

    Parameters
    ----------
    folium_map, study, options
        As of `draw_regions`.
    names
        Groups of the study, those of the embedded ones by their Chinese names too; None: all that have members here.

    Returns
    -------
    Overlay
        The layer, which is on the map already.

    Raises
    ------
    MethodError
        The study has no boundaries, or no such group with members among its regions.

    Examples
    --------
    >>> import folium
    >>> from regionet import maps, regions
    >>> layer = maps.draw_groups(folium.Map(tiles=None), regions.load_study("china"), ["northeast", "yangtze-delta"])
    >>> layer.show
    True
    """
    from maps.overlays.overlay import Overlay, put_on  # noqa: PLC0415 - folium takes 1.8 s, only where used

    options = options or OverlayOptions()
    options.check()
    members = {name: find_members(study, name) for name in names} if names is not None else _find_all(study)
    shapes, grid = _read_shapes(study, _GROUPS)
    outlines = {name: [shapes[code] for code in sorted(codes) if code in shapes] for name, codes in members.items()}
    chinese: dict[str, str] = {}
    for word, name in list_group_names().items() if options.language == "zh" else ():
        chinese.setdefault(name, word)  # the first is the usual one
    data = {
        "names": [cut_name(chinese.get(name, name)) for name in outlines],
        "rings": [grid.pack(shapely.union_all(parts)) for parts in outlines.values()],
        "colours": list(options.colours.hues),
        "counts": [len(members[name]) for name in outlines],
    }
    return put_on(folium_map, Overlay("groups", data, grid=grid, options=options, title=UI["layer_groups"]))


def _find_all(study: Study) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name in [] if study.groups is None else sorted(map(str, set(study.groups["group"]))):
        try:
            members = find_members(study, name)
        except MethodError:  # none of its members is a unit here
            continue
        if len(members) < len(study.regions):
            found[name] = members
    return found


def _read_shapes(study: Study, what: Words) -> tuple[Mapping[str, Any], DegreeGrid]:
    frame = geodata.read_boundaries(study)
    if frame is None:
        raise MethodError(say("map/no-boundaries", study=study.name, what=what))
    units = frame[frame.index.isin(study.regions.index) & ~(frame.geometry.isna() | frame.geometry.is_empty)]
    west, south, east, north = units.total_bounds.tolist()
    return dict(zip(units.index.astype(str), units.geometry, strict=True)), lay_grid([[west, south], [east, north]])


def _list_names(study: Study, codes: list[str], language: str) -> list[str]:
    column = "name_zh" if language == "zh" else "name"
    names = study.regions[column].reindex(codes).fillna("").astype(str)
    return [cut_name(name or code) for code, name in zip(codes, names, strict=True)]
