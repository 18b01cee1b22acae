"""A second region system: FP7 projects by country and by NUTS 2 region, from raw tables to gaps, borders and page.

Run: PYTHONPATH=. python benchmarks/fp7.py DATA OUT [countries|nuts2]. DATA holds fp7_actors.csv.gz (id, country, city,
nuts3), fp7_records.csv.gz (record, actor), nuts2016_codes.csv (NUTS_ID, NAME_LATN) and
NUTS_RG_60M_2024_4326_LEVL_2.geojson (NUTS_ID, CNTR_CODE, NAME_LATN). A study folder of each system is written to OUT,
as a user would write it, and goes the way of every study. Projects have no dates, so nothing is tested on later links.
"""

import json
import sys
import time
from pathlib import Path

import pandas as pd

import analysis
import geodata
from analysis.barriers.barriers import measure_barriers
from analysis.expectation.gravity import GravityFit
from analysis.expectation.robust_fit import fit_expectation
from analysis.gaps.reasons import explain_gaps
from maps import build_page
from regions import read_study

POLYGONS = "NUTS_RG_60M_2024_4326_LEVL_2.geojson"
CARDS = {
    "countries": 'name: fp7-countries\ntitle: {en: "FP7 by country", zh: "欧盟第七框架计划：国家"}\nlevel: country\n',
    "nuts2": (
        'name: fp7-nuts2\ntitle: {en: "FP7 by NUTS 2 region", zh: "欧盟第七框架计划：NUTS 2 地区"}\nlevel: nuts2\n'
        "borders: [country, nuts1]\n"
    ),
}
LIMITS = """projection: "+proj=laea +lat_0=52 +lon_0=10 +ellps=GRS80 +units=m"
insets:
  - title: {en: "Azores, Madeira, Canary Islands", zh: "亚速尔、马德拉与加那利群岛"}
    bounds: [-31.5, 27.4, -13.2, 40.0]
  - title: {en: "Guadeloupe, Martinique, Guiana", zh: "瓜德罗普、马提尼克与圭亚那"}
    bounds: [-63.5, 2.0, -51.0, 18.6]
  - title: {en: "Mayotte and Réunion", zh: "马约特与留尼汪"}
    bounds: [44.5, -22.0, 56.5, -12.0]
  - title: {en: "Svalbard", zh: "斯瓦尔巴"}
    bounds: [8.0, 76.0, 34.0, 81.5]
limits:
  - about: records
    en: "Projects have no dates and actors no kinds; 14 % of the actors have a NUTS code."
    zh: "项目无日期，主体无类别；14% 的主体有 NUTS 代码。"
"""


def write_study(data: Path, out: Path, system: str) -> Path:
    """Write regions, boundaries, actors, records and the card of one system; return the folder."""
    import geopandas as gpd  # noqa: PLC0415 - a benchmark

    folder = out / system
    folder.mkdir(parents=True, exist_ok=True)
    shapes = gpd.read_file(data / POLYGONS)[["NUTS_ID", "CNTR_CODE", "NAME_LATN", "geometry"]]
    countries = shapes.dissolve("CNTR_CODE").reset_index()
    known = countries if system == "countries" else shapes
    codes = known["CNTR_CODE"] if system == "countries" else known["NUTS_ID"]
    # The mainland stands for a country: of its islands the farthest may be the widest in degrees.
    largest = known.to_crs("EPSG:3035").explode().assign(area=lambda parts: parts.area).sort_values("area")
    points = largest.groupby(level=0).tail(1).sort_index().representative_point().to_crs("EPSG:4326")
    regions = pd.DataFrame(
        {"code": codes, "name": _name_countries(data, codes), "level": "country", "parent": "", "country": codes}
    )
    regions = regions.assign(lon=points.x, lat=points.y, nuts1="")
    if system == "nuts2":
        names, parents = known["NAME_LATN"], known["CNTR_CODE"]
        nuts1 = codes.str[:3]
        regions = regions.assign(name=names, level="nuts2", parent=parents, country=parents, nuts1=nuts1)
        above = pd.DataFrame({"code": sorted(set(parents)), "level": "country"})
        regions = pd.concat([above.assign(name=_name_countries(data, above["code"])), regions])
    regions.to_csv(folder / "regions.csv", index=False)
    shape = known[["geometry"]].assign(code=codes.to_numpy())
    (folder / "boundaries.geojson").write_text(shape.to_json(drop_id=True), encoding="utf-8")
    _write_actors(data, folder, set(codes), system)
    (folder / "study.yaml").write_text(CARDS[system] + LIMITS, encoding="utf-8")
    return folder


