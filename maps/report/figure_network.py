"""The network without its geography: who is linked most, and in which community."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pandas as pd

from maps.look.palette import LIGHT
from maps.report.plot_style import Figure, Voice, drawing, save
from regions.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Place = tuple[float, float]

LABELLED = 40
LINKS_DRAWN = 400
_SEED = 20
_STEPS = 150
_DRAWN_NEARER = 0.45
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
        for rank, (code, size) in enumerate(list(strongest.items())[:LABELLED]):
            said = voice.name(names.get(code, Words(code, code)), code)
            _write(axes, places[code], (said, size), large=rank < LABELLED / 4)
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

    The outer regions are drawn nearer, and the drawing is stretched over the paper: distances mean nothing exact.
    """
    if not len(network):
        return {}
    for _, _, data in network.edges(data=True):
        data["pull"] = data["weight"] ** 0.5
    room = 2.2 / len(network) ** 0.5
    laid = nx.spring_layout(network, k=room, weight="pull", iterations=_STEPS, seed=_SEED, method="force")
    spots = np.array([laid[code] for code in network]) - np.median([laid[code] for code in network], axis=0)
    away = np.linalg.norm(spots, axis=1, keepdims=True)
    spots = spots / np.maximum(away, 1e-9) ** _DRAWN_NEARER
    extent = np.maximum(np.ptp(spots, axis=0), 1e-9)
    spots = np.round((spots - spots.min(axis=0)) / extent, 4)
    return {code: (float(x), float(y)) for code, (x, y) in zip(network, spots, strict=True)}


def _write(axes: "Axes", place: Place, label: tuple[str, float], *, large: bool) -> None:
    from matplotlib.patheffects import withStroke  # noqa: PLC0415 - an extra, only where figures are drawn

    text, size = label
    axes.annotate(
        text,
        place,
        xytext=(0, 2 + size**0.5 / 2),
        textcoords="offset points",
        ha="center",
        fontsize=9 if large else 7.5,
        path_effects=[withStroke(linewidth=2.2, foreground="white")],
        zorder=3,
    )


def _describe(strongest: Sequence[str], names: Mapping[str, Words]) -> Words:
    first = [names.get(code, Words(code, code)) for code in strongest[:5]]
    return Words(
        f"Network diagram of {len(strongest)} regions with links; the strongest are "
        f"{', '.join(name.en for name in first)}.",
        f"网络图：{len(strongest)} 个有联系的地区，联系最多的是{'、'.join(name.zh for name in first)}。",
    )
