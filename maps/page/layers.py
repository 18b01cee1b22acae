"""What an analysis hands over to be drawn: classes of regions, and flows between them. Plain values; the page draws."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from maps.page.plain_values import pair, tidy
from regions.errors import MethodError
from regions.words import Words

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MEANINGS = ("category", "order", "ranked", "lisa", "focus")
LISA = 5
ENDS = ("low", "high")
LISTED = 2_000
"""Flows that a page carries, the largest; 369 cities would have 135,792."""


@dataclass(frozen=True, slots=True, eq=False)
class RegionClasses:
    """Each region in one of a few classes: communities, core and periphery, clusters, the groups of the user.

    Attributes
    ----------
    key
        Name in the address of the page: small letters, digits and underscores.
    title
        Heading of the legend.
    names
        One per class, in the order of the legend.
    members
        Code -> place in ``names``. A code that is absent was not judged; it is in no class.
    note
        How it was found, and what it cannot say.
    outlined
        True: an outline round each class, over whatever else is shown; False: fills.
    meaning
        ``category`` (a hue each), ``order`` (one ramp, the first is most), ``ranked`` (one ramp too, but the last,
        which cannot be ranked, has a hue of its own), ``lisa`` (five classes: high-high, low-low,
        high-low, low-high, not significant), ``focus`` (a hue each, but the last, which is the rest, is pale).

    Raises
    ------
    MethodError
        The key or the meaning is not allowed, or a place lies outside ``names``; all faults at once.

    Examples
    --------
    >>> layer = RegionClasses("halves", Words("Halves", "两半"), (Words("A", "甲"), Words("B", "乙")), {"P": 0, "Q": 1})
    >>> layer.members["Q"]
    1
    """

    key: str
    title: Words
    names: tuple[Words, ...]
    members: Mapping[str, int]
    note: Words | None = None
    outlined: bool = False
    meaning: str = "category"

    def __post_init__(self) -> None:
        outside = sorted(code for code, place in self.members.items() if not 0 <= place < len(self.names))
        faults = _check_key(self.key)
        if outside:
            faults.append(f"{len(outside)} region(s) are in a class that has no name: {', '.join(outside[:5])}")
        if self.meaning not in _MEANINGS:
            faults.append(f'unknown meaning "{self.meaning}"; allowed are {", ".join(_MEANINGS)}')
        if self.meaning == "lisa" and len(self.names) != LISA:
            faults.append(f"lisa has {LISA} classes, not {len(self.names)}")
        _raise(self.key, faults)


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """Something that goes from regions to regions, drawn as arrows from the giver to the receiver.

    Attributes
    ----------
    key, title, note
        As of `RegionClasses`.
    flows
        ``source`` (the giver), ``target``, ``value`` (finite, not 0; below 0 the receiver loses), and, where they are
        known, ``low`` and ``high`` (an interval; both missing where a flow has none). A flow whose interval holds 0 is
        drawn hollow: its direction cannot be told.
    unit
        Of the values.
    most
        So many of the largest, by size, are drawn; the legend says which share of the sum of all sizes they are.
    under
        Classes that fill the map beneath the arrows, such as the groups between which they run; None: no fills.

    Raises
    ------
    MethodError
        The key is not allowed, a column is missing, a value is 0 or not finite, an interval does not hold its value or
        has one end only, the classes beneath are outlines, or ``most`` is below 1; all at once.

    Examples
    --------
    >>> table = pd.DataFrame({"source": ["P"], "target": ["Q"], "value": [-0.2], "low": [-0.5], "high": [0.1]})
    >>> Flows("spill", Words("Spillover", "溢出"), table, Words("yuan", "元")).most
    12
    """

    key: str
    title: Words
    flows: pd.DataFrame
    unit: Words
    note: Words | None = None
    most: int = 12
    under: RegionClasses | None = None

    def __post_init__(self) -> None:
        faults = _check_key(self.key)
        missing = [name for name in ("source", "target", "value") if name not in self.flows]
        missing += [name for name in ENDS if name not in self.flows and set(ENDS) & set(self.flows)]
        if missing:
            faults.append(f"the flows have no column {', '.join(missing)}")
        else:
            faults += _check_flows(self.flows)
        if self.under is not None and self.under.outlined:
            faults.append(f"the classes {self.under.key} beneath the flows are outlines, not fills")
        if self.most < 1:
            faults.append(f"at least one flow is drawn; got most={self.most}")
        _raise(self.key, faults)


Layer = RegionClasses | Flows


def _check_flows(flows: pd.DataFrame) -> list[str]:
    faults = []
    value = flows["value"].astype(float)
    if wrong := int((~np.isfinite(value) | (value == 0)).sum()):
        faults.append(f"{wrong} flow(s) are 0 or not finite")
    if "low" in flows:
        low, high = flows["low"].astype(float), flows["high"].astype(float)
        outside = (low.isna() != high.isna()) | (low > value) | (high < value)
        if outside.any():
            faults.append(f"{int(outside.sum())} interval(s) do not hold their flow, or have one end only")
    return faults


def list_layers(layers: Sequence[Layer], units: Sequence[str], *, shown: str = "") -> list[dict[str, Any]]:
    """Write layers as the data block holds them; ``shown``: the key of the one that is shown at first, if any.

    Returns
    -------
    list of dict
        ``kind`` (classes, flows), ``key``, ``title``, ``note`` (both languages or None); of classes ``names``, ``of``
        (a place or None per unit), ``outlined``, ``meaning``; of flows ``source``, ``target`` (places), ``value`` (the
        largest by size first), ``low``, ``high`` (None where a flow has no interval), ``unit``, ``most``, ``under``
        (classes or None); at most 2,000 flows, ``count`` and ``sum`` (of sizes) are those of all.

    Raises
    ------
    MethodError
        Two layers share a key, none has the key shown at first, or one names a region that is not among the units.
    """
    keys = [layer.key for layer in layers]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    place = {code: number for number, code in enumerate(units)}
    faults = [f"the key {key} is used twice" for key in twice]
    if shown and shown not in keys:
        faults.append(f"no layer has the key {shown}, which is to be shown at first; there are {', '.join(keys)}")
    for layer in layers:
        unknown = sorted({str(code) for code in _list_codes(layer)} - set(place))
        if unknown:
            faults.append(f"layer {layer.key} names {len(unknown)} unknown region(s): {', '.join(unknown[:5])}")
    _raise("layers", faults)
    return [_write_layer(layer, units, place) for layer in layers]


def _write_layer(layer: Layer, units: Sequence[str], place: Mapping[str, int]) -> dict[str, Any]:
    head = {"key": layer.key, "title": pair(layer.title), "note": pair(layer.note) if layer.note else None}
    if isinstance(layer, RegionClasses):
        of = [layer.members.get(code) for code in units]
        names = [pair(name) for name in layer.names]
        return head | {
            "kind": "classes",
            "names": names,
            "of": of,
            "outlined": layer.outlined,
            "meaning": layer.meaning,
        }
    value = layer.flows["value"].astype(float)
    rows = layer.flows.assign(value=value, size=value.abs())
    rows = rows.sort_values(["size", "source", "target"], ascending=[False, True, True], ignore_index=True)
    count, total = len(rows), float(rows["size"].sum())
    rows = rows.head(LISTED)
    low, high = (rows[end] if end in rows else [None] * len(rows) for end in ENDS)
    return head | {
        "kind": "flows",
        "count": count,
        "sum": total,
        "source": [place[code] for code in rows["source"]],
        "target": [place[code] for code in rows["target"]],
        "value": tidy(rows["value"], digits=4),
        "low": tidy(low, digits=4),
        "high": tidy(high, digits=4),
        "unit": pair(layer.unit),
        "most": layer.most,
        "under": None if layer.under is None else _write_layer(layer.under, units, place),
    }


def _list_codes(layer: Layer) -> Sequence[str]:
    if isinstance(layer, RegionClasses):
        return list(layer.members)
    beneath = () if layer.under is None else layer.under.members
    return [*layer.flows["source"], *layer.flows["target"], *beneath]


def _check_key(key: str) -> list[str]:
    if _KEY.fullmatch(key):
        return []
    return [f'the key "{key}" is not of small letters, digits and underscores']


def _raise(key: str, faults: list[str]) -> None:
    if faults:
        raise MethodError(f"Layer {key}: {'; '.join(faults)}.")
