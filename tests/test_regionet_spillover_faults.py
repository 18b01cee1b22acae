"""What a study may do wrong to `regionet spillover`: one clear message in each language, or an omission by name."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from towns_sample import write_towns
from typer.testing import CliRunner

from regionet.cli import app

Change = Callable[[pd.DataFrame], pd.DataFrame]


def _run(study: Path, *words: str, lang: str = "en", explained: str = "input") -> tuple[int, str]:
    asked = ["--study", str(study), "--out", str(study.parent / "out"), "--column", "output"]
    few = ["--weights", "nearest-4", "--draws", "100", "--permutations", "99"]
    result = CliRunner().invoke(app, ["spillover", "--lang", lang, *asked, "--explained-by", explained, *few, *words])
    return result.exit_code, result.output


def _flatten(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(output=(table["year"] - 2000.0) * 3)


@pytest.mark.parametrize(
    ("change", "explained", "en", "zh"),
    [
        (lambda t: t.assign(input=3.0), "input", "no variation is left in: input", "没有可用的变化：input"),
        (lambda t: t.assign(input=t["year"] * 1.0), "input", "absorbed by the effects", "被固定效应吸收"),
        (lambda t: t.assign(twice=2 * t["input"] + 1), "input,twice", "of the other columns: twice", "线性组合：twice"),
        (_flatten, "input", "'output' does not vary, effects taken out", "“output”在去除效应后没有变化"),
        (lambda t: t[t["code"] < "T04"], "input", "only 4 regions have all values", "只有 4 个地区"),
        (lambda t: t, "output", "named more than once", "重复出现：output"),
        (lambda t: t, "nothing", "no indicator is named nothing", "nothing"),
        (
            lambda t: t.assign(input=t["input"].where(t["year"] < 2012), output=t["output"].where(t["year"] > 2015)),
            "input",
            "output (2016-2019), input (2010-2011)",
            "output (2016-2019)",
        ),
    ],
)
def test_what_cannot_be_estimated_ends_in_one_message(
    change: Change, explained: str, en: str, zh: str, tmp_path: Path
) -> None:
    study = write_towns(tmp_path / "towns", rho=0.4, change=change)
    for lang, message in (("en", en), ("zh", zh)):
        code, told = _run(study, lang=lang, explained=explained)
        assert code == 1
        assert message in told
        assert "Traceback" not in told
    assert not (tmp_path / "out" / "models.csv").exists()


def _damage(table: pd.DataFrame) -> pd.DataFrame:
    """Take a year away from all, one town away from the panel, and a few cells away at random."""
    table = table[table["year"] != 2014]
    return table.assign(output=table["output"].where(table["code"] != "T22", np.nan))


def test_years_regions_and_isolates_that_are_left_out_are_named(tmp_path: Path) -> None:
    study = write_towns(tmp_path / "towns", rho=0.4, change=_damage)
    for lang, wanted in (
        (
            "en",
            (
                "24 regions in 2010-2019 (9 year(s))",
                "Years of which no region has all values: 2014",
                "Left out for want of values: Town 22",
                "Without neighbours under collaboration, collaboration-spectral",
                "No weights 'contiguity'",
                "endogenous",
            ),
        ),
        (
            "zh",
            ("2010-2019 年（9 年）", "没有地区数据完整的年份：2014", "剔除的地区：镇22", "没有邻居、既不溢出也不受益"),
        ),
    ):
        code, told = _run(study, lang=lang)
        assert code == 0
        for part in wanted:
            assert part in told, part
    flows = pd.read_csv(tmp_path / "out" / "spillover_flows.csv")
    assert "T22" not in set(flows["source"]) | set(flows["target"])
    page = (tmp_path / "out" / "page.html").read_text(encoding="utf-8")
    assert "T22" in page  # on the map it stands, without a class


def _grow(table: pd.DataFrame) -> pd.DataFrame:
    """Every town is what its neighbours are, year after year: the lag would be 1."""
    return table.assign(output=(table["year"] - 2000.0) * 50 + table["output"] * 0.01)


@pytest.mark.parametrize(("lang", "message"), [("en", "the outcome looks explosive"), ("zh", "过程近于爆炸")])
def test_an_explosive_outcome_is_named_with_the_models_that_have_no_result(
    lang: str, message: str, tmp_path: Path
) -> None:
    study = write_towns(tmp_path / "towns", rho=0.4, change=_grow)
    code, told = _run(study, "--effects", "none", lang=lang)
    assert code == 0
    assert message in told
    assert "nearest-4/sar" in told
    models = pd.read_csv(tmp_path / "out" / "models.csv")
    assert "ols" in set(models["model"])
    assert not {"sar", "sdm"} & set(models["model"])
    assert pd.read_csv(tmp_path / "out" / "spillover_flows.csv").empty


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--between", "T00", "T00"], "no region is left for 'T00'"),
        (["--between", "T00", "T99"], "has no region 'T99'"),
        (["--model", "sarma"], "sarma"),
        (["--draws", "5"], "draws"),
    ],
)
def test_words_that_ask_for_what_is_not_there(words: list[str], message: str, tmp_path: Path) -> None:
    code, told = _run(write_towns(tmp_path / "towns", rho=0.4), *words)
    assert code in {1, 2}
    assert message in told
