"""``regionet backtest``: predictors of new links, and the fates of gaps, on real data."""

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis.gaps.gap_backtest import Backtest
from analysis.gaps.persistence import describe_foresight, describe_persistence
from regionet.cli import app


def run(*arguments: object) -> str:
    done = CliRunner().invoke(app, ["backtest", *map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(scope="module")
def france(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, list[str]], Path]:
    out = tmp_path_factory.mktemp("france")
    return json.loads(run("--study", "france", "--until", 2017, "--out", out, "--lang", "en", "--json")), out


def test_the_table_of_predictors(france: tuple[dict[str, list[str]], Path]) -> None:
    table = pd.read_csv(france[1] / "backtest.csv").set_index("predictor")
    assert list(table.index) == ["expectation", "degree_product", "common_neighbours", "adamic_adar", "distance"]
    assert list(table.columns) == ["auc", "low", "high", "lift", "pairs", "formed", "newcomers"]
    row = table.loc["expectation"]
    assert (row["pairs"], row["formed"], row["newcomers"]) == (2472, 197, 374)
    assert row[["auc", "low", "high"]].round(3).tolist() == [0.834, 0.807, 0.860]
    assert table["auc"].round(3).tolist()[1:] == [0.793, 0.766, 0.768, 0.501]


def test_gaps_persist_milder(france: tuple[dict[str, list[str]], Path]) -> None:
    fates = pd.read_csv(france[1] / "fates.csv").set_index("grade")
    assert fates["ratio"].round(2).to_dict() == {"moderate": 0.73, "weak": 0.78, "none": 1.09}
    assert (fates["ratio_before"] < fates["ratio"]).loc[["moderate", "weak"]].all()
    fitted, foresight, persistence = france[0]["notes"]
    assert fitted == "Fitted on 2010-2017, tested on 2018-2021."
    assert "the right one first in 83 of 100 cases (81-86; product of partners 79; 50 is a coin)" in foresight
    assert "shortfalls persist, milder" in persistence
    assert "Nothing here shows that the list foretells which gap will close" in persistence


def test_china_in_words_of_a_planner(tmp_path: Path) -> None:
    told = run("--study", "china", "--until", 2011, "--out", tmp_path, "--lang", "zh")
    assert "以 2011 年拟合，以 2017-2019 年检验。" in told
    assert "原无联系的 146 对地区中，36 对后来有了联系" in told
    assert "缺口依然存在，但有所缓和" in told
    assert "这并不表明清单能预告哪些缺口会缩小" in told
    manifest = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["until"] == 2011


def test_entries_are_a_table_and_a_sheet_in_words(tmp_path: Path) -> None:
    arguments = ("--study", "china", "--until", 2011, "--entries", "--out", tmp_path, "--lang", "zh")
    told = run(*arguments)
    assert "新形成专长" in told
    assert "相近领域只说明邻近，不是预测" in told
    table = pd.read_csv(tmp_path / "entries.csv")
    assert list(table.columns[:8]) == [
        "entry", "horizon", "base", "later", "cases", "entered", "left_regions", "left_fields",
    ]  # fmt: skip
    assert len(table) == 2 * 2 * 5
    book = pd.read_excel(tmp_path / "backtest.xlsx", sheet_name=None, engine="openpyxl")
    assert list(book) == ["说明", "预测指标", "缺口走向", "新进入领域", "指标说明"]
    shown = book["新进入领域"]
    assert set(shown["进入方式"]) == {"新形成专长", "从无到有"}
    assert set(shown["预测指标"]) >= {"关联密度", "地区规模 × 领域规模"}
    assert set(book["预测指标"]["预测指标"]) >= {"期望值（引力模型）", "距离远近"}
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["parameters"]["entries"] is True


def make(ratios: dict[str, tuple[float, float]]) -> Backtest:
    grades = pd.DataFrame(
        [(name, 10, 100 * a, 100 * b, a, b) for name, (a, b) in ratios.items()],
        columns=["grade", "pairs", "before", "after", "ratio_before", "ratio"],
    ).set_index("grade")
    measures = pd.DataFrame({"group": [], "predictor": [], "auc": []})
    return Backtest(measures, grades, pd.DataFrame(), 2017, ())


@pytest.mark.parametrize(
    ("after", "words"), [(0.4, "shortfalls persist: "), (0.6, "persist, milder"), (0.95, "the shortfalls are gone")]
)
def test_the_sentence_follows_the_figures(after: float, words: str) -> None:
    told = describe_persistence(make({"strong": (0.5, after), "none": (1.1, 1.2)})).en
    assert words.rstrip(": ") in told
    assert f"had 50% of what their size and distance let expect, and {after:.0%} in the later years" in told
    assert "other pairs 120%" in told


def test_ratios_of_several_grades_are_pooled_by_expectation() -> None:
    # expected 200 and 100: (100 + 80) / 300
    found = make({"strong": (0.5, 0.5), "weak": (0.8, 0.8), "none": (1.0, 1.0)})
    found.grades["before"] = found.grades["after"] = [100.0, 80.0, 500.0]
    assert "had 60% of what" in describe_persistence(found).en


def test_no_gap_and_too_few_new_links_are_said() -> None:
    found = make({"none": (1.0, 1.0)})
    assert describe_persistence(found).en.startswith("No pair was called a gap")
    assert describe_foresight(found) is None


def test_a_year_that_leaves_nothing_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["backtest", "--study", "china", "--until", "2019", "--out", str(tmp_path / "o")])
    assert done.exit_code == 1
    assert not (tmp_path / "o").exists()
