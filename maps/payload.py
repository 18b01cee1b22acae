"""The data block of the page: everything the page's script knows about a study."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from maps.ground import Ground
from maps.style import DARK, LIGHT, find_breaks
from maps.text import UI, label_score
from regions.errors import MethodError
from regions.study import Note, Study

_DIGITS = 6
_WHOLE_BELOW = 1e15

GAP_COLUMNS = (
    "observed",
    "expected",
    "gap",
    "ratio",
    "low",
    "high",
    "p",
    "q",
    "shrunken_ratio",
    "shortfall_probability",
    "distance_km",
)


@dataclass(frozen=True, slots=True)
class PageOptions:
    """How a page opens; all of it can be left out.

    Attributes
    ----------
    title
        Heading in place of the study's title.
    links_shown
        So many of the strongest links are drawn at first.
    gaps_shown
        So many of the first gaps are drawn at first.
    gaps_listed
        So many gaps are in the table, and in the file.
    gaps_told
        So many of the first gaps carry their reason, where the gaps have one.
    theme
        ``auto`` (as the reader's system), ``light`` or ``dark``.
    review_number
        Review number of the map, if you have one from the authority that gives it. None is ever made up.
    notes
        What a reader must know of the computation: what was assumed, why a part is missing.
    """

    title: Note | None = None
    links_shown: int = 80
    gaps_shown: int = 10
    gaps_listed: int = 300
    gaps_told: int = 100
    theme: str = "auto"
    review_number: str = ""
    notes: tuple[Note, ...] = ()


def build_payload(
    study: Study,
    network: "nx.Graph[str]",
    ground: Ground,
    *,
    tables: tuple[pd.DataFrame | None, pd.DataFrame | None] = (None, None),
    options: PageOptions | None = None,
) -> dict[str, Any]:
    """Collect the data block.

    Parameters
    ----------
    study, network, ground
        What to show; the nodes of the network are codes of the study's units.
    tables
        Scores and gaps, either of them None. Scores have a row per region code; gaps are as ``find_gaps`` returns them.
    options
        How the page opens.

    Returns
    -------
    dict
        Plain lists, text and numbers. Regions are numbered: units in the study's order, then the regions drawn around
        them; links and gaps refer to those numbers. A value that is missing or not finite is None.

    Raises
    ------
    MethodError
        The network, the scores or the gaps name a region that the study does not have.
    """
    options = options or PageOptions()
    units = [str(code) for code in study.regions.index]
    scores, gaps = tables
    _check_codes(units, network.nodes, "network")
    around = [code for code in ground.shapes if code not in study.regions.index]
    return {
        "name": study.name,
        "title": _pair(options.title or study.title),
        "directed": network.is_directed(),
        "modelled": network.graph.get("origin") == "modelled",
        "counting": str(network.graph.get("counting", "")),
        "records": [network.graph.get(key) for key in ("n_records", "n_participations", "n_single")],
        "units": len(units),
        "regions": _list_regions(study, network, ground, units + around),
        "parents": _name_parents(study, units),
        "links": _list_links(network, units),
        "outside": _list_outside(study, network, units),
        "scores": _list_scores(_default_scores(network, units) if scores is None else scores, units),
        "gaps": None if gaps is None else _list_gaps(gaps, units, options),
        "ground": _describe_ground(study, ground),
        "limits": [_pair(note) for note in study.limits],
        "sources": [_pair(note) for note in study.sources],
        "notes": [_pair(note) for note in options.notes],
        "warnings": [[fault.describe("en"), fault.describe("zh")] for fault in (*study.warnings, *ground.warnings)],
        "linksShown": options.links_shown,
        "gapsShown": options.gaps_shown,
        "theme": options.theme,
        "review": options.review_number,
        "palettes": {"light": asdict(LIGHT), "dark": asdict(DARK)},
        "text": {key: list(words) for key, words in UI.items()},
    }


def measure_strength(network: "nx.Graph[str]") -> dict[str, float]:
    """Return the weight of all links of each node to other nodes, in and out; a missing weight counts 1."""
    strength = dict.fromkeys(map(str, network.nodes), 0.0)
    for source, target, weight in network.edges(data="weight", default=1.0):
        if source != target:
            strength[source] += weight
            strength[target] += weight
    return strength


def tidy(values: Iterable[Any]) -> list[float | int | None]:
    """Return numbers with six significant digits, whole ones as int, missing or infinite ones as None."""
    return [_tidy_one(value) for value in values]


def _tidy_one(value: Any) -> float | int | None:  # noqa: ANN401 - any numeric scalar, pandas.NA among them
    if value is None or value is pd.NA or not np.isfinite(value):
        return None
    rounded = float(f"{float(value):.{_DIGITS}g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < _WHOLE_BELOW else rounded


def _pair(note: Note) -> list[str]:
    return [note.en, note.zh]


def _check_codes(units: list[str], codes: Iterable[Any], what: str) -> None:
    unknown = sorted({str(code) for code in codes} - set(units))
    if unknown:
        listed = ", ".join(unknown[:5])
        raise MethodError(f"The {what} has {len(unknown)} region(s) that are not units of the study: {listed}")


def _list_regions(study: Study, network: "nx.Graph[str]", ground: Ground, codes: list[str]) -> dict[str, list[Any]]:
    table = pd.concat([study.regions, study.surroundings]) if len(study.surroundings) else study.regions
    table = table.reindex(codes)
    strength = measure_strength(network)
    nodes: Mapping[str, Mapping[str, Any]] = dict(network.nodes(data=True))
    return {
        "code": codes,
        "en": table["name"].fillna("").astype(str).tolist(),
        "zh": table["name_zh"].fillna("").astype(str).tolist(),
        "parent": table["parent"].fillna("").astype(str).tolist(),
        "group": _group_regions(study, table["parent"].fillna("").astype(str)),
        "shape": [ground.shapes.get(code) for code in codes],
        "point": [ground.points.get(code) for code in codes],
        "strength": tidy(strength.get(code) for code in codes),
        "internal": tidy(nodes.get(code, {}).get("internal") for code in codes),
        "external": tidy(nodes.get(code, {}).get("external") for code in codes),
    }


def _group_regions(study: Study, parents: "pd.Series[str]") -> list[str]:
    """Name the set whose outline is drawn stronger: the parent, or the region itself where it stands beside parents.

    A municipality directly under the country has the rank of the provinces that other cities belong to.
    """
    every = pd.concat([study.surroundings["parent"], study.regions["parent"]])
    above = {every.get(parent) for parent in set(parents)} - {None, ""}
    return [str(code) if parent in above else parent for code, parent in parents.items()]


def _name_parents(study: Study, codes: list[str]) -> dict[str, list[str]]:
    every = pd.concat([study.surroundings, study.regions])
    wanted = set(every["parent"].reindex(codes).dropna())
    named = every[every.index.isin(wanted)]
    return {str(code): [en, zh] for code, en, zh in zip(named.index, named["name"], named["name_zh"], strict=True)}


def _list_links(network: "nx.Graph[str]", units: list[str]) -> dict[str, list[Any]]:
    place = {code: number for number, code in enumerate(units)}
    edges = [edge for edge in network.edges(data=True) if edge[0] != edge[1]]
    edges.sort(key=lambda edge: (-edge[2].get("weight", 1.0), place[edge[0]], place[edge[1]]))
    return {
        "source": [place[source] for source, _, _ in edges],
        "target": [place[target] for _, target, _ in edges],
        "weight": tidy(data.get("weight", 1.0) for _, _, data in edges),
    }


def _list_outside(study: Study, network: "nx.Graph[str]", units: list[str]) -> dict[str, list[Any]] | None:
    external = network.graph.get("external")
    if external is None or len(external) == 0:
        return None
    place = {code: number for number, code in enumerate(units)}
    summed = external.groupby(["source", "target"], as_index=False)["weight"].sum()
    english, chinese = study.names("en"), study.names("zh")
    return {
        "region": [place[code] for code in summed["source"]],
        "code": summed["target"].astype(str).tolist(),
        "en": [english.get(code, code) for code in summed["target"]],
        "zh": [chinese.get(code, code) for code in summed["target"]],
        "weight": tidy(summed["weight"]),
    }


def _default_scores(network: "nx.Graph[str]", units: list[str]) -> pd.DataFrame:
    strength = measure_strength(network)
    partners = {code: len(set(nx.all_neighbors(network, code)) - {code}) for code in network.nodes}
    columns: dict[str, Mapping[str, float]] = {"strength": strength, "degree": partners}
    return pd.DataFrame({name: [of.get(code) for code in units] for name, of in columns.items()}, index=units)


def _list_scores(scores: pd.DataFrame, units: list[str]) -> list[dict[str, Any]]:
    _check_codes(units, scores.index, "table of scores")
    numeric = scores.select_dtypes("number").reindex(units)
    if "strength" in numeric:  # what most readers look for first
        numeric = numeric[["strength", *numeric.columns.drop("strength")]]
    return [_describe_score(str(column), numeric[column]) for column in numeric]


def _describe_score(column: str, values: pd.Series) -> dict[str, Any]:
    words = label_score(column)
    shown = tidy(values)
    known = [value for value in shown if value is not None]
    return {
        "key": column,
        "label": list(words.label),
        "meaning": list(words.meaning),
        "form": words.form,
        "values": shown,
        "breaks": tidy(find_breaks(known)),
    }


def _list_gaps(gaps: pd.DataFrame, units: list[str], options: PageOptions) -> dict[str, Any]:
    for end in ("source", "target"):
        _check_codes(units, gaps[end], "table of gaps")
    place = {code: number for number, code in enumerate(units)}
    listed = gaps.head(options.gaps_listed)
    rows: dict[str, list[Any]] = {
        "source": [place[code] for code in listed["source"]],
        "target": [place[code] for code in listed["target"]],
        "grade": listed["grade"].astype(str).tolist() if "grade" in listed else [],
    }
    rows |= {column: tidy(listed[column]) for column in GAP_COLUMNS if column in listed}
    if {"reason", "reason_zh"} <= set(listed.columns):
        # Sentences are the largest part of a gap: those that are read are carried.
        told = listed.head(options.gaps_told)
        pairs = zip(told["reason"].astype(str), told["reason_zh"].astype(str), strict=True)
        rows["reason"] = [list(pair) for pair in pairs] + [None] * (len(listed) - len(told))
    significant = int((gaps["q"] < 0.05).sum()) if "q" in gaps else None  # noqa: PLR2004 - the usual level
    model = gaps.attrs.get("model")
    words = [model.describe("en"), model.describe("zh")] if model is not None else None
    return {"all": len(gaps), "significant": significant, "model": words, "rows": rows}


def _describe_ground(study: Study, ground: Ground) -> dict[str, Any]:
    return {
        "step": ground.plane.step,
        "view": list(ground.view),
        "lines": ground.lines,
        "insets": [
            {"title": _pair(inset.title), "box": list(window), "apart": apart}
            for inset, window, apart in zip(study.maps.insets, ground.windows, ground.apart, strict=True)
        ],
        "far": dict(ground.far),
    }
