"""The network without its geography: who is linked most, and in which community."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pandas as pd

from maps.look.palette import LIGHT
from maps.report.label_places import BESIDE, Box, bound_text, find_middle, find_room
from maps.report.plot_style import Figure, Voice, drawing, save
from regions.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Place = tuple[float, float]

LABELLED = 40
LINKS_DRAWN = 400
_SEED = 20
_STEPS = 150
_PULLING = 5  # links of each region that pull
_ROOM = (6.2, 5.1)  # inches of the drawing
_CAPTION = Words(
    "The collaboration network without geography (the {n} strongest of {all} links)",
    "协作网络结构（不含地理位置；最强 {n} 条，共 {all} 条联系）",
)


def draw_network(
    network: "nx.Graph[str]", names: Mapping[str, Words], voice: Voice, *, groups: "pd.Series[int] | None" = None
) -> Figure:
    """Draw the regions that have links, near to each other where links are strong.

    Parameters
    ----------
    network
        Edge attribute ``weight`` (1 where missing).
    names
        Code -> short names; the `LABELLED` strongest are named.
    groups
        Code -> number of its community, from 0; coloured.
    """
    links = sorted(
        ((data.get("weight", 1.0), str(a), str(b)) for a, b, data in network.edges(data=True) if a != b),
        key=lambda link: (-link[0], link[1], link[2]),
    )
    drawn: nx.Graph[str] = nx.Graph()
    drawn.add_nodes_from(sorted({end for link in links for end in link[1:]}))
    drawn.add_weighted_edges_from((a, b, weight) for weight, a, b in links)
    places = _place(drawn)
    with drawing(voice, (6.8, 5.6)) as figure:
        axes = figure.add_axes((0.03, 0.02, 0.94, 0.95))
        axes.set_axis_off()
        _draw_links(axes, links[:LINKS_DRAWN], places)
        strongest = _draw_regions(axes, drawn, places, groups)
        labels = {code: voice.name(names.get(code, Words(code, code)), code) for code in strongest}
        _label(axes, labels, places)
        png, svg = save(figure)
    counted = {"n": f"{min(len(links), LINKS_DRAWN):,}", "all": f"{len(links):,}"}
    caption = Words(*(text.format(**counted) for text in _CAPTION))
    return Figure("figure-network", png, svg, caption, _describe(list(strongest), names))


def _draw_links(axes: "Axes", links: Sequence[tuple[float, str, str]], places: Mapping[str, Place]) -> None:
    top = max((weight for weight, _, _ in links), default=1.0)
    for weight, a, b in reversed(links):
        share = (weight / top) ** 0.5
        xs, ys = zip(places[a], places[b], strict=True)
        axes.plot(xs, ys, color=LIGHT.link, linewidth=0.25 + 3.2 * share, alpha=0.12 + 0.45 * share, zorder=1)


def _draw_regions(
    axes: "Axes", network: "nx.Graph[str]", places: Mapping[str, Place], groups: "pd.Series[int] | None"
) -> dict[str, float]:
    """Draw a point for each region; return code -> area of the point, the strongest first."""
    strength = dict(network.degree(weight="weight"))
    most = max(strength.values(), default=1.0)
    sizes = {
        code: 14 + 320 * strength[code] / most for code in sorted(network, key=lambda code: (-strength[code], code))
    }
    for code, size in sizes.items():
        known = groups is not None and code in groups.index
        hue = LIGHT.hues[int(groups[code]) % len(LIGHT.hues)] if groups is not None and known else LIGHT.ramp[3]
        axes.scatter(*places[code], s=size, color=hue, edgecolors=LIGHT.node, linewidths=0.6, zorder=2)
    return sizes


def _place(network: "nx.Graph[str]") -> dict[str, Place]:
    """Lay out by the forces of Fruchterman and Reingold on the roots of the weights, from a fixed start.

    The strongest links of each region alone pull, and the regions are spread evenly over the paper, in the order of
    their distance from the middle: who is near is linked, how far tells nothing.
    """
    if not len(network):
        return {}
    strong = _keep_strongest(network)
    laid = nx.spring_layout(strong, weight="pull", iterations=_STEPS, seed=_SEED, method="force")
    spots = np.array([laid[code] for code in network]) - np.mean([laid[code] for code in network], axis=0)
    away = np.maximum(np.linalg.norm(spots, axis=1), 1e-9)
    spread = np.sqrt((np.argsort(np.argsort(np.round(away, 6), kind="stable"), kind="stable") + 1) / len(network))
    spots *= (spread / away)[:, np.newaxis]
    extent = np.maximum(np.ptp(spots, axis=0), 1e-9)
    spots = np.round((spots - spots.min(axis=0)) / extent, 4)
    return {code: (float(x), float(y)) for code, (x, y) in zip(network, spots, strict=True)}


def _keep_strongest(network: "nx.Graph[str]") -> "nx.Graph[str]":
    """Return the network with the strongest links of each region: all of a dense one pull it into a knot."""
    strong: nx.Graph[str] = nx.Graph()
    strong.add_nodes_from(network)
    for code in network:
        links = sorted((-float(data["weight"]), str(other)) for other, data in network[code].items())
        strong.add_edges_from((code, other, {"pull": (-weight) ** 0.5}) for weight, other in links[:_PULLING])
    return strong


def _label(axes: "Axes", labels: Mapping[str, str], places: Mapping[str, Place]) -> None:
    """Name the strongest regions that find room, the first in larger letters."""
    from matplotlib.patheffects import withStroke  # noqa: PLC0415 - an extra, only where figures are drawn

    inch = (1 / _ROOM[0], 1 / _ROOM[1])
    taken: list[Box] = []
    for rank, (code, said) in enumerate(list(labels.items())[:LABELLED]):
        box = find_room([bound_text(places[code], said, inch, step) for step in BESIDE], taken)
        if box is None:
            continue
        taken.append(box)
        size = 9 if rank < LABELLED / 4 else 7.5
        halo = [withStroke(linewidth=2.2, foreground="white")]
        axes.text(*find_middle(box), said, ha="center", va="center", fontsize=size, path_effects=halo, zorder=3)


def _describe(strongest: Sequence[str], names: Mapping[str, Words]) -> Words:
    first = [names.get(code, Words(code, code)) for code in strongest[:5]]
    return Words(
        f"Network diagram of {len(strongest)} regions with links; the strongest are "
        f"{', '.join(name.en for name in first)}.",
        f"网络图：{len(strongest)} 个有联系的地区，联系最多的是{'、'.join(name.zh for name in first)}。",
    )
