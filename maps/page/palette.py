"""Colours of the page, light and dark, and the classes of a choropleth."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from regions.errors import MethodError

CLASSES = 5
_MANY_ZEROS = 0.2


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, as ``#rrggbb``.

    Attributes
    ----------
    sea, land, border, outline
        Basemap of the map, regions without a value, lines between regions, line around groups of regions.
    ramp
        Class colours from the lowest to the highest class; pale, so that links stand out.
    diverging
        Class colours of values with a sign: half of them below zero, from the lowest, and half above.
    hues
        Fills of classes without an order, pale, so that links stand out; told apart by those who see fewer colours.
    clusters
        Fills of local clusters: high-high, low-low, high-low, low-high, not significant.
    zero, hatch
        A value of exactly zero among values with a sign; the strokes over a region that has no value.
    link, gap, node, halo
        Links, gaps (another hue), points, and the ring that sets points and labels off their ground.
    quiet, tint
        Gaps that cannot be told from chance; the pale ground of what belongs to gaps.
    ends, rest
        The two fills of the map of the brief: regions concerned, and the others.
    focus
        Outline of the region in focus.
    ink, soft, faint, panel, raised, rule, accent, on_accent
        Text, secondary text, faint fills, ground of the panel, ground of floating boxes, rules, controls, text on them.
    """

    sea: str
    land: str
    border: str
    outline: str
    ramp: tuple[str, ...]
    diverging: tuple[str, ...]
    hues: tuple[str, ...]
    clusters: tuple[str, ...]
    zero: str
    hatch: str
    link: str
    gap: str
    node: str
    halo: str
    quiet: str
    tint: str
    ends: str
    rest: str
    focus: str
    ink: str
    soft: str
    faint: str
    panel: str
    raised: str
    rule: str
    accent: str
    on_accent: str


LIGHT = Palette(
    sea="#f7f9fb",
    land="#e9e7e2",
    border="#8ea2b1",
    outline="#62788a",
    ramp=("#edf3f7", "#d8e4ed", "#b5cfdf", "#86b0c9", "#4f8cac"),
    diverging=("#b8904a", "#d9bd84", "#f1e6cd", "#d8e4ed", "#86b0c9", "#4f8cac"),
    hues=("#a9c9db", "#fbdeb1", "#cf9a8a", "#77bdf1", "#9ef4de", "#c9b47b", "#7ab5b0", "#cccfb4"),
    clusters=("#c98f6b", "#86b0c9", "#efd3bf", "#d8e4ed", "#f1f3f4"),
    zero="#ffffff",
    hatch="#8a949c",
    link="#c4501b",
    gap="#7a2fb8",
    node="#33383d",
    halo="#ffffff",
    quiet="#5c6770",
    tint="#f4edfa",
    ends="#cfe0ea",
    rest="#e9f0f4",
    focus="#14181c",
    ink="#1c2329",
    soft="#56636e",
    faint="#eef2f5",
    panel="#ffffff",
    raised="#ffffff",
    rule="#dde3e8",
    accent="#1d6f8e",
    on_accent="#ffffff",
)
DARK = Palette(
    sea="#0c1218",
    land="#24262a",
    border="#2b3d4d",
    outline="#5f7d95",
    ramp=("#182530", "#1c384b", "#21506d", "#296b91", "#3389b8"),
    diverging=("#8a6a42", "#5f4b30", "#3a3026", "#1a3a52", "#21587a", "#3389b8"),
    hues=("#2a5a78", "#562e09", "#727259", "#3c2f3e", "#875f30", "#0a3061", "#654f51", "#117f7c"),
    clusters=("#8a4f2e", "#21587a", "#4a3327", "#1a3240", "#1c242b"),
    zero="#39424a",
    hatch="#66727c",
    link="#f2b544",
    gap="#ff6fae",
    node="#f1f4f6",
    halo="#0c1218",
    quiet="#a3afb9",
    tint="#2a1822",
    ends="#1f5470",
    rest="#182530",
    focus="#ffffff",
    ink="#e8edf1",
    soft="#9fb0be",
    faint="#18212b",
    panel="#10171f",
    raised="#141d26",
    rule="#263441",
    accent="#4aa8cf",
    on_accent="#06121a",
)


def find_breaks(
    values: Iterable[float],
    *,
    classes: int = CLASSES,
    method: Literal["quantile", "equal"] = "quantile",
) -> tuple[float, ...]:
    """Find the lower limits of the classes of a choropleth.

    Parameters
    ----------
    values
        One number per region; NaN means no value and is left out.
    classes
        At most so many classes, at least 1.
    method
        ``quantile``: equally many regions in each class, as far as ties allow; ``equal``: equally wide classes.

    Returns
    -------
    tuple of float
        Ascending. Class ``i`` holds the values from ``breaks[i]`` up to but not including ``breaks[i + 1]``; the last
        one has no upper limit. Under ``quantile`` every break is one of the values and can be printed as it is.
        Empty when there is no value. One break when all values are equal; one class for each distinct value when
        there are no more distinct values than classes. When more than a fifth of the values are zero, and zero
        is the least, zero has a class of its own under ``quantile``: absence of links is not few links.

    Raises
    ------
    MethodError
        ``classes`` is below 1 or the method is unknown.
    """
    if classes < 1:
        raise MethodError(f"A map needs at least one class; got classes={classes}.")
    known = np.sort(np.asarray([value for value in values if np.isfinite(value)], dtype=float))
    distinct = np.unique(known)
    if distinct.size <= classes:
        return tuple(distinct.tolist())
    if method == "equal":
        return tuple(np.linspace(distinct[0], distinct[-1], classes + 1)[:-1].tolist())
    if method != "quantile":
        raise MethodError(f'Unknown method of classes "{method}"; allowed are "quantile" and "equal".')
    if classes > 1 and distinct[0] == 0 and np.mean(known == 0) > _MANY_ZEROS:
        return (0.0, *_find_quantiles(known[known > 0], classes - 1))
    return _find_quantiles(known, classes)


def find_signed_breaks(values: Iterable[float], *, classes: int = CLASSES + 1) -> tuple[float, ...]:
    """Find the lower limits of the classes of values with a sign: no class holds values of both signs.

    Parameters
    ----------
    values
        One number per region; NaN means no value and is left out.
    classes
        At most so many classes, at least 2: half of them below zero, half above.

    Returns
    -------
    tuple of float
        As of ``find_breaks``, for the values below zero and then for those above. Exactly zero is in no class: it
        has a colour of its own, and nothing of either sign is told of it.

    Examples
    --------
    >>> find_signed_breaks([-30, -20, -10, -1, 2, 4])
    (-30.0, -20.0, -10.0, 2.0, 4.0)
    """
    known = [value for value in values if np.isfinite(value)]
    below, above = [value for value in known if value < 0], [value for value in known if value > 0]
    return find_breaks(below, classes=classes // 2) + find_breaks(above, classes=classes // 2)


def _find_quantiles(known: "np.ndarray[tuple[int], np.dtype[np.float64]]", classes: int) -> tuple[float, ...]:
    shares = np.arange(classes) / classes
    return tuple(np.unique(np.quantile(known, shares, method="higher")).tolist())
