"""A small made-up study with square regions, for the tests of the page."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd

from regions import Inset, MapSettings, Study
from regions.study import Note
from regions.words import Words

NAMES = (
    ("Alpha", "阿市"),
    ("Beta", "贝市"),
    ("Gamma", "伽市"),
    ("Delta", "德市"),
    ("Epsilon", "艾市"),
    ("Zeta", "泽市"),
)
ACROSS = 3
ALBERS = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +datum=WGS84 +units=m +no_defs"


def code_of(place: int) -> str:
    return f"R{place:02d}"


def corner_of(place: int) -> tuple[float, float]:
    """West and south edge of a square of two degrees, three squares to a row."""
    return 100.0 + 2 * (place % ACROSS), 30.0 + 2 * (place // ACROSS)


def build_regions(names: Sequence[tuple[str, str]], *, parent: str = "") -> pd.DataFrame:
    places = range(len(names))
    table = pd.DataFrame(
        {
            "name": [name for name, _ in names],
            "name_zh": [name_zh for _, name_zh in names],
            "level": "city",
            "parent": parent,
            "lon": [corner_of(place)[0] + 1.0 for place in places],
            "lat": [corner_of(place)[1] + 1.0 for place in places],
            "capital_lon": float("nan"),
            "capital_lat": float("nan"),
        },
        index=pd.Index([code_of(place) for place in places], name="code"),
    )
    return table.astype({"name": "object", "name_zh": "object"})


def write_squares(path: Path, count: int) -> Path:
    features = []
    for place in range(count):
        west, south = corner_of(place)
        ring = [[west, south], [west + 2, south], [west + 2, south + 2], [west, south + 2], [west, south]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"code": code_of(place)}, "geometry": geometry})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def build_study(folder: Path | None = None, *, names: Sequence[tuple[str, str]] = NAMES) -> Study:
    """Square regions in rows of three; with a folder they have boundaries, without one only points."""
    table = build_regions(names)
    maps = MapSettings()
    if folder is not None:
        inset = Inset(Words("Far isles", "远岛"), (101.0, 20.0, 104.0, 25.0))
        boundaries = write_squares(folder / "squares.geojson", len(names))
        maps = MapSettings(boundaries=str(boundaries.resolve()), projection=ALBERS, insets=(inset,))
    return Study(
        name="squares",
        title=Words("Squares", "方格研究"),
        regions=table,
        surroundings=table.iloc[:0],
        unit_of=pd.Series(table.index, index=table.index, dtype="object"),
        maps=maps,
        limits=(Note(Words("Made up for tests.", "测试用的虚构数据。")), Note(Words("Few regions.", "地区很少。"))),
        sources=(Note(Words("Nobody, https://example.org/nowhere", "无来源")),),
    )


def build_network(study: Study, *, directed: bool = False) -> nx.Graph:
    """Links 0-1 (16), 1-2 (4), 0-5 (1), 3-4 (9): every region of six has a link."""
    network: nx.Graph = nx.DiGraph() if directed else nx.Graph()
    network.graph.update(counting="full", origin="observed", study=study.name)
    for code in study.regions.index:
        network.add_node(code, internal=2.0, external=0.0)
    for source, target, weight in ((0, 1, 16.0), (1, 2, 4.0), (0, 5, 1.0), (3, 4, 9.0)):
        if max(source, target) < len(study.regions):
            network.add_edge(code_of(source), code_of(target), weight=weight)
    return network


def build_gaps() -> pd.DataFrame:
    """Three pairs: a moderate gap between 2 and 3, a weak one between 4 and 5, a surplus between 0 and 1."""
    return pd.DataFrame(
        {
            "source": ["R02", "R04", "R00"],
            "target": ["R03", "R05", "R01"],
            "observed": [0.0, 1.0, 16.0],
            "expected": [5.5, 3.25, 8.0],
            "gap": [5.5, 2.25, -8.0],
            "ratio": [0.0, 1 / 3.25, 2.0],
            "low": [1.0, 0.0, 2.0],
            "high": [12.0, 8.0, 17.0],
            "p": [0.004, 0.2, 0.9],
            "q": [0.06, 0.5, 0.99],
            "shrunken_ratio": [0.4, 0.7, 1.6],
            "shortfall_probability": [0.97, 0.85, 0.05],
            "grade": ["moderate", "weak", "none"],
            "distance_km": [310.0, 190.0, 190.0],
        }
    )


def build_scores(study: Study) -> pd.DataFrame:
    count = len(study.regions)
    return pd.DataFrame(
        {
            "pagerank": [1 / (place + 1) for place in range(count)],
            "strength": [float(place * place) for place in range(count)],
            "novelty": [float("nan"), *(0.25 * place for place in range(1, count))],
            "name": "text is no score",
        },
        index=study.regions.index,
    )


def build_study_with_isle(folder: Path) -> Study:
    """Return the six squares with boundaries, and R06, an isle of one degree that only the window "Far isles" shows."""
    study = build_study(folder)
    path = folder / "squares.geojson"
    squares = json.loads(path.read_text(encoding="utf-8"))
    ring = [[102.0, 22.0], [103.0, 22.0], [103.0, 23.0], [102.0, 23.0], [102.0, 22.0]]
    isle = {"type": "Polygon", "coordinates": [ring]}
    squares["features"].append({"type": "Feature", "properties": {"code": "R06"}, "geometry": isle})
    path.write_text(json.dumps(squares), encoding="utf-8")
    row = study.regions.iloc[:1].rename(index={"R00": "R06"}).assign(name="Isle", name_zh="远岛市", lon=102.5, lat=22.5)
    regions = pd.concat([study.regions, row])
    return replace(study, regions=regions, unit_of=pd.Series(regions.index, index=regions.index, dtype="object"))


def build_partners() -> pd.DataFrame:
    """Return two pairs of actors for the first gap, one for the second, one for a pair that is no gap."""
    return pd.DataFrame(
        {
            "source": ["R02", "R02", "R04", "R01"],
            "target": ["R03", "R03", "R05", "R05"],
            "source_name": ["Alpha Works", "Alpha Mill", "Delta Lab", "X"],
            "source_name_zh": ["甲厂", "甲坊", "丁所", "某"],
            "target_name": ["Beta School", "Beta School", "Zeta Firm", "Y"],
            "target_name_zh": ["乙校", "乙校", "己司", "某"],
            "reason": ["Both work on rice.", "Both know Gamma.", "Both are large.", "-"],
            "reason_zh": ["均从事水稻。", "均与丙合作。", "规模均大。", "-"],
        }
    )


def build_rich_gaps() -> pd.DataFrame:
    """Return the three pairs with sentences, stability, overlap, and a model that has a calibration."""
    gaps = build_gaps().assign(
        stability=[1.0, 0.5, 0.0],
        gain_received_source=[1.5, 0.0, 0.0],
        gain_received_target=[20000.4, 3.0, 0.0],
        gain_received_all=[20010.0, 3.0, 0.0],
        gain_closeness_source=[12.34, float("nan"), 0.0],
        gain_closeness_target=[0.0, 5.0, 0.0],
        field_overlap=[0.25, float("nan"), 1.0],
        reason=["Expected much.", "Expected some.", "Expected less."],
        reason_zh=["期望较多。", "期望一些。", "期望较少。"],
    )
    gaps.attrs["model"] = {
        "auc": 0.875,
        "deviance": 12.5,
        "pseudo_r2": 0.5,
        "dispersion": 0.25,
        "calibration": [
            {"pairs": 5, "expected": 0.1, "observed": 0.0, "low": 0.0, "high": 0.5},
            {"pairs": 20, "expected": 1.0, "observed": 1.0, "low": 0.5, "high": 1.5},
            {"pairs": 5, "expected": 10.0, "observed": 100.0, "low": 5.0, "high": 15.0},
        ],
    }
    return gaps


def mark_links(network: nx.Graph) -> nx.Graph:
    """Let the links 0-1 and 1-2 stand out from chance."""
    alphas = {frozenset((0, 1)): 0.01, frozenset((1, 2)): 0.04}
    for source, target, data in network.edges(data=True):
        data["alpha_disparity"] = alphas.get(frozenset((int(source[1:]), int(target[1:]))), 0.6)
    return network


def build_outside(study: Study, network: nx.Graph) -> Study:
    """Add two regions outside, one near and one far to the west, and a third of unknown place, with links to them."""
    west = corner_of(0)[0]
    row = study.regions.iloc[[0, 0, 0]].set_axis(["X1", "X2", "X3"])
    row = row.assign(
        name=["Near", "Far", "Lost"],
        name_zh=["近市", "远市", "迷市"],
        lon=[west - 0.5, west - 30.0, float("nan")],
        lat=[31.0, 31.0, float("nan")],
    )
    network.graph["external"] = pd.DataFrame(
        {"source": ["R00", "R00", "R01", "R02"], "target": ["X1", "X2", "X2", "X3"], "weight": [7.0, 40.0, 2.0, 3.0]}
    )
    nx.set_node_attributes(network, {"R00": 47.0, "R01": 2.0, "R02": 3.0}, "external")
    return replace(study, surroundings=row)


def unpack_phrases(gaps: dict[str, Any]) -> list[list[str]]:
    """Return both texts of each phrase, as the page puts numbers and names into forms again."""
    found = []
    for first, *blanks in gaps["phrases"]:
        if isinstance(first, str):
            found.append([first, *blanks])
            continue
        both = []
        for side, form in enumerate(gaps["forms"][first]):
            left = list(blanks)

            def fill(mark: re.Match[str], side: int = side, left: list[Any] = left) -> str:
                blank = left.pop(0)
                return str(gaps["phrases"][blank][side] if mark[0] == "@" else blank)

            both.append(re.sub("[#@]", fill, form))
        found.append(both)
    return found
