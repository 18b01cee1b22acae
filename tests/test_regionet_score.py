import json
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from maps.words.codebook import build_codebook
from regionet.cli import app


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


def test_the_full_table_in_every_format(tmp_path: Path) -> None:
    chosen = [part for form in ("csv", "xlsx", "parquet", "json") for part in ("--format", form)]
    done = run("score", "--out", str(tmp_path), "--lang", "en", "--layers", "path", *chosen)
    assert done.exit_code == 0, done.output
    csv = pd.read_csv(tmp_path / "scores.csv", dtype={"code": str})
    assert len(csv) == 31
    assert set(csv) >= {"strength", "constraint", "core_number", "opsahl_degree", "community", "participation", "given"}
    parquet = pd.read_parquet(tmp_path / "scores.parquet")
    assert parquet["constraint"].to_numpy() == pytest.approx(csv["constraint"].to_numpy(), rel=1e-12)
    document = json.loads((tmp_path / "scores.json").read_text("utf-8"))
    assert [row["code"] for row in document["rows"]] == csv["code"].tolist()
    assert [each["column"] for each in document["columns"]] == list(csv)
    assert all(each["meaning"] and each["meaning_zh"] for each in document["columns"])
    layers = pd.read_csv(tmp_path / "layers.csv", dtype={"code": str})
    assert layers.groupby("layer").size().to_dict() == dict.fromkeys(
        ["industry", "other", "science", "science-industry"], 31
    )
    assert set(layers) >= {"constraint", "core_number", "opsahl_closeness", "participation", "in_core"}
    assert layers["constraint"].isna().equals(layers["degree"] == 0)
    total = layers.groupby("code")["strength"].sum()
    assert total.to_dict() == pytest.approx(csv.set_index("code")["strength"].to_dict())
    book = openpyxl.load_workbook(tmp_path / "scores.xlsx")
    assert book.sheetnames[-1] == "Codebook"


def test_csv_and_workbook_by_default(tmp_path: Path) -> None:
    run("score", "--out", str(tmp_path), "--lang", "zh")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run.json", "scores.csv", "scores.xlsx"]
    table = pd.read_csv(tmp_path / "scores.csv")
    codebook = build_codebook(table.columns)
    assert codebook.loc[codebook["meaning_zh"] == "", "column"].tolist() == []


def test_parquet_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    done = run("score", "--out", str(tmp_path), "--format", "parquet", "--lang", "en")
    assert done.exit_code == 1
    assert "regionet[parquet]" in done.output


def test_layers_that_the_study_has_not(folder: Path, tmp_path: Path) -> None:
    done = run("score", "--study", str(folder), "--out", str(tmp_path / "o"), "--layers", "path", "--lang", "en")
    assert done.exit_code == 1
    assert "no records" in done.output


def test_scores_by_year_follow_the_ranks(tmp_path: Path) -> None:
    done = run("score", "--out", str(tmp_path), "--lang", "zh", "--layers", "year")
    assert done.exit_code == 0, done.output
    layers = pd.read_csv(tmp_path / "layers.csv", dtype={"code": str, "layer": str})
    assert layers.groupby("layer").size().to_dict() == {"2011": 31, "2017": 31, "2019": 31}
    shandong = layers[layers["code"] == "370000"].set_index("layer")
    assert shandong["strength_rank"].tolist() == [4, 3, 4]
    assert shandong["strength_rank_change"].tolist()[1:] == [1, -1]
    assert shandong["strength_rank_change"].isna().tolist() == [True, False, False]


def test_a_window_is_of_years(tmp_path: Path) -> None:
    done = run("score", "--out", str(tmp_path / "o"), "--lang", "en", "--layers", "field", "--window", "2")
    assert done.exit_code == 1
    assert "a window of years needs --layers year" in done.output


def test_the_title_says_which_years_were_asked_for() -> None:
    from regionet.steps.pipeline import name_years  # noqa: PLC0415 - heavy
    from regions import load_study  # noqa: PLC0415

    study = load_study("china")
    assert name_years(study, None) is study
    title = name_years(study, (2017, 2019)).title
    assert title.en.endswith("(2017-2019 only)")
    assert title.zh.endswith("（仅 2017-2019 年）")
    assert name_years(study, (2017, 2017)).title.en.endswith("(2017 only)")
