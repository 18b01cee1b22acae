"""A small made-up study with square regions, for the tests of the page."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pandas as pd

from regions import Inset, MapSettings, Note, Study

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
        inset = Inset(Note("Far isles", "远岛"), (101.0, 20.0, 104.0, 25.0))
        boundaries = write_squares(folder / "squares.geojson", len(names))
        maps = MapSettings(boundaries=str(boundaries.resolve()), projection=ALBERS, insets=(inset,))
    return Study(
        name="squares",
        title=Note("Squares", "方格研究"),
        regions=table,
        surroundings=table.iloc[:0],
        unit_of=pd.Series(table.index, index=table.index, dtype="object"),
        maps=maps,
        limits=(Note("Made up for tests.", "测试用的虚构数据。"), Note("Few regions.", "地区很少。")),
        sources=(Note("Nobody, https://example.org/nowhere", "无来源"),),
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
