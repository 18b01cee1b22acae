"""How far spillover carries in the scores: assumed, of a number, or estimated; every table says which."""

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

import regions
from regionet.cli import app
from regionet.steps.pipeline import Choices, analyse
from regionet.steps.spillover.estimated_strength import estimate_strength, read_strength
from regionet.steps.spillover.strength import Strength
from regions.errors import MethodError
from regions.words import Words

STUDY = regions.load_study("china")


def test_a_number_is_an_assumption() -> None:
    strength = read_strength("0.3")
    assert (strength.rho, strength.source) == (0.3, "assumed")
    assert "is an assumption, not an estimate" in strength.describe().en
    for wrong in ("1", "-1.2", "much", "nan"):
        with pytest.raises(MethodError, match="a number between -1 and 1"):
            read_strength(wrong)


def test_an_estimate_says_of_what_and_whether_it_is_clear() -> None:
    weak = Strength(0.1, -0.1, 0.3, Words("a model", "模型"))
    assert weak.describe().en == "rho = 0.100 [-0.100, 0.300] is estimated (a model); it cannot be told from 0"
    assert "无法与 0 区分" in weak.describe().zh
    assert "told" not in Strength(0.2, 0.1, 0.3, Words("a model", "模型")).describe().en


def test_the_default_is_as_before_and_an_estimate_changes_amounts_not_names() -> None:
    plain = analyse(STUDY, Choices(), gaps=False)
    assert "rho" not in plain.scores
    assert any("rho = 0.5 is an assumption" in note.en for note in plain.notes)
    found = analyse(STUDY, Choices(strength=Strength(0.2, 0.1, 0.3, Words("a model", "模型"))), gaps=False)
    assert set(found.scores["rho"]) == {0.2}
    assert set(found.scores["rho_source"]) == {"estimated"}
    assert found.scores["given"].sum() < plain.scores["given"].sum()


def test_china_is_estimated_under_the_weights_of_the_scores(tmp_path: Path) -> None:
    strength = estimate_strength(STUDY, tmp_path)
    assert strength.basis is not None
    assert strength.low is not None
    assert strength.high is not None
    assert strength.low < strength.rho < strength.high
    assert "weights by collaboration" in strength.basis.en


def test_models_of_this_study_are_taken_and_those_of_another_are_not(tmp_path: Path) -> None:
    row = {"weights": "collaboration-spectral", "model": "sar", "rho": 0.123, "low": 0.1, "high": 0.2}
    pd.DataFrame([row]).to_csv(tmp_path / "models.csv", index=False)
    (tmp_path / "run.json").write_text(json.dumps({"command": "spillover", "study": "china"}), encoding="utf-8")
    taken = estimate_strength(STUDY, tmp_path)
    assert taken.rho == 0.123
    assert taken.basis is not None
    assert "models.csv" in taken.basis.en
    (tmp_path / "run.json").write_text(json.dumps({"command": "spillover", "study": "other"}), encoding="utf-8")
    assert estimate_strength(STUDY, tmp_path).rho != 0.123


def test_the_command_says_which(tmp_path: Path) -> None:
    words = ["score", "--out", str(tmp_path), "--lang", "en", "--format", "csv"]
    result = CliRunner().invoke(app, [*words, "--rho", "estimated"])
    assert result.exit_code == 0, result.output
    assert "is estimated (SAR of" in result.output
    table = pd.read_csv(tmp_path / "scores.csv")
    assert set(table["rho_source"]) == {"estimated"}
    wrong = CliRunner().invoke(app, [*words, "--rho", "2"])
    assert wrong.exit_code == 1
    assert "between -1 and 1" in wrong.output
