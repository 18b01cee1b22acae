"""The layers of the page that every network has: communities, core and periphery, the groups of the study."""

from typing import Any

import networkx as nx

import analysis
from analysis.gaps.filters import find_members
from maps import GeoLayer, RegionClasses
from maps.overlays.actor_layers import HUES, KINDS
from maps.words.page_text import UI
from regions.errors import MethodError
from regions.messages import say
from regions.study import Study
from regions.words import Words

MOST_GROUPS = 8
FEWEST = 3
LARGEST = 600
"""Networks of more regions get no communities and core by themselves: ``roles`` finds them."""

MOST_ACTORS = 2_000
"""So many actors of a study stand on the page, those that take part in the most records first."""

FEW = 200
"""Up to so many stand there at first; more are for who asks."""


def take_network(study: Study) -> "nx.Graph[str]":
    """Return the network that a page is drawn on: the regions alone where the study has no links."""
    try:
        return analysis.build_network(study)
    except MethodError:
        return nx.empty_graph(list(map(str, study.regions.index)))


def build_page_layers(study: Study, network: "nx.Graph") -> tuple[RegionClasses, ...]:
    """Return what can be drawn of the network's order; a part that it does not allow is left out."""
    found = [_outline_groups(study)]
    linked = network.subgraph([code for code in network if any(other != code for other in network[code])])
    if FEWEST <= len(linked) <= LARGEST:
        found += [_find_communities(linked), _find_core(linked)]
    return tuple(layer for layer in found if layer is not None)


def build_actor_layers(study: Study, language: str) -> tuple[tuple[GeoLayer, ...], Words | None]:
    """Return the actors that have coordinates of their own, a layer for each kind, and who has none or is left out.

    Parameters
    ----------
    study
        Whose actors may have ``lon`` and ``lat``.
    language
        Of their names, ``zh`` or ``en``.
    """
    table = study.actors
    if table is None or not {"lon", "lat"} <= set(table) or table[["lon", "lat"]].isna().any(axis=1).all():
        return (), None
    known = table.dropna(subset=["lon", "lat"])
    if study.records is not None:
        parts = study.records["actor"].value_counts().reindex(known.index, fill_value=0)
        known = known.loc[parts.sort_values(ascending=False, kind="stable").index]
    rows = known.head(MOST_ACTORS)
    first, second = ("name_zh", "name") if language == "zh" else ("name", "name_zh")
    names = rows[first].where(rows[first] != "", rows[second])
    kinds = rows["kind"].where(rows["kind"].isin(KINDS), "other") if "kind" in rows else names.map(lambda _: "other")
    layers = []
    for kind, hue in zip(KINDS, HUES, strict=True):
        here = rows.index[kinds == kind]
        places = zip(rows.loc[here, "lon"], rows.loc[here, "lat"], names[here], strict=True)
        features = [_point(lon, lat, str(name)) for lon, lat, name in places]
        data = {"type": "FeatureCollection", "features": features}
        if features:
            title = UI[f"actor_kind_{kind}"]
            layers.append(GeoLayer(f"actors_{kind}", title, data, "name", hue, 3.5, len(rows) <= FEW))
    without, more = len(table) - len(known), len(known) - len(rows)
    said = say("map/actors-placed", count=len(rows), without=without, more=more).words
    return tuple(layers), said


def _point(lon: float, lat: float, name: str) -> dict[str, Any]:
    place = {"type": "Point", "coordinates": [float(lon), float(lat)]}
    return {"type": "Feature", "geometry": place, "properties": {"name": name}}


def _find_communities(network: "nx.Graph") -> RegionClasses | None:
    communities = analysis.find_communities(network)
    labels = communities.labels
    names = tuple(Words(f"Community {label}", f"社群 {label}") for label in range(1, int(labels.max()) + 1))
    note = Words(
        f"Leiden algorithm, modularity {communities.modularity:.2f}; other starts may part the regions otherwise.",
        f"Leiden 算法，模块度 {communities.modularity:.2f}；不同起点的划分可能不同。",
    )
    members = {str(code): int(label) - 1 for code, label in labels.items()}
    return RegionClasses("communities", Words("Communities", "社群"), names, members, note=note)


def _find_core(network: "nx.Graph") -> RegionClasses | None:
    core = analysis.find_core(network)
    if not core.core.any():
        return None
    names = (Words("Core", "核心"), Words("Periphery", "边缘"))
    note = Words(
        f"Pattern of Borgatti and Everett, correlation {core.correlation:.2f} with it.",
        f"Borgatti–Everett 核心—边缘模式，与理想模式的相关系数 {core.correlation:.2f}。",
    )
    members = {str(code): 0 if inside else 1 for code, inside in core.core.items()}
    return RegionClasses("core", Words("Core and periphery", "核心与边缘"), names, members, note=note, meaning="order")


def _outline_groups(study: Study) -> RegionClasses | None:
    """Outline the groups that do not overlap, the smallest first: a region is in one class."""
    if study.groups is None:
        return None
    sized = []
    for name in sorted(map(str, set(study.groups["group"]))):
        try:
            sized.append((len(members := find_members(study, name)), name, members))
        except MethodError:  # none of its members is a unit here
            continue
    members_of: dict[str, int] = {}
    names: list[Words] = []
    for size, name, members in sorted(sized):
        if 1 < size < len(study.regions) and not members & members_of.keys() and len(names) < MOST_GROUPS:
            members_of |= dict.fromkeys(members, len(names))
            names.append(Words(name, name))
    if not names:
        return None
    note = Words("Groups of the study that do not overlap, the smallest first.", "研究中互不重叠的分组，小的在前。")
    return RegionClasses("groups", Words("Groups", "分组"), tuple(names), members_of, note=note, outlined=True)