def _name_countries(data: Path, codes: "pd.Series[str]") -> "pd.Series[str]":
    table = pd.read_csv(data / "nuts2016_codes.csv", dtype=str, keep_default_na=False)
    names = table[table["NUTS_ID"].str.len() == 2].set_index("NUTS_ID")["NAME_LATN"]
    return codes.map(names).str.title().fillna(codes)


def _write_actors(data: Path, folder: Path, codes: set[str], system: str) -> None:
    # The country code of Namibia is NA.
    options = {"dtype": str, "keep_default_na": False}
    actors = pd.read_csv(data / "fp7_actors.csv.gz", **options)
    records = pd.read_csv(data / "fp7_records.csv.gz", **options)
    actors["region"] = actors["country"] if system == "countries" else actors["nuts3"].str[:4]
    placed = actors[actors["region"].isin(codes)]
    kept = records[records["actor"].isin(placed["id"])]
    print(
        f"{system}: {len(placed):,} of {len(actors):,} actors and {len(kept):,} of {len(records):,} participations lie "
        f"in the {len(codes)} regions with a polygon"
    )
    placed.assign(name=placed["id"], kind="other")[["id", "name", "kind", "region"]].to_csv(
        folder / "actors.csv", index=False
    )
    kept.to_csv(folder / "records.csv", index=False)


class Clock:
    """Prints how long each step took."""

    def __init__(self) -> None:
        self.start = time.perf_counter()

    def tell(self, what: str) -> None:
        """Print the seconds since the last call."""
        now = time.perf_counter()
        print(f"  {now - self.start:6.2f} s  {what}", flush=True)
        self.start = now


def analyse(folder: Path) -> None:
    clock = Clock()
    study = read_study(folder)
    clock.tell(f"read: {len(study.regions)} regions, {len(study.warnings)} warnings")
    network = analysis.build_network(study, "newman")
    clock.tell(f"network: {network.number_of_edges():,} pairs, weight {network.size('weight'):,.1f}")
    distances = geodata.measure_distances(study)
    gaps = analysis.find_gaps(study, network, distances)
    model = gaps.attrs["model"]
    clock.tell(f"gaps in {len(model.specifications)} specifications: {len(gaps):,} pairs, AUC of links {model.auc:.3f}")
    reasons = explain_gaps(study, gaps)
    clock.tell("reasons")
    scores = analysis.measure_centrality(network)
    clock.tell("scores")
    page = build_page(study, network, scores=scores, gaps=gaps.assign(**dict(reasons.items())), language="en")
    page.save(folder / "map.html")
    clock.tell(f"page: {(folder / 'map.html').stat().st_size / 1e6:.1f} MB")
    print(gaps.attrs["model"].describe("en"))
    if study.borders:
        print_borders(fit_expectation(study, network, distances))
        clock.tell("borders")
    for row, reason in zip(gaps.head(5).itertuples(), reasons["reason"], strict=False):
        print(f"- {row.source} {row.target} ({row.grade}): {reason}")


def print_borders(fit: GravityFit) -> None:
    """Print what each border of the study costs."""
    for name, row in measure_barriers(fit).iterrows():
        print(
            f"{name}: {row['percent']:+.1f} % [{row['percent_low']:+.1f}, {row['percent_high']:+.1f}], links lost "
            f"{row['lost']:,.0f} [{row['lost_low']:,.0f}, {row['lost_high']:,.0f}] in {row['pairs']:,.0f} pairs, "
            + (row["equivalent_note"] or f"like {row['equivalent_km']:,.0f} km more")
        )


if __name__ == "__main__":
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    for name in sys.argv[3:] or list(CARDS):
        analyse(write_study(source, target, name))
        print(json.dumps({"page": str(target / name / "map.html")}))
