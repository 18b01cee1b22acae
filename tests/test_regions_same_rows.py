"""The same rows give the same answer: an actor in two years, and actors that belong to no region."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis import build_network
from analysis.gaps.actor_matrices import build_actor_matrices
from analysis.inference.resampling import list_record_links
from analysis.networks.multilayer import build_actor_network, build_layers
from analysis.networks.profiles import count_fields, count_kinds, measure_field_shares, measure_kind_shares
from analysis.networks.synergy import count_path_links
from regionet.cli import app
from regionet.steps.open_study import open_study
from regions import Study, read_study
from regions.actors.merge import merge_actors
from regions.records.count_links import count_region_links

TWO_YEARS = "record,actor,year,kind,field\np,a,2001,x,f\np,b,2001,x,f\np,a,2002,x,g\np,b,2002,x,g\np,b,2002,x,g\n"
PLACES = {
    "unknown region": ("c,C,institute,ZZ,,\n", 2),
    "point in no region": ("c,C,institute,,40,40\n", 1),
    "no region at all": ("c,C,institute,,,\n", 1),
    "not among the actors": ("", 1),
}
"""What the actors table says of the third actor -> the warnings that tell of it."""


def write(folder: Path, third: str = "", records: str = "record,actor\np,a\np,b\np,c\n") -> Path:
    """Write a study of regions X and Y, squares side by side, with a at X and b at Y."""
    squares = [
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {"type": "Polygon", "coordinates": [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]]},
        }
        for code, x in (("X", 0), ("Y", 1))
    ]
    (folder / "regions.csv").write_text("code,name,lon,lat\nX,Xx,.5,.5\nY,Yy,1.5,.5\n", encoding="utf-8")
    shapes = json.dumps({"type": "FeatureCollection", "features": squares})
    (folder / "boundaries.geojson").write_text(shapes, encoding="utf-8")
    actors = f"id,name,kind,region,lon,lat\na,A,university,X,,\nb,B,enterprise,Y,,\n{third}"
    (folder / "actors.csv").write_text(actors, encoding="utf-8")
    (folder / "records.csv").write_text(records, encoding="utf-8")
    return folder


def run(folder: Path, *options: str) -> tuple[Any, pd.DataFrame]:
    out = folder / "out"
    command = ["links", "--study", str(folder), "--out", str(out), "--lang", "en", *options]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    return done, pd.read_csv(out / "links.csv")


ENGINES: list[tuple[str, ...]] = [(), ("--engine", "duckdb"), ("--records", "records.csv")]


def at(folder: Path, options: tuple[str, ...]) -> list[str]:
    if options:
        pytest.importorskip("ibis", reason="extra 'big' is not installed")
    return [str(folder / option) if option.endswith(".csv") else option for option in options]


@pytest.mark.parametrize("options", ENGINES, ids=str)
def test_an_actor_that_is_listed_in_two_years_counts_in_each(tmp_path: Path, options: tuple[str, ...]) -> None:
    write(tmp_path, records=TWO_YEARS)
    for by, values in (("year", [2001, 2002]), ("field", ["f", "g"]), ("kind", ["x"])):
        _, table = run(tmp_path, "--by", by, *at(tmp_path, options))
        assert table[[by, "source", "target", "weight"]].to_numpy().tolist() == [[v, "X", "Y", 1] for v in values]
    done, table = run(tmp_path, *at(tmp_path, options))
    assert table["weight"].tolist() == [1]  # in all it is one record of two actors
    assert "1 records, 2 participations" in done.stdout


def test_what_repeats_a_row_is_dropped_and_years_are_told_of(tmp_path: Path) -> None:
    study = read_study(write(tmp_path, records=TWO_YEARS))
    assert study.records is not None
    assert len(study.records) == 4
    assert [fault.code for fault in study.warnings] == ["W-YEARS", "W-DUPROW"]
    assert "1 row(s) name an actor again" in study.warnings[1].message


def test_measures_count_each_participation_where_it_belongs(tmp_path: Path) -> None:
    study = read_study(write(tmp_path, records=TWO_YEARS))
    layers = build_layers(study, "year")
    assert {year: layers[year]["X"]["Y"]["weight"] for year in layers} == {2001: 1, 2002: 1}
    fields, kinds = count_fields(study), count_kinds(study)
    assert fields is not None
    assert fields.to_numpy().tolist() == [[1, 1], [1, 1]]
    assert kinds is not None
    assert kinds[["university", "enterprise"]].to_numpy().tolist() == [[1, 0], [0, 1]]
    np.testing.assert_allclose(measure_field_shares(study), 0.5)
    np.testing.assert_allclose(measure_kind_shares(study).loc["X", ["university", "enterprise"]].tolist(), [1, 0])
    assert build_actor_matrices(study).records.tolist() == [1, 1]


def test_merging_actors_keeps_their_years(tmp_path: Path) -> None:
    study = read_study(write(tmp_path, "c,C,institute,X,,\n", TWO_YEARS + "p,c,2002,x,g\np,c,2003,x,g\n"))
    assert study.actors is not None
    merged = merge_actors(study.actors, study.records, pd.DataFrame({"keep": ["a"], "drop": ["c"]}))
    assert merged.records is not None
    assert merged.records.loc[merged.records["actor"] == "a", "year"].tolist() == [2001, 2002, 2003]
    assert merged.repeated == 1


@pytest.mark.parametrize("case", PLACES)
@pytest.mark.parametrize("options", ENGINES, ids=str)
def test_an_actor_of_no_region_counts_in_n(tmp_path: Path, case: str, options: tuple[str, ...]) -> None:
    """Three actors: 1 / (3 - 1) and 2 / (3 * 2)."""
    write(tmp_path, PLACES[case][0])
    for counting, weight in (("full", 1), ("newman", 1 / 2), ("pair", 1 / 3)):
        more = ("--counting", counting, "--on-unknown", "drop")
        done, table = run(tmp_path, *more, *at(tmp_path, options))
        assert table[["source", "target"]].to_numpy().tolist() == [["X", "Y"]]
        assert table["weight"].tolist() == pytest.approx([weight], rel=1e-9)
        assert "1 records, 3 participations" in done.stdout
        assert done.stderr.count("W-DROPPED") == PLACES[case][1]


def drop(folder: Path) -> Study:
    return open_study(str(folder), unknown="drop")


@pytest.mark.parametrize("case", PLACES)
def test_every_measure_leaves_it_in_n(tmp_path: Path, case: str) -> None:
    study = drop(write(tmp_path, PLACES[case][0]))
    assert count_region_links(study, counting="newman").table["weight"].tolist() == pytest.approx([0.5])
    network = build_network(study, "newman")
    assert network["X"]["Y"]["weight"] == pytest.approx(0.5)
    assert [value for _, value in network.nodes(data="external")] == [0, 0]
    ties = list_record_links(study, counting="newman")
    weights, internal, external = ties.sum_up(np.ones((1, 1), dtype=np.int64))
    np.testing.assert_allclose(weights[0], [[0, 0.5], [0.5, 0]])
    assert not internal.any()
    assert not external.any()
    paths = count_path_links(study, "newman")
    assert paths[["source", "target", "weight"]].to_numpy().tolist() == [["X", "Y", 0.5]]
    actors = build_actor_matrices(study)
    assert actors.records[:2].tolist() == [1, 1]
    assert actors.table["unit"].tolist()[:2] == ["X", "Y"]


@pytest.mark.parametrize("case", PLACES)
@pytest.mark.parametrize("options", ENGINES, ids=str)
def test_links_between_actors_are_those_of_known_actors(tmp_path: Path, case: str, options: tuple[str, ...]) -> None:
    write(tmp_path, PLACES[case][0])
    more = ("--actors", "--counting", "newman", "--on-unknown", "drop")
    _, table = run(tmp_path, *more, *at(tmp_path, options))
    known = case != "not among the actors"
    pairs = [["a", "b"], ["a", "c"], ["b", "c"]] if known else [["a", "b"]]
    assert table[["source", "target"]].to_numpy().tolist() == pairs
    assert table["weight"].tolist() == pytest.approx([0.5] * len(pairs))
    network = build_actor_network(drop(tmp_path), "newman")
    assert sorted(network) == (["a", "b", "c"] if known else ["a", "b"])
    assert sorted(map(sorted, network.edges)) == pairs


def test_without_the_wish_to_drop_each_of_them_is_refused(tmp_path: Path) -> None:
    for third, _ in PLACES.values():
        write(tmp_path, third)
        done = CliRunner().invoke(app, ["links", "--study", str(tmp_path), "--out", str(tmp_path / "out")])
        assert done.exit_code == 1, done.output


def test_a_record_of_many_years_is_no_large_record(tmp_path: Path) -> None:
    """Two actors in sixty years are two actors."""
    rows = [f"p,{actor},{year}\n" for year in range(1950, 2010) for actor in "ab"]
    study = read_study(write(tmp_path, records="record,actor,year\n" + "".join(rows)))
    assert [fault.code for fault in study.warnings] == ["W-YEARS"]
