"""The command line, as a user types it."""

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from regionet.cli import app


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("demo") / "out"
    result = run("demo", "--out", out, "--lang", "zh")
    assert result.exit_code == 0, result.output
    return out


def test_the_demo_writes_the_whole_job(demo: Path) -> None:
    assert sorted(path.name for path in demo.iterdir()) == [
        "gaps.csv",
        "links.csv",
        "map.html",
        "report.xlsx",
        "run.json",
        "scores.csv",
    ]


def test_the_scores_of_the_demo_cover_every_province_strongest_first(demo: Path) -> None:
    scores = pd.read_csv(demo / "scores.csv", dtype={"code": str})
    assert len(scores) == 31
    assert scores["strength"].is_monotonic_decreasing
    assert scores["strength"].sum() == 2 * 1844
    assert scores["internal"].sum() == 135
    assert {"degree", "betweenness", "closeness", "eigenvector", "pagerank", "given", "received"} <= set(scores.columns)
    assert scores[["code", "name", "name_zh"]].iloc[0].tolist() == ["110000", "Beijing", "北京市"]


def test_the_gaps_of_the_demo_add_up(demo: Path) -> None:
    gaps = pd.read_csv(demo / "gaps.csv", dtype={"source": str, "target": str})
    assert len(gaps) == 465
    assert gaps["observed"].sum() == 1844
    # each pair is expected from the others: close to the total, but not bound to it
    assert gaps["expected"].sum() == pytest.approx(1844, rel=0.03)
    assert (gaps["gap"] - (gaps["expected"] - gaps["observed"])).abs().max() < 1e-9


def test_the_workbook_states_the_limits_and_explains_every_column(demo: Path) -> None:
    book = openpyxl.load_workbook(demo / "report.xlsx")
    assert book.sheetnames == ["说明", "网络地位指标", "合作缺口", "协作联系", "指标说明"]
    about = "\n".join(str(row[0]) for row in book["说明"].iter_rows(values_only=True))
    assert "2011 年农业科研岗位" in about
    assert "示意图" in about
    explained = {row[0] for row in book["指标说明"].iter_rows(min_row=2, values_only=True)}
    assert {"strength", "shrunken_ratio", "distance_km", "records"} <= explained


def test_the_manifest_has_checksums_of_what_was_read_and_written(demo: Path) -> None:
    manifest = json.loads((demo / "run.json").read_text(encoding="utf-8"))
    assert manifest["study"] == "china"
    assert {item["file"] for item in manifest["outputs"]} == {path.name for path in demo.iterdir()} - {"run.json"}
    assert "records.csv" in {item["file"] for item in manifest["inputs"]}
    assert all(len(item["sha256"]) == 64 for item in manifest["inputs"] + manifest["outputs"])


def test_two_runs_give_the_same_tables_byte_for_byte(demo: Path, tmp_path: Path) -> None:
    assert run("demo", "--out", tmp_path, "--lang", "zh").exit_code == 0
    for name in ("scores.csv", "gaps.csv", "links.csv", "map.html", "report.xlsx", "run.json"):
        assert (tmp_path / name).read_bytes() == (demo / name).read_bytes()


def test_a_study_of_regions_and_links_is_scored(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run("score", "--study", folder, "--out", out)
    assert result.exit_code == 0, result.output
    scores = pd.read_csv(out / "scores.csv").set_index("code")
    assert scores["strength"].to_dict() == {"A": 7.0, "B": 4.0, "C": 3.0}
    assert sorted(path.name for path in out.iterdir()) == ["run.json", "scores.csv", "scores.xlsx"]
    assert "Alpha" in result.stdout
    assert "No spillover" in result.stdout


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("links.csv", "source,target\nA,Q\n", "links.csv, line 2, column target"),
        ("links.csv", "source,goal\nA,B\n", "links.csv, line 1, column target"),
        ("links.csv", "", "links.csv: the file is empty"),
        ("regions.csv", "code,name\nA,a\nA,b\nB,b\nC,c\n", "regions.csv, line 3, column code"),
    ],
)
@pytest.mark.parametrize("command", ["demo", "score", "gaps", "map", "links"])
def test_bad_data_exit_with_1_name_the_place_and_write_nothing(
    folder: Path, tmp_path: Path, command: str, name: str, text: str, place: str
) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    result = run(command, "--study", folder, "--out", out)
    assert result.exit_code == 1
    assert place in result.stderr
    assert result.stdout == ""
    assert not out.exists()


