"""What ``regionet mrqap`` says in plain words: by hand, in both languages, and never more than p allows."""

import math
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from regionet.cli import app
from regionet.commands.pair_regression import OutcomeName, explain_predictors
from regionet.console.language import Language


def explain(predictor: str, estimate: float, p: float, *, outcome: str = "ln_weight", lang: str = "en") -> str:
    label, label_zh = {
        "ln_distance": ("ln distance", "距离对数"),
        "ln_gdp": ("ln of GDP", "GDP（对数）"),
    }.get(predictor, ("Neighbours", "相邻"))
    row = {"predictor": predictor, "label": label, "label_zh": label_zh, "estimate": estimate, "p": p}
    head, told = explain_predictors(pd.DataFrame([row]), OutcomeName(outcome), Language(lang))
    assert head
    return told


@pytest.mark.parametrize(
    ("predictor", "estimate", "outcome", "words"),
    [
        ("ln_distance", -1.0, "ln_weight", "Distance: twice as much goes with about 50% less collaboration"),
        ("ln_gdp", 1.0, "ln_weight", "GDP: twice as much goes with about 100% more collaboration"),
        ("contiguous", math.log(1.5), "ln_weight", "Neighbours: such a pair goes with about 50% more collaboration"),
        ("same_x", -0.25, "linked", "such a pair goes with a chance of a link 25.0 percentage points lower"),
        ("ln_distance", 0.1 / math.log(2), "linked", "a chance of a link 10.0 percentage points higher"),
        ("flights", 2.5, "weight", "one unit more goes with 2.50 more of weight"),
        ("flights", -2.5, "weight", "one unit more goes with 2.50 less of weight"),
    ],
)  # fmt: skip
def test_what_goes_with_a_predictor(predictor: str, estimate: float, outcome: str, words: str) -> None:
    told = explain(predictor, estimate, 0.01, outcome=outcome)
    assert words in told
    assert told.endswith("(p = 0.010).")


def test_what_is_not_clear_is_said_without_a_size() -> None:
    told = explain("ln_distance", -1.0, 0.312)
    assert "not to be told from chance" in told
    assert "31% of the rearrangements" in told
    assert "50%" not in told
    assert "与偶然无法区分" in explain("ln_distance", -1.0, 0.05, lang="zh")


def test_chinese_names_the_thing_and_not_its_logarithm() -> None:
    assert explain("ln_distance", -1.0, 0.01, lang="zh") == "- 距离：每增加一倍，合作约少 50%（p = 0.010）。"
    assert explain("ln_gdp", 1.0, 0.01, lang="zh").startswith("- GDP：每增加一倍，合作约多 100%")
    assert "满足的地区对，合作约多 50%" in explain("contiguous", math.log(1.5), 0.01, lang="zh")


def test_the_command_says_it_in_the_terminal_and_in_the_workbook(tmp_path: Path) -> None:
    arguments = ["mrqap", "--study", "china", "--permutations", "99", "--out", str(tmp_path), "--lang", "en"]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    estimate = pd.read_csv(tmp_path / "mrqap.csv").set_index("predictor").loc["ln_distance", "estimate"]
    words = f"Distance: twice as much goes with about {1 - 2**estimate:.0%} less collaboration"
    assert words in done.stdout
    about = pd.read_excel(tmp_path / "mrqap.xlsx", sheet_name="About", engine="openpyxl")
    assert about.iloc[:, 0].str.contains(words, regex=False).any()
