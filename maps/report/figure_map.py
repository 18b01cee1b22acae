"""The map for papers: regions coloured by their links, the strongest links, the first gaps, insets beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from maps.look.classes import find_breaks
from maps.look.palette import LIGHT
from maps.page.basemap import Basemap, describe_boundaries
from maps.page.shapes import unpack_rings
from maps.report.label_places import BESIDE, FARTHER, IN_PLACE, Box, bound_text, find_middle, find_room
from maps.report.plot_style import Figure, Voice, drawing, save
from maps.words.answer_text import ANSWERS
from regions.messages import say
from regions.study import Study
from regions.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LINKS_DRAWN = 60
LABELLED = 45
_WIDTH = 7.0  # inches, with the insets
_TALLEST = 8.2
_BESIDE = 0.15  # of the width, for the insets and nothing else, so that none covers a region
_UNDER = 0.75  # inches, for the legend
_BOW = 0.12
_CAPTION = Words(
    "Collaboration links ({n} strongest of {all}) and the first gaps; {note}",
    "协作联系（最强 {n} 条，共 {all} 条）与首要缺口；{note}",
)
_STRENGTH = Words("Links to other regions", "对外联系总量")
_LINK = Words("Link, wider: stronger", "协作联系，越粗越强")
_GAP = Words("Gap, number as in the text", "合作缺口，序号与正文一致")


@dataclass(frozen=True, slots=True)
class MapData:
    """What the map shows.

    Attributes
    ----------
    strength
        Code -> weight of all its links.
    links
        Weight and both ends, the strongest first.
    gaps
        Both ends and the grade of the gaps that are numbered on the map.
    names
        Code -> short names.
    """

    strength: Mapping[str, float]
    links: Sequence[tuple[float, str, str]]
    gaps: Sequence[tuple[str, str, str]]
    names: Mapping[str, Words]


def draw_map_figure(study: Study, basemap: Basemap, data: MapData, voice: Voice) -> Figure:
    """Draw the map of a study on the projection and with the insets of its page."""
    west, south, east, north = basemap.view
    ratio = (north - south) / max(east - west, 1)
    wide = _WIDTH * (1 - _BESIDE if basemap.windows else 1)
    tall = min(wide * ratio, _TALLEST)
    height = tall + _UNDER
    with drawing(voice, (_WIDTH, height)) as figure:
        share = wide / _WIDTH
        axes = figure.add_axes((0.0, _UNDER / height, share, tall / height))
        _frame(axes, basemap.view, margin=0.03)
        painted = _Painter(basemap, data, voice, find_breaks(data.strength.values()))
        painted.paint(axes, width=1.0)
        painted.label(axes)
        _add_insets(figure, study, painted, (share, height))
        _add_legend(figure, painted)
        png, svg = save(figure)
    note = describe_boundaries(study)
    counted = {"n": f"{min(len(data.links), LINKS_DRAWN):,}", "all": f"{len(data.links):,}"}
    inner = note.en[0].lower() + note.en[1:]
    caption = Words(_CAPTION.en.format(note=inner, **counted), _CAPTION.zh.format(note=note.zh, **counted))
    return Figure("figure-map", png, svg, caption, _describe(data))


def _frame(axes: "Axes", view: tuple[int, int, int, int], *, margin: float) -> None:
    west, south, east, north = view
    pad = margin * max(east - west, north - south)
    axes.set(xlim=(west - pad, east + pad), ylim=(south - pad, north + pad))
    axes.set_aspect("equal")
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_visible(False)


@dataclass(frozen=True, slots=True)
class _Painter:
    """What is painted on the map and again in each inset."""

    basemap: Basemap
    data: MapData
    voice: Voice
    breaks: tuple[float, ...]

    def paint(self, axes: "Axes", *, width: float) -> None:
        """Paint regions, links and gaps."""
        self.paint_regions(axes, width)
        points = self.basemap.points
        links = [link for link in self.data.links[:LINKS_DRAWN] if link[1] in points and link[2] in points]
        top = max((weight for weight, _, _ in links), default=1.0)
        for weight, a, b in reversed(links):
            share = (weight / top) ** 0.5
            look = {"edgecolor": LIGHT.link, "linewidth": (0.3 + 2.9 * share) * width, "alpha": 0.25 + 0.4 * share}
            _draw_curve(axes, (points[a], points[b]), bow=_BOW, **look)
        self._paint_gaps(axes, width)

    def paint_regions(self, axes: "Axes", width: float) -> None:
        """Paint regions, points of those without a polygon, and context lines."""
        from matplotlib.collections import LineCollection  # noqa: PLC0415 - an extra, only where figures are drawn

        shapes = [*self.basemap.shapes.items(), *self.basemap.far.items()]
        for code, packed in sorted(shapes, key=lambda shape: -len(shape[1])):
            _fill_shape(axes, packed, self.colour(code), width)
        lines = [np.array(line) for line in unpack_rings(self.basemap.lines)]
        axes.add_collection(LineCollection(lines, colors=LIGHT.outline, linewidths=1.1 * width), autolim=False)
        drawn = {code for code, _ in shapes}
        bare = [(code, place) for code, place in self.basemap.points.items() if code not in drawn]
        for code, place in bare:
            axes.scatter(*place, s=26 * width, color=self.colour(code), edgecolors=LIGHT.node, linewidths=0.6, zorder=4)

    def colour(self, code: str) -> str:
        """Return the fill of a region."""
        value = self.data.strength.get(code)
        if value is None or not self.breaks:
            return LIGHT.land
        place = max(int(np.searchsorted(self.breaks, value, side="right")) - 1, 0)
        return LIGHT.ramp[place]

    def _paint_gaps(self, axes: "Axes", width: float) -> None:
        points = self.basemap.points
        for number, (a, b, grade) in enumerate(self.data.gaps, start=1):
            if a not in points or b not in points:
                continue
            colour = LIGHT.quiet if grade == "none" else LIGHT.gap
            dash = (0, (1, 1.6)) if grade == "none" else (0, (4, 2))
            look = {"edgecolor": colour, "linewidth": 2.2 * width, "linestyle": dash, "zorder": 6}
            middle = _draw_curve(axes, (points[a], points[b]), bow=-_BOW * 1.5, **look)
            badge = {"boxstyle": "circle,pad=0.25", "facecolor": colour, "edgecolor": "white", "linewidth": 1}
            axes.text(
                *middle,
                str(number),
                color="white",
                fontsize=8,
                ha="center",
                va="center",
                bbox=badge,
                zorder=7,
                clip_on=True,
            )

    def label(self, axes: "Axes") -> None:
        """Name the ends of the gaps, then the strongest regions that find room."""
        points = self.basemap.points
        ends = [end for a, b, _ in self.data.gaps for end in (a, b)]
        strongest = sorted(self.data.strength, key=lambda code: (-self.data.strength[code], code))
        taken: list[Box] = []
        wanted = [code for code in dict.fromkeys([*ends, *strongest]) if code in points and code in self.data.names]
        left, right = axes.get_xlim()
        inch = (right - left) / (_WIDTH * axes.get_position().width)
        for code in wanted[: LABELLED + len(ends)]:
            said = self.voice.name(self.data.names[code], code)
            tried = [bound_text(points[code], said, (inch, inch), step) for step in self._list_places(code, ends)]
            box = find_room(tried, taken)
            if box is not None and left < box[0] and box[2] < right:
                taken.append(box)
                _write(axes, find_middle(box), said, bold=code in ends)

    def _list_places(self, code: str, ends: Sequence[str]) -> tuple[tuple[float, float], ...]:
        """Return where a name may stand: on its polygon or beside its point; that of a gap's end elsewhere too."""
        bare = code not in self.basemap.shapes and code not in self.basemap.far
        first = BESIDE[:1] if bare else IN_PLACE
        return (*first, *BESIDE, *FARTHER) if code in ends else first