@pytest.mark.parametrize("name", ["nowhere", "chinna", "a/b/c"])
def test_a_wrong_study_exits_with_1(tmp_path: Path, name: str) -> None:
    result = run("score", "--study", name, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "no embedded study has this name" in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    assert run("links", "--out", tmp_path / "out").exit_code == 1
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_an_unknown_indicator_names_the_known_ones(tmp_path: Path) -> None:
    result = run("score", "--indicator", "gpd", "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "there are: gdp, rd_expenditure" in result.stderr


@pytest.mark.parametrize(
    "arguments", [["score", "--counting", "half"], ["nothing"], ["demo", "--top", "3"], ["gaps", "--top", "0"]]
)
def test_wrong_usage_exits_with_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_json_is_the_only_thing_on_stdout(folder: Path, tmp_path: Path) -> None:
    result = run("links", "--study", folder, "--out", tmp_path / "out", "--json")
    printed = json.loads(result.stdout)
    assert printed["files"] == ["links.csv"]
    assert [(row["source"], row["target"], row["weight"]) for row in printed["links"]] == [
        ("A", "B", 4.0),
        ("A", "C", 3.0),
    ]
    assert result.stderr.startswith(f"Frame: {folder.name} (3 regions).")


def test_counting_changes_the_weights(tmp_path: Path) -> None:
    result = run("links", "--counting", "newman", "--out", tmp_path, "--json")
    total = sum(row["weight"] for row in json.loads(result.stdout)["links"])
    assert total == pytest.approx(413.989, abs=5e-4)


def test_check_is_silent_about_good_data_and_writes_nothing(folder: Path) -> None:
    before = sorted(folder.iterdir())
    result = run("check", "--study", folder)
    assert result.exit_code == 0
    assert "The data are good: 3 regions" in result.stdout
    assert sorted(folder.iterdir()) == before


SQUARE = '{"type":"Polygon","coordinates":[[[110,30],[111,30],[111,31],[110,31],[110,30]]]}'


def write_boundaries(folder: Path, geometry: str) -> None:
    feature = f'{{"type":"Feature","properties":{{"code":"A"}},"geometry":{geometry}}}'
    text = f'{{"type":"FeatureCollection","features":[{feature}]}}'
    (folder / "boundaries.geojson").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("command", ["check", "score"])
def test_boundaries_are_checked_with_the_tables(folder: Path, tmp_path: Path, command: str) -> None:
    write_boundaries(folder, '{"type":"LineString","coordinates":[[110,30],[111,30]]}')
    options = [] if command == "check" else ["--out", tmp_path / "out"]
    result = run(command, "--study", folder, *options)
    assert result.exit_code == 1
    assert "boundaries.geojson" in result.output
    assert not (tmp_path / "out").exists()


def test_warnings_about_boundaries_are_told_and_kept_in_the_manifest(folder: Path, tmp_path: Path) -> None:
    write_boundaries(folder, SQUARE.replace("[110,30],[111,30],[111,31]", "[110,30],[111,31],[111,30]"))
    result = run("score", "--study", folder, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "W-INVALID" in result.stderr
    manifest = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert any("boundaries.geojson" in warning for warning in manifest["warnings"])
    assert "boundaries.geojson" in {item["file"] for item in manifest["inputs"]}


def test_check_lists_every_fault_in_chinese_too(folder: Path) -> None:
    (folder / "links.csv").write_text("source,target,weight\nA,Q,1\nA,B,x\n", encoding="utf-8")
    result = run("check", "--study", folder, "--lang", "zh")
    assert result.exit_code == 1
    assert "links.csv 第 2 行 target 列" in result.stdout
    assert "links.csv 第 3 行 weight 列：“x”不是数字。" in result.stdout
    listed = json.loads(run("check", "--study", folder, "--json").stdout)
    assert [(fault["row"], fault["code"]) for fault in listed["faults"]] == [(2, "E-UNKNOWN"), (3, "E-NUMBER")]


def test_the_studies_are_listed() -> None:
    result = run("studies", "--json")
    assert {row["name"]: row["regions"] for row in json.loads(result.stdout)} == {
        "china": 31,
        "china-cities": 369,
        "china-systems": 31,
        "europe": 239,
        "france": 96,
        "northeast": 36,
        "yangtze-delta": 41,
    }
    assert "yangtze-delta" in run("studies").stdout


def test_text_from_data_cannot_steer_the_terminal(folder: Path, tmp_path: Path) -> None:
    text = (folder / "regions.csv").read_text(encoding="utf-8").replace("Alpha", "\x1b]0;title\x07Al")
    (folder / "regions.csv").write_text(text, encoding="utf-8")
    result = run("score", "--study", folder, "--out", tmp_path / "out")
    assert "\x1b" not in result.stdout
    assert "\\x1b]0;title\\x07Al" in result.stdout


def test_a_study_with_too_few_pairs_says_so_instead_of_showing_gaps(tmp_path: Path) -> None:
    for lang, words in {"en": "15 pairs of regions stand behind", "zh": "只有 15 个地区对"}.items():
        result = run("demo", "--study", "northeast", "--lang", lang, "--out", tmp_path / lang)
        assert result.exit_code == 0, result.output
        assert words in result.stdout
        assert not (tmp_path / lang / "gaps.csv").exists()


@pytest.mark.parametrize("name", ["yangtze-delta", "northeast"])
def test_a_study_that_is_too_small_for_gaps_still_gets_its_page(tmp_path: Path, name: str) -> None:
    result = run("demo", "--study", name, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "map.html").stat().st_size > 100_000
    scores = pd.read_csv(tmp_path / "scores.csv", dtype={"code": str})
    assert scores["external"].sum() > scores["strength"].sum() / 2


def test_the_module_runs_on_a_chinese_terminal_of_the_old_kind(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "gbk", "LC_ALL": "zh_CN.GBK"}
    done = subprocess.run(
        [sys.executable, "-m", "regionet", "links", "--out", str(tmp_path)],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "北京市" in done.stdout.decode("gbk")


def test_the_version_is_that_of_the_package() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout.strip() == f"regionet {version('regionet')}"
