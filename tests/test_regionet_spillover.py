"""``regionet spillover``: the contract of its files, a study whose truth is known, China, and what it says."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from towns_sample import write_towns
from typer.testing import CliRunner

from maps.words.columns.spillover_columns import SHEETS, SPILLOVER, label_spillover
from regionet.cli import app
from regionet.commands.estimated_spillover import _FILES
from regionet.steps.spillover.spillover_layers import FILE as LAYERS
from regionet.steps.spillover.spillover_page import FILE as PAGE
from regionet.steps.spillover.spillover_tables import FILES, WORKBOOK

RUNNER = CliRunner()


def _run(*words: str, code: int = 0) -> Any:
    result = RUNNER.invoke(app, ["spillover", "--lang", "en", "--draws", "200", "--permutations", "99", *words])
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(scope="module")
def strong(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    base = tmp_path_factory.mktemp("spillover")
    study = write_towns(base / "towns", rho=0.6)
    words = ["--study", str(study), "--out", str(base / "out"), "--column", "output", "--explained-by", "input"]
    result = _run(*words, "--between", "north-anhui", "circle", "--weights", "inverse-distance-squared,nearest-4")
    return base / "out", result.stdout


def test_the_files_hold_what_the_contract_names(strong: tuple[Path, str]) -> None:
    out, _ = strong
    assert set(_FILES) == {*FILES.values(), WORKBOOK, LAYERS, PAGE}
    assert all((out / name).exists() for name in _FILES)
    head = {name: pd.read_csv(out / name, nrows=3).columns.tolist() for name in FILES.values()}
    assert head["models.csv"][:9] == ["weights", "model", "effects", "rho", "low", "high", "n", "loglik", "aic"]
    assert head["impacts.csv"] == ["weights", "model", "variable", "effect", "estimate", "low", "high"]
    assert head["spillover_regions.csv"][:6] == ["code", "name", "name_zh", "given", "given_low", "given_high"]
    assert {"giver", "receiver", "estimate", "low", "high", "share"} <= set(head["spillover_groups.csv"])
    assert head["spillover_flows.csv"][:3] == ["source", "target", "weight"]
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert run["parameters"]["between"] == ["north-anhui", "circle"]
    assert run["parameters"]["seed"] == 0


def test_a_known_spillover_is_found_again(strong: tuple[Path, str]) -> None:
    out, text = strong
    models = pd.read_csv(out / "models.csv").set_index(["weights", "model"])
    right = models.loc[("inverse-distance-squared", "sdm")]
    assert right["low"] < 0.6 < right["high"]
    assert right["aic"] == models["aic"].min() or right["aic"] < models.loc[("nearest-4", "sdm"), "aic"]
    assert set(pd.read_csv(out / "impacts.csv")["effect"]) == {"direct", "indirect", "total"}
    assert "It is robustly positive." in text
    regions_table = pd.read_csv(out / "spillover_regions.csv", dtype={"code": str})
    assert len(regions_table) == 25
    assert (regions_table["given_low"] > 0).all()
    assert "Gives most:" in text
    assert "Northern Anhui to circle:" in text


def test_flows_add_up_to_what_regions_give(strong: tuple[Path, str]) -> None:
    out, _ = strong
    flows = pd.read_csv(out / "spillover_flows.csv", dtype=str)
    given = flows.assign(weight=flows["weight"].astype(float)).groupby("source")["weight"].sum()
    table = pd.read_csv(out / "spillover_regions.csv", dtype={"code": str}).set_index("code")["given"]
    assert given.to_dict() == pytest.approx(table.to_dict(), rel=1e-9)
    assert set(flows["origin"]) == {"modelled"}
    groups = pd.read_csv(out / "spillover_groups.csv")
    assert set(groups["giver"]) == {"north-anhui", "circle", "(rest)"}
    assert groups.groupby("giver")["share"].sum().tolist() == pytest.approx([1, 1, 1])


def test_layers_stand_as_the_page_declares_them(strong: tuple[Path, str]) -> None:
    out, _ = strong
    found = json.loads((out / LAYERS).read_text(encoding="utf-8"))
    between, flows, clusters = found["layers"]
    assert [layer["key"] for layer in found["layers"]] == ["spillover_between", "spillover", "spillover_clusters"]
    table = pd.read_csv(out / "spillover_flows.csv", dtype={"source": str, "target": str})
    first = table.iloc[0]
    assert (found["units"][flows["source"][0]], found["units"][flows["target"][0]]) == (
        first["source"],
        first["target"],
    )
    assert flows["value"][0] == pytest.approx(first["weight"], rel=1e-3)
    assert flows["low"][0] < flows["value"][0] < flows["high"][0]
    assert (flows["count"], len(flows["value"])) == (600, 600)
    sizes = [abs(value) for value in flows["value"]]
    assert sizes == sorted(sizes, reverse=True)
    givers = {found["units"][place] for place in between["source"]}
    assert givers == {"T00", "T01", "T02", "T10", "T11"}
    assert [name[1] for name in between["under"]["names"]] == ["皖北", "circle", "其余"]
    assert between["under"]["meaning"] == "focus"
    assert clusters["names"][0] == ["high among high", "高值集聚"]
    assert set(clusters["of"]) <= {0, 1, 2, 3, 4}


def test_the_page_holds_the_finding_the_groups_and_every_estimate(strong: tuple[Path, str]) -> None:
    out, _ = strong
    page = (out / PAGE).read_text(encoding="utf-8")
    block = re.search(r'<script type="application/json" id="regionet-data">(.*?)</script>', page, re.DOTALL)
    assert block
    data = json.loads(block[1])
    story = data["spillover"]
    assert data["layer"] == "spillover_between"
    assert story["groups"]["asked"] == [0, 1]
    assert story["groups"]["sizes"] == [5, 4, 16]
    cells = pd.read_csv(out / "spillover_groups.csv").set_index(["giver", "receiver"])
    row = cells.loc[("north-anhui", "circle")]
    assert story["groups"]["cells"][0][1][:3] == pytest.approx(row[["estimate", "low", "high"]].tolist(), rel=1e-3)
    assert len(story["models"]["rows"]) == 2 * 4
    assert "8 estimates" in story["verdict"][0]
    assert "这是相关，不是因果；只有 25 个地区" in story["verdict"][1]
    assert {score["key"] for score in data["scores"]} >= {"given_estimated", "received_estimated"}


def test_the_workbook_reads_in_both_languages(strong: tuple[Path, str], tmp_path: Path) -> None:
    out, _ = strong
    book = openpyxl.load_workbook(out / "spillover.xlsx", read_only=True)
    titles = book.sheetnames
    book.close()
    assert titles[0] == "About"
    assert {"Every W by every model", "Given and received", "Between groups", "Codebook"} <= set(titles)
    study = out.parent / "towns"
    words = ["--study", str(study), "--out", str(tmp_path), "--column", "output", "--explained-by", "input"]
    result = RUNNER.invoke(
        app, ["spillover", "--lang", "zh", "--draws", "100", "--permutations", "99", "--weights", "nearest-4", *words]
    )
    assert result.exit_code == 0, result.output
    assert "不能说明的" in result.stdout
    book = openpyxl.load_workbook(tmp_path / "spillover.xlsx", read_only=True)
    assert "各权重各模型" in book.sheetnames
    headers = [cell.value for row in book["地区溢出与受益"].iter_rows(max_row=1) for cell in row]
    book.close()
    assert "溢出" in headers
    assert "溢出下限" in headers


def test_without_spillover_nothing_is_claimed(tmp_path: Path) -> None:
    study = write_towns(tmp_path / "towns", rho=0.0)
    words = ["--study", str(study), "--out", str(tmp_path / "out"), "--column", "output", "--explained-by", "input"]
    result = _run(*words, "--weights", "inverse-distance-squared,nearest-4", "--json")
    found = json.loads(result.stdout)
    notes = " ".join(found["notes"])
    assert "not robust: these data cannot tell it" in notes
    assert "What cannot be said: this is no cause" in notes
    assert {"models", "impacts", "regions", "groups", "clusters", "spaces"} <= set(found)


def test_china_says_what_it_cannot_say(tmp_path: Path) -> None:
    """One of its weights, to be quick; borders join Hainan, cities inside provinces cannot be told."""
    result = _run("--out", str(tmp_path), "--weights", "nearest-4", "--json")
    found = json.loads(result.stdout)
    notes = " ".join(found["notes"])
    assert "31 regions" in notes
    assert "Hainan - Guangxi" in notes
    assert "yangtze-delta" in notes
    assert "one percent" not in notes
    assert {row["grouping"] for row in found["groups"]} >= {"macro_region", "yangtze-economic-belt"}
    assert {row["model"] for row in found["models"]} == {"ols", "slx", "sar", "sem", "sdm", "sdem"}
    assert all(np.isfinite(row["estimate"]) for row in found["impacts"])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--weights", "queen"], "no weights are named queen; there are: contiguity,"),
        (["--column", "patents"], "no indicator is named patents"),
        (["--between", "core", "nowhere"], "has no region 'nowhere'"),
        (["--between", "core", "core"], "no region is left for 'core'"),
        (["--by", "colour"], "colour"),
    ],
)
def test_wrong_words_end_in_one_message(words: list[str], message: str, tmp_path: Path) -> None:
    result = _run(
        "--out", str(tmp_path), *(words if "--weights" in words else [*words, "--weights", "nearest-4"]), code=1
    )
    assert message in result.output
    assert not (tmp_path / "models.csv").exists()


def test_every_column_has_words_in_both_languages() -> None:
    for name, words in {**SPILLOVER, "given_low": label_spillover("given_low")}.items():
        assert words.label.en, name
        assert words.meaning.zh, name
        assert words.meaning.zh != words.meaning.en or name in {"aic", "bic"}, name
    assert label_spillover("net_high").label.zh == "净溢出上限"
    assert all(title.en and title.zh for title in SHEETS.values())


def test_a_model_without_spillover_and_a_single_year_run_too(tmp_path: Path) -> None:
    study = write_towns(tmp_path / "towns", rho=0.5)
    table = pd.read_csv(study / "indicators.csv")
    table[table["year"] == 2015].to_csv(study / "indicators.csv", index=False)
    words = ["--study", str(study), "--out", str(tmp_path / "out"), "--column", "output", "--explained-by", "input"]
    result = _run(*words, "--weights", "nearest-4", "--model", "ols")
    assert "(1 year(s))" in result.stdout
    assert "no effects" in result.stdout
    models = pd.read_csv(tmp_path / "out" / "models.csv")
    assert set(models["effects"]) == {"none"}
    assert set(models["n"]) == {25}
    groups = pd.read_csv(tmp_path / "out" / "spillover_groups.csv")
    assert groups["estimate"].abs().max() == 0
    assert groups["share"].isna().all()
