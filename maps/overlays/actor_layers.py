"""Actors as points on any folium map."""

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

import geodata
from maps.look.overlay_options import OverlayOptions
from maps.overlays.degree_grid import lay_grid
from maps.page.plain_values import cut_name
from maps.words.page_text import UI
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study

if TYPE_CHECKING:
    import folium

    from maps.overlays.overlay import Overlay

KINDS = ("university", "institute", "enterprise", "government", "platform", "other")
HUES = ("#0072b2", "#009e73", "#d55e00", "#8a5aa8", "#c79300", "#4d5a63")
"""After Okabe and Ito (2008), told apart by all eyes."""

_TURN = math.pi * (3 - math.sqrt(5))
_APART = 0.06
"""Degrees from one to the next around the point of their region: about six kilometres."""


def draw_actors(
    folium_map: "folium.Map",
    study: Study,
    actors: pd.DataFrame | None = None,
    *,
    options: OverlayOptions | None = None,
) -> "Overlay":
    """Draw actors as points, one colour a kind.

    Parameters
    ----------
    folium_map
        Any map in longitude and latitude, with or without tiles.
    study
        Whose actors and regions.
    actors
        Rows of ``study.actors``, all of them by default. An actor without ``lon`` and ``lat`` stands near the point of
        its region, in a spiral with the others there, and its tip says that its own place is not known. One without
        either, or in a region outside the study, is left out and counted in the legend.
    options
        Colours, name, language.

    Returns
    -------
    Overlay
        The layer, which is on the map already.

    Raises
    ------
    MethodError
        No actor has a place or a region with a known point, or options cannot be followed.

    Examples
    --------
    >>> import folium
    >>> from regionet import maps, regions
    >>> study = regions.load_study("yangtze-delta")
    >>> layer = maps.draw_actors(folium.Map(tiles=None), study)
    >>> layer.control
    True
    """
    from maps.overlays.overlay import Overlay, put_on  # noqa: PLC0415 - folium takes 1.8 s, only where used

    options = options or OverlayOptions()
    options.check()
    table = study.actors if actors is None else actors
    if table is None or not len(table):
        raise MethodError(say("map/no-actors"))
    degrees, exact = _place_actors(study, table)
    known = ~np.isnan(degrees).any(axis=1)
    if not known.any():
        raise MethodError(say("map/no-actors"))
    grid = lay_grid(degrees[known])
    zh = options.language == "zh"
    kinds = table["kind"].where(table["kind"].isin(KINDS), "other").to_numpy()[known]
    data = {
        "points": grid.place(degrees[known]),
        "names": [cut_name(name) for name in _list_names(table, zh=zh)[known]],
        "kinds": [KINDS.index(kind) for kind in kinds],
        "exact": exact[known].astype(int).tolist(),
        "colours": list(HUES),
        "words": [UI[f"actor_kind_{kind}"].text(options.language) for kind in KINDS],
        "notes": [UI[key].text(options.language) for key in ("actor_near", "actors_out")],
        "out": int((~known).sum()),
        "halo": options.colours.halo,
    }
    return put_on(folium_map, Overlay("actors", data, grid=grid, options=options, title=UI["layer_actors"]))


def _list_names(table: pd.DataFrame, *, zh: bool) -> npt.NDArray[np.object_]:
    first, second = ("name_zh", "name") if zh else ("name", "name_zh")
    empty = pd.Series("", index=table.index)
    names = table.get(first, empty).fillna("").astype(str)
    others = table.get(second, empty).fillna("").astype(str)
    found: npt.NDArray[np.object_] = names.where(names != "", others).to_numpy(dtype=object)
    return found


def _place_actors(study: Study, table: pd.DataFrame) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Return longitude and latitude of each actor (NaN where unknown), and whether they are its own."""
    own = np.full((len(table), 2), np.nan)
    if {"lon", "lat"} <= set(table):
        own = table[["lon", "lat"]].to_numpy(dtype=float)
    exact = ~np.isnan(own).any(axis=1)
    units = table["region"].map(study.unit_of)
    middles = geodata.find_points(study)[["lon", "lat"]].reindex(units).to_numpy(dtype=float)
    turn = units.where(~exact).groupby(units.where(~exact)).cumcount().to_numpy()
    reach = _APART * np.sqrt(turn + 0.5)
    shifts = np.column_stack([reach * np.cos(turn * _TURN), reach * np.sin(turn * _TURN)])
    return np.where(exact[:, None], own, middles + shifts), exact
