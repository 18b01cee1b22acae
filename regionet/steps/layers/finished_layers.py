"""Layers that an earlier run wrote in the form of the page, such as ``spillover_layers.json``, for another page."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from maps import Flows, RegionClasses
from maps.page.layers import Layer
from regions.errors import MethodError
from regions.messages import Message, say
from regions.study import Study
from regions.words import Words


def read_finished(file: Path, study: Study) -> tuple[list[Layer], list[Message]]:
    """Read layers as `maps.page.layers.list_layers` writes them.

    Parameters
    ----------
    file
        JSON: ``units`` (codes, to which places refer) and ``layers``.
    study
        Whose page it is; what names other regions is left out and counted.

    Returns
    -------
    tuple
        The layers, and what is to be said of them.

    Raises
    ------
    MethodError
        The file is not of this form.
    """
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        units = [str(code) for code in told["units"]]
        layers = [_read_layer(each, units) for each in told["layers"]]
    except (OSError, ValueError, KeyError, TypeError, IndexError, MethodError) as error:
        raise MethodError(say("own-layers/form", file=file.name)) from error
    known = set(map(str, study.regions.index))
    kept = [_take_known(layer, known) for layer in layers]
    notes = [say("own-layers/used", count=len(layers), file=file.stem, names=[layer.title for layer in layers])]
    lost = len(set(units) - known)
    if lost:
        notes.append(say("own-layers/rows-unknown", file=file.name, count=lost, names=sorted(set(units) - known)[:5]))
    return [layer for layer in kept if layer is not None], notes


def _read_layer(told: Mapping[str, Any], units: list[str]) -> Layer:
    title = Words(*told["title"])
    note = None if told["note"] is None else Words(*told["note"])
    if told["kind"] == "classes":
        members = {code: int(place) for code, place in zip(units, told["of"], strict=True) if place is not None}
        names = tuple(Words(*name) for name in told["names"])
        kept = {"outlined": bool(told["outlined"]), "meaning": str(told["meaning"])}
        return RegionClasses(str(told["key"]), title, names, members, note=note, **kept)  # type: ignore[arg-type]
    ends = {end: [units[place] for place in told[end]] for end in ("source", "target")}
    values = {name: told[name] for name in ("value", "low", "high")}
    table = pd.DataFrame({**ends, **values}).astype({"value": float, "low": float, "high": float})
    if table["low"].isna().all():
        table = table.drop(columns=["low", "high"])
    under = None if told["under"] is None else _read_layer(told["under"], units)
    if isinstance(under, Flows):
        raise TypeError(told["key"])
    return Flows(str(told["key"]), title, table, Words(*told["unit"]), note=note, most=int(told["most"]), under=under)


def _take_known(layer: Layer, known: set[str]) -> Layer | None:
    """Leave out what is of other regions; None when nothing is left."""
    if isinstance(layer, RegionClasses):
        members = {code: place for code, place in layer.members.items() if code in known}
        return replace(layer, members=members) if members else None
    flows = layer.flows[layer.flows["source"].isin(known) & layer.flows["target"].isin(known)]
    under = None if layer.under is None else _take_known(layer.under, known)
    return replace(layer, flows=flows, under=under) if len(flows) else None  # type: ignore[arg-type]
