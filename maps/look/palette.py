"""Colours of maps, light and dark."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeAlias

from regions.messages import Message, say
from regions.words import Words

Colours: TypeAlias = Mapping[str, str | Sequence[str]]
"""Name of a colour of `Palette` -> ``#rrggbb``; of ``ramp``, ``diverging``, ``hues`` and ``clusters`` several."""

_COLOUR = re.compile("#[0-9a-fA-F]{6}")
_COLOUR_NAME = Words("colour", "颜色名")
_SERIES = {"ramp": (2, 9), "diverging": (2, 10), "hues": (1, 20), "clusters": (5, 5)}


def is_colour(word: object) -> bool:
    """Tell whether a word is a colour as ``#rrggbb``; nothing else reaches a style."""
    return isinstance(word, str) and bool(_COLOUR.fullmatch(word))


def list_colour_faults(colours: Colours) -> list[Message]:
    """Say all that is wrong with a choice of colours; an empty list when nothing is."""
    known = [field.name for field in fields(Palette)]
    faults = [
        say("map/unknown-choice", what=_COLOUR_NAME, given=name, allowed=known) for name in colours if name not in known
    ]
    for name, value in colours.items():
        series = [value] if isinstance(value, str) else list(value)
        wrong = [str(word) for word in series if not is_colour(word)]
        if wrong:
            faults.append(say("map/colour", name=name, wrong=wrong))
        least, most = _SERIES.get(name, (1, 1))
        odd = name == "diverging" and len(series) % 2
        if not least <= len(series) <= most or odd or isinstance(value, str) is (name in _SERIES):
            faults.append(say("map/colour-number", name=name, count=len(series), least=least, most=most))
    return faults


def change_palette(palette: "Palette", colours: Colours) -> "Palette":
    """Return a palette with some colours in place of its own; they must be without faults (`list_colour_faults`)."""
    chosen: dict[str, Any] = {
        name: value.lower() if isinstance(value, str) else tuple(word.lower() for word in value)
        for name, value in colours.items()
    }
    return replace(palette, **chosen)


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
    closed
        Gaps that are no more.
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
    closed: str
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
    closed="#0f6e68",
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
    closed="#4fc2b6",
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