def _fill_shape(axes: "Axes", packed: str, colour: str, width: float) -> None:
    from matplotlib.patches import PathPatch  # noqa: PLC0415 - as above
    from matplotlib.path import Path  # noqa: PLC0415 - as above

    corners: list[Any] = []
    codes: list[int] = []
    for ring in unpack_rings(packed):
        corners += [*ring, ring[0]]
        codes += [int(Path.MOVETO), *[int(Path.LINETO)] * (len(ring) - 1), int(Path.CLOSEPOLY)]
    if corners:
        look = {"facecolor": colour, "edgecolor": LIGHT.border, "linewidth": 0.35 * width}
        axes.add_patch(PathPatch(Path(corners, codes), **look))


def _draw_curve(
    axes: "Axes",
    ends: tuple[tuple[int, int], tuple[int, int]],
    *,
    bow: float,
    **look: Any,  # noqa: ANN401 - of matplotlib
) -> tuple[float, float]:
    """Draw a bowed line between two points; return its middle."""
    from matplotlib.patches import PathPatch  # noqa: PLC0415 - as above
    from matplotlib.path import Path  # noqa: PLC0415 - as above

    first, last = sorted(ends)  # the bow does not hang on which end stands first
    middle = np.add(first, last) / 2
    across = np.array([first[1] - last[1], last[0] - first[0]], dtype=float)
    control = middle + across * bow * 2
    path = Path([first, tuple(control), last], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
    axes.add_patch(PathPatch(path, facecolor="none", **({"zorder": 5} | look)))
    x, y = ((middle + control) / 2).tolist()
    return x, y


def _write(axes: "Axes", place: tuple[float, float], text: str, *, bold: bool) -> None:
    from matplotlib.patheffects import withStroke  # noqa: PLC0415 - as above

    halo = [withStroke(linewidth=2, foreground="white")]
    size, colour = (8.5, LIGHT.gap) if bold else (7.0, LIGHT.ink)
    axes.text(
        *place, text, fontsize=size, color=colour, ha="center", va="center", path_effects=halo, zorder=8, clip_on=True
    )


def _add_insets(figure: Any, study: Study, painted: _Painter, place: tuple[float, float]) -> None:  # noqa: ANN401 - as above
    """Put the insets one above the other beside the map, from below."""
    share, height = place
    bottom = _UNDER / height
    base = painted.basemap
    for inset, window, apart in zip(study.maps.insets, base.windows, base.apart, strict=True):
        west, south, east, north = window
        wide = (1 - share) * 0.92
        tall = min(wide * _WIDTH * (north - south) / max(east - west, 1) / height, 0.3)
        axes = figure.add_axes((share + 0.004, bottom + 0.03, wide, tall))
        if apart:
            painted.paint(axes, width=0.6)
        else:  # its links are on the map
            painted.paint_regions(axes, 0.6)
        axes.set(xlim=(west, east), ylim=(south, north))
        axes.set_aspect("equal")
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines[:].set_color(LIGHT.border)
        axes.set_xlabel(painted.voice.name(inset.title, ""), fontsize=6, labelpad=2)
        bottom += tall + 0.06


def _add_legend(figure: Any, painted: _Painter) -> None:  # noqa: ANN401 - as above
    from matplotlib.lines import Line2D  # noqa: PLC0415 - as above
    from matplotlib.patches import Patch  # noqa: PLC0415 - as above

    say = painted.voice.say
    breaks = painted.breaks
    known = sorted(painted.data.strength.values())
    ends = [max((value for value in known if value < after), default=after) for after in breaks[1:]]
    ends += known[-1:]
    labels = [_write_class(low, high) for low, high in zip(breaks, ends, strict=True)]
    boxes = [
        Patch(facecolor=LIGHT.ramp[number], edgecolor=LIGHT.border, linewidth=0.5, label=label)
        for number, label in enumerate(labels)
    ]
    first = figure.legend(
        handles=boxes, title=say(_STRENGTH), ncols=5, loc="lower left", bbox_to_anchor=(0.02, 0.0), **_LEGEND
    )
    first._legend_box.align = "left"  # noqa: SLF001 - matplotlib has no other way to set a title left
    lines = [Line2D([], [], color=LIGHT.link, linewidth=2, alpha=0.6, label=say(_LINK))]
    backed = [grade != "none" for _, _, grade in painted.data.gaps]
    if any(backed):
        lines.append(Line2D([], [], color=LIGHT.gap, linewidth=2, linestyle="--", label=say(_GAP)))
    if not all(backed):
        quiet = say(ANSWERS["legend_gap_quiet"])
        lines.append(Line2D([], [], color=LIGHT.quiet, linewidth=2, linestyle=":", label=quiet))
    figure.legend(handles=lines, loc="lower right", bbox_to_anchor=(0.99, 0.0), **_LEGEND)


_LEGEND: Mapping[str, Any] = {"frameon": False, "fontsize": 7.5, "title_fontsize": 8, "columnspacing": 1.2}


def _write_class(low: float, high: float) -> str:
    decimals = 0 if float(low).is_integer() and float(high).is_integer() else 1
    one, other = f"{low:,.{decimals}f}", f"{high:,.{decimals}f}"
    return one if one == other else f"{one} – {other}"


def _describe(data: MapData) -> Words:
    pairs = [(data.names[a], data.names[b]) for a, b, _ in data.gaps if a in data.names and b in data.names]
    gaps = [Words(f"{one.en} – {other.en}", f"{one.zh} – {other.zh}") for one, other in pairs]
    return say("figure/map", regions=len(data.strength), gaps=gaps).words
