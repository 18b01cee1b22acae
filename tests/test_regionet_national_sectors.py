"""The command sectors: its files, its refusals, both languages."""

import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from regionet.cli import app
from regionet.commands.national_sectors import read_stages

CHAIN = "ore=04,steel=14,machines=16+17"


def run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["sectors", *words])
    return result.exit_code, result.stdout, result.stderr


def test_a_chain_of_sectors(tmp_path: Path) -> None:
    code, told, _ = run("--chain", CHAIN, "--out", str(tmp_path), "--lang", "en")
    assert code == 0
    table = pd.read_csv(tmp_path / "chain_imports.csv", dtype={"product": str})
    assert table["stage"].unique().tolist() == ["ore", "steel", "machines"]
    assert table.loc[table["stage"] == "steel", "product"].iloc[0] == "04"
    assert table.loc[table["stage"] == "steel", "content"].iloc[0] == pytest.approx(0.236, abs=0.001)
    sectors = pd.read_csv(tmp_path / "sectors.csv", dtype={"code": str})
    assert len(sectors) == 42
    assert {"backward", "forward", "upstreamness", "loss", "direct", "content", "key"} <= set(sectors)
    assert "upper bounds" in told
    manifest = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert manifest["parameters"] == {"year": 2020, "chain": CHAIN, "lang": "en"}
    assert [item["file"] for item in manifest["outputs"]] == ["sectors.csv", "chain_imports.csv", "sectors.xlsx"]


def test_the_workbook_speaks_chinese_and_names_its_source(tmp_path: Path) -> None:
    code, told, _ = run("--out", str(tmp_path), "--lang", "zh")
    assert code == 0
    assert "完全进口含量" in told
    book = openpyxl.load_workbook(tmp_path / "sectors.xlsx")
    assert book.sheetnames == ["说明", "部门", "指标说明"]
    about = "\n".join(str(row[0].value) for row in book["说明"].iter_rows())
    assert "国家统计局" in about
    assert "2020 年全国投入产出表" in about
    headers = [cell.value for cell in book["部门"][1]]
    assert len(headers) == len(set(headers))
    assert "上游度" in headers


def test_a_table_without_imports_apart_says_so(tmp_path: Path) -> None:
    code, told, _ = run("--year", "2015", "--out", str(tmp_path), "--json")
    assert code == 0
    found = json.loads(told)
    assert "does not tell imports" in found["notes"][0]
    assert "content" not in found["sectors"][0]
    assert not (tmp_path / "chain_imports.csv").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--year", "2012"], "there is no input-output table of 2012"),
        (["--chain", "steel=99"], "there are no sectors 99 in the table of"),
        (["--chain", "steel=14", "--year", "2015"], "2015 does not tell imports"),
        (["--chain", "steel"], "is not STAGE=CODE"),
    ],
)
def test_refusals_write_nothing(tmp_path: Path, words: list[str], said: str) -> None:
    out = tmp_path / "out"
    code, _, told = run(*words, "--out", str(out), "--lang", "en")
    assert code != 0
    assert said in " ".join(told.split())
    assert not out.exists()


def test_stages_as_a_chinese_keyboard_writes_them() -> None:
    assert read_stages("矿石＝04，钢铁=14") == {"矿石": ["04"], "钢铁": ["14"]}
