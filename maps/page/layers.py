"""What an analysis hands over to be drawn: classes of regions, and flows between them. Plain values; the page draws."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from maps.page.plain_values import pair, tidy
from regions.errors import MethodError
from regions.words import Words

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MEANINGS = ("category", "order", "lisa")
LISA = 5


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
        ``category`` (a hue each), ``order`` (one ramp, the first is most), ``lisa`` (five classes: high-high, low-low,
        high-low, low-high, not significant).

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
        ``source`` (the giver), ``target``, ``value`` > 0.
    unit
        Of the values.
    most
        So many of the largest are drawn; the legend says which share of all they are.

    Raises
    ------
    MethodError
        The key is not allowed, a column is missing, a value is not above 0, or ``most`` is below 1; all at once.
    """

    key: str
    title: Words
    flows: pd.DataFrame
    unit: Words
    note: Words | None = None
    most: int = 12

    def __post_init__(self) -> None:
        faults = _check_key(self.key)
        missing = [name for name in ("source", "target", "value") if name not in self.flows]
        if missing:
            faults.append(f"the flows have no column {', '.join(missing)}")
        elif not (self.flows["value"] > 0).all():
            faults.append(f"{int((~(self.flows['value'] > 0)).sum())} flow(s) are not above 0")
        if self.most < 1:
            faults.append(f"at least one flow is drawn; got most={self.most}")
        _raise(self.key, faults)


Layer = RegionClasses | Flows


def list_layers(layers: Sequence[Layer], units: Sequence[str]) -> list[dict[str, Any]]:
    """Write layers as the data block holds them.

    Returns
    -------
    list of dict
        ``kind`` (classes, flows), ``key``, ``title``, ``note`` (both languages or None); of classes ``names``, ``of``
        (a place or None per unit), ``outlined``, ``meaning``; of flows ``source``, ``target`` (places), ``value`` (the
        largest first), ``unit``, ``most``.

    Raises
    ------
    MethodError
        Two layers share a key, or a layer names a region that is not among the units.
    """
    keys = [layer.key for layer in layers]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    place = {code: number for number, code in enumerate(units)}
    faults = [f"the key {key} is used twice" for key in twice]
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
    rows = layer.flows.assign(value=layer.flows["value"].astype(float))
    rows = rows.sort_values(["value", "source", "target"], ascending=[False, True, True], ignore_index=True)
    return head | {
        "kind": "flows",
        "source": [place[code] for code in rows["source"]],
        "target": [place[code] for code in rows["target"]],
        "value": tidy(rows["value"], digits=4),
        "unit": pair(layer.unit),
        "most": layer.most,
    }


def _list_codes(layer: Layer) -> Sequence[str]:
    if isinstance(layer, RegionClasses):
        return list(layer.members)
    return [*layer.flows["source"], *layer.flows["target"]]


def _check_key(key: str) -> list[str]:
    if _KEY.fullmatch(key):
        return []
    return [f'the key "{key}" is not of small letters, digits and underscores']


def _raise(key: str, faults: list[str]) -> None:
    if faults:
        raise MethodError(f"Layer {key}: {'; '.join(faults)}.")
