import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis.inference.bootstrap import measure_score_intervals
from analysis.scores.centrality import CENTRALITY
from maps.words.codebook import build_codebook, label_column
from regionet.cli import app
from regions import load_study

ENDINGS = ("low", "high", "rank", "rank_low", "rank_high")

SCORES = [column.name for column in CENTRALITY.columns if not column.name.startswith(("in_", "out_"))]


def test_intervals_stand_beside_the_scores(tmp_path: Path) -> None:
    options = ["--intervals", "50", "--seed", "3", "--out", str(tmp_path), "--lang", "en", "--format", "csv"]
    result = CliRunner().invoke(app, ["score", *options])
    assert result.exit_code == 0, result.output
    scores = pd.read_csv(tmp_path / "scores.csv", dtype={"code": str}).set_index("code")
    table = measure_score_intervals(load_study("china"), draws=50, seed=3)
    bare = [name for name in scores if f"{name}_low" not in scores and not name.endswith(ENDINGS)]
    assert bare == ["name", "name_zh", "own", "in_core", "community", "community_agreement", "module_role"]
    for measure, rows in table.groupby("measure"):
        expected = rows.set_index("code")[list(ENDINGS)].reindex(scores.index)
        found = scores[[f"{measure}_{ending}" for ending in ENDINGS]].set_axis(list(ENDINGS), axis=1)
        pd.testing.assert_frame_equal(found, expected, check_dtype=False, rtol=1e-6)
    told = " ".join(result.output.split())
    assert "Beijing: 1st, 95 %: 1st" in told
    assert "95 % of 50 draws of the 233 records" in told
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["parameters"]["intervals"] == 50


def test_none_by_default(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["score", "--out", str(tmp_path), "--lang", "zh", "--format", "csv"])
    assert result.exit_code == 0, result.output
    assert "strength_low" not in pd.read_csv(tmp_path / "scores.csv")


def test_links_have_no_intervals(folder: Path, tmp_path: Path) -> None:
    options = ["--study", str(folder), "--intervals", "10", "--out", str(tmp_path / "out"), "--lang", "en"]
    result = CliRunner().invoke(app, ["score", *options])
    assert result.exit_code == 1
    assert "drawn from records" in result.output


def test_the_codebook_names_what_has_no_interval() -> None:
    for name in ("in_core", "community", "community_agreement", "module_role"):
        meaning = label_column(name).meaning
        assert "interval" in meaning.en
        assert "区间" in meaning.zh


@pytest.mark.parametrize(
    "measure", [*SCORES, "constraint", "core_number", "opsahl_closeness", "net", "internal", "external"]
)
@pytest.mark.parametrize("ending", ENDINGS)
def test_every_column_has_words(measure: str, ending: str) -> None:
    words = label_column(f"{measure}_{ending}")
    assert words.label.en.startswith(label_column(measure).label.en)
    assert words.label.zh != words.label.en
    assert words.meaning.zh


def test_words_of_a_rank() -> None:
    words = label_column("strength_rank_low")
    assert words.label.en.endswith(", best rank")
    assert words.label.zh.endswith("最好排名")
    assert build_codebook(["low", "strength_low"])["label"].nunique() == 2
