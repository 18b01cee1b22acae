"""``regionet mrqap`` and ``regionet dynamics``: files, workbook in one language, notes, JSON."""

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from regionet.cli import app


def run(*arguments: object) -> str:
    done = CliRunner().invoke(app, [*map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_mrqap_of_rail_leaves_unknown_pairs_out(tmp_path: Path) -> None:
    on = "rail_minutes,ln_distance,same_province"
    told = run("mrqap", "--study", "china-cities", "--on", on, "--permutations", 99, "--out", tmp_path, "--lang", "zh")
    assert "48 个地区，527 个地区对" in told
    assert "1,128 对中有 601 对缺少某项指标，未纳入" in told
    table = pd.read_csv(tmp_path / "mrqap.csv").set_index("predictor")
    assert list(table.index) == on.split(",")
    assert table.loc["same_province", "label_zh"] == "同属省份"
    assert table["p"].between(0.01, 1).all()
    manifest = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["on"] == on.split(",")
    assert [item["file"] for item in manifest["outputs"]] == ["mrqap.csv", "mrqap.xlsx"]
    sheets = pd.read_excel(tmp_path / "mrqap.xlsx", sheet_name=None, engine="calamine")
    assert list(sheets) == ["说明", "矩阵回归", "指标说明"]
    assert sheets["矩阵回归"].columns[:3].tolist() == ["解释变量", "含义", "系数"]
    assert "label" not in set(sheets["矩阵回归"].columns)


def test_mrqap_by_default_and_as_json(tmp_path: Path) -> None:
    told = json.loads(run("mrqap", "--permutations", 49, "--out", tmp_path, "--lang", "en", "--json"))
    assert [row["predictor"] for row in told["mrqap"]] == ["ln_distance", "contiguous", "same_macro_region"]
    assert told["mrqap"][0]["estimate"] == pytest.approx(-0.5408, abs=1e-4)  # pinned
    assert "no p can be below 0.02" in told["notes"][0]


def test_an_unknown_predictor_is_named_with_what_there_is(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["mrqap", "--on", "weather", "--out", str(tmp_path), "--lang", "en"])
    assert done.exit_code != 0
    assert "weather" in done.output
    assert "ln_distance" in done.output


def test_dynamics_of_china(tmp_path: Path) -> None:
    told = run("dynamics", "--study", "china", "--permutations", 19, "--out", tmp_path, "--lang", "en")
    assert "On average 45% of a year's links are there in the next year" in told
    assert "A difference between the years is no trend." in told
    assert told.index("nothing says that it ended") < told.index("is no trend.") < told.index("On average 45%")
    years = pd.read_csv(tmp_path / "dynamics.csv")
    assert years["links"].tolist() == [319, 214, 91]
    events = pd.read_csv(tmp_path / "entries_exits.csv", dtype={"source": str, "target": str})
    assert (events["kind"].eq("link") & events["event"].eq("entry") & events["year"].eq(2017)).sum() == 28
    assert set(pd.read_csv(tmp_path / "years_compared.csv")) >= {"year", "other_year", "correlation", "p"}
    assert len(pd.read_csv(tmp_path / "ranks.csv")) == 3 * 31
    assert (tmp_path / "communities.csv").exists()
    sheets = pd.read_excel(tmp_path / "dynamics.xlsx", sheet_name=None, engine="calamine")
    assert list(sheets) == [
        "About",
        "Years",
        "Entries and exits",
        "Ranks",
        "Communities",
        "Years compared",
        "Codebook",
    ]
    assert "name_zh" not in set(sheets["Ranks"].columns)


def test_windows_share_years_and_say_so(tmp_path: Path) -> None:
    told = run(
        "dynamics", "--study", "china", "--window", 3, "--permutations", 9, "--out", tmp_path, "--lang", "zh", "--json"
    )
    notes = json.loads(told)["notes"]
    assert any("每个网络含 3 年，相邻网络共用年份" in note for note in notes)
    assert [row["year"] for row in json.loads(told)["dynamics"]] == [2017, 2019]


def test_a_window_longer_than_the_data_is_refused_with_the_years_there_are(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["dynamics", "--window", "20", "--out", str(tmp_path), "--lang", "zh"])
    assert done.exit_code == 1
    assert "20 年的窗口长于数据；现有年份：2011、2017、2019" in done.output


@pytest.mark.parametrize("command", ["mrqap", "dynamics"])
def test_every_column_of_the_files_has_words(tmp_path: Path, command: str) -> None:
    run(command, "--study", "china", "--permutations", 9, "--out", tmp_path, "--lang", "zh")
    sheets = pd.read_excel(tmp_path / f"{command}.xlsx", sheet_name=None, engine="calamine")
    book = sheets["指标说明"]
    assert book["含义"].notna().all()
    assert not book["名称"].str.fullmatch(r"[a-z_]+").any()
