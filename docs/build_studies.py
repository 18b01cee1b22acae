"""Make the folders of the embedded studies from prepared tables.

    python docs/build_studies.py PREPARED

PREPARED holds a folder per source: ``france`` and ``europe`` (tables of a study), ``china-chains`` (additions to the
list of 2011), ``china-more`` (rail) and ``china-provinces`` (accounts, people). `regions/data/README.md` says
where they come from and what was done to them. A source that is not there is passed over.
"""

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

DATA = Path(__file__).parents[1] / "regions" / "data"
TOLERANCE = 0.015
"""Degrees, see `geodata.simplify`: about 1 km; the small departements around Paris keep their shape."""

_COPIED = ("regions", "actors", "records", "indicators", "dictionary", "groups")

_SEATS = {"cars-204": "440600", "cars-206": "220100", "cars-251": "520100"}
"""Cities of three institutions that the notices place in a province only."""

_ACTORS = ("id", "name_zh", "name", "kind", "region", "province", "basis", "verified", "first_list")
_RECORDS = ("record", "year", "actor", "kind", "field", "stage")
_LATER = ("2017", "2019")
_DYADS = ("source", "target", "rail_minutes", "trains", "station_km")
_ACCOUNTS = {"gdp_real_2010": "gdp_real", "gdp_deflator_2010": "gdp_deflator", "population": "residents"}
_LEFT_OUT = {"gdp_index_old"}
"""A second vintage of what is there."""

_MUNICIPALITIES = {"1101": "110000", "1201": "120000", "3101": "310000", "5001": "500000"}


def main(prepared: Path) -> None:
    """Write the tables of every study whose source is there."""
    for study in ("france", "europe"):
        if (prepared / study).is_dir():
            for table in _COPIED:
                rows = _read(prepared / study / f"{table}.csv")
                _write(DATA / study / f"{table}.csv", rows[0], rows)
    if (prepared / "france").is_dir():
        _simplify(prepared / "france" / "departements.geojson", DATA / "france")
    if (prepared / "china-more").is_dir():
        _write(
            DATA / "china-cities" / "dyads.csv", _DYADS, _list_rail(prepared / "china-more" / "hsr_city_pairs_2016.csv")
        )
    if (prepared / "china-provinces").is_dir():
        _add_accounts(prepared / "china-provinces" / "province_year.csv", DATA / "china" / "indicators.csv")
    if (prepared / "china-chains").is_dir():
        _date_china(prepared / "china-chains", DATA / "china")


def _simplify(source: Path, target: Path) -> None:
    """Thin out shared borders once, so that neighbours stay neighbours; three decimals are 100 m. List who touches."""
    import geopandas  # noqa: PLC0415 - only for this step
    import pandas as pd  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    from geodata import measure_contiguity  # noqa: PLC0415
    from geodata.simplify import simplify_coverage  # noqa: PLC0415

    features = json.loads(source.read_text(encoding="utf-8"))["features"]
    shapes = {feature["properties"]["code"]: shapely.geometry.shape(feature["geometry"]) for feature in features}
    thin = simplify_coverage(pd.Series(shapes), tolerance=TOLERANCE, decimals=3)
    lines = [
        f'{{"type":"Feature","properties":{{"code":"{code}"}},"geometry":{shapely.to_geojson(shape)}}}'
        for code, shape in sorted(thin.items())
    ]
    layer = geopandas.GeoDataFrame(geometry=pd.Series(shapes), crs="EPSG:4326").rename_axis("code")
    met = measure_contiguity(layer)
    _write(target / "neighbours.csv", ("source", "target"), met[["source", "target"]].to_dict("records"))
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    (target / "boundaries.geojson").write_text(text, encoding="utf-8")


def _list_rail(path: Path) -> Iterator[dict[str, str]]:
    """Give the cities of direct trains codes of six digits; municipalities are provinces there."""
    for row in _read(path):
        source, target = (_MUNICIPALITIES.get(row[end], f"{row[end]}00") for end in ("from_code", "to_code"))
        yield dict(zip(_DYADS, (source, target, row["fastest_min"], row["trains"], row["station_km"]), strict=True))


def _add_accounts(source: Path, target: Path) -> None:
    """Put the accounts beside the indicators of science; they replace columns of the same name, in all years."""
    new = [{_ACCOUNTS.get(name, name): cell for name, cell in row.items()} for row in _read(source)]
    old = _read(target)
    columns = list(dict.fromkeys([*old[0], *new[0]]))
    known = {(row["code"], row["year"]): row for row in old}
    rows = [known.get((row["code"], row["year"]), {}) | row for row in new]
    _write(target, [name for name in columns if name not in _LEFT_OUT], rows)


def _date_china(source: Path, target: Path) -> None:
    """Put the new links, the new institutions and the stages of all posts into the study of China."""
    stages = {(row["record"], row["actor"]): row for row in _read(source / "records_dated.csv")}
    first = [row for row in _read(target / "records.csv") if row["year"] not in _LATER]
    rows = [row | {"stage": stages[row["record"], row["actor"]]["stage"]} for row in first]
    rows += _stage_links(_read(source / "records_links.csv"), stages)
    _write(target / "records.csv", _RECORDS, sorted(rows, key=lambda row: (row["record"], row["actor"])))
    old = [row | {"first_list": "2011"} for row in _read(target / "actors.csv") if row.get("first_list") not in _LATER]
    new = [_seat(row) for row in _read(source / "actors_new.csv")]
    _write(target / "actors.csv", _ACTORS, sorted([*old, *new], key=lambda row: row["id"]))


def _stage_links(
    links: list[dict[str, str]], stages: dict[tuple[str, str], dict[str, str]]
) -> Iterator[dict[str, str]]:
    """Give both ends of a new link the stage of their own posts; one without a listed post that of the newcomer."""
    joined = {}
    for row in links:
        post = stages.get((_name_laboratory(row), row["actor"]))
        if post is not None and post["role"] == "joined":
            joined[row["record"]] = post
    for row in links:
        newcomer = joined[row["record"]]
        laboratories = (_name_laboratory(row), *newcomer["lab2011"].split(";"))
        own = (stages[lab, row["actor"]]["stage"] for lab in laboratories if (lab, row["actor"]) in stages)
        of_field = (
            post["stage"]
            for (_, actor), post in stages.items()
            if (actor, post["field"]) == (row["actor"], row["field"])
        )
        yield row | {"stage": next(own, None) or next(of_field, None) or newcomer["stage"]}


def _name_laboratory(row: dict[str, str]) -> str:
    return row["record"].rsplit("-", 1)[0]


def _seat(row: dict[str, str]) -> dict[str, str]:
    city = _SEATS.get(row["id"])
    return row if city is None else row | {"region": city, "basis": "knowledge", "verified": "false"}


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, columns: Iterable[str], rows: Iterable[dict[str, str]]) -> None:
    names = list(columns)
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
