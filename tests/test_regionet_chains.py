"""The command of industry chains: tables, workbook, sentences; the Northeast, the Delta, a chain of one's own."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from chain_samples import make_car_study
from typer.testing import CliRunner

from maps.words.columns.chain_columns import CHAINS
from maps.words.pair_words import find_words
from regionet.cli import app
from regionet.steps.chains.chain_findings import ChainFinding, find_chain, fit_links
from regionet.steps.chains.chain_scope import COUNTRY, GROUP, ChainQuery, declare_absent, find_scope, open_chains
from regionet.steps.chains.chain_sentences import describe_chain, join_paragraph
from regionet.steps.chains.chain_tables import build_chain_tables
from regions import MethodError, Study, load_study

FILES = ("stages", "breakpoints", "blockages", "fill")


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)


@pytest.fixture(scope="module")
def northeast(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("northeast")
    asked = [word for name in ("水稻", "Maize", "大豆") for word in ("--chain", name)]
    asked += ["--backtest"]
    done = run("chains", "--study", "china", "--group", "东北", *asked, "--out", str(folder), "--lang", "zh")
    assert done.exit_code == 0
    return folder, done.stdout


def read(folder: Path, name: str) -> pd.DataFrame:
    codes = ("place", "code", "candidate")
    return pd.read_csv(folder / f"{name}.csv", dtype=dict.fromkeys(codes, str), keep_default_na=False, na_values=[""])


def test_the_files_of_a_run(northeast: tuple[Path, str]) -> None:
    folder, _ = northeast
    manifest = json.loads((folder / "run.json").read_text("utf-8"))
    written = {each["file"] for each in manifest["outputs"]}
    assert {*(f"{name}.csv" for name in FILES), "chains.xlsx"} <= written
    assert manifest["parameters"]["chain"] == ["水稻", "Maize", "大豆"]
    assert manifest["parameters"]["group"] == "东北"


def test_stages_with_a_post_in_the_northeast(northeast: tuple[Path, str]) -> None:
    stages = read(northeast[0], "stages")
    assert len(stages) == 3 * 5 * 7  # chains x (regions, group, all) x stages
    here = stages[stages["state"] == "present"].groupby(["chain", "place"]).size()
    counts = {
        chain: [int(here.get((chain, code), 0)) for code in ("210000", "220000", "230000")]
        for chain in here.index.levels[0]
    }
    assert counts == {"Rice": [3, 3, 3], "Maize": [0, 4, 2], "Soybean": [1, 4, 6]}
    liaoning = stages[(stages["chain"] == "Maize") & (stages["place"] == "210000")].set_index("stage")
    assert set(liaoning["absent"]) == {"no post seated here"}
    assert liaoning["beside_zh"].dropna().to_dict() == {
        "breeding": "A 证种子企业（2024 年）：4",
        "cultivation": "综合试验站（2011 年）：3",
    }


def test_breakpoints_of_the_northeast(northeast: tuple[Path, str]) -> None:
    found = read(northeast[0], "breakpoints")
    group = found[(found["place"] == GROUP) & (found["breakpoint"] == "no-actor")]
    assert group.groupby("chain")["stage"].agg(sorted).to_dict() == {
        "Maize": ["economics", "nutrition"],
        "Rice": ["economics"],
        "Soybean": ["economics"],
    }
    assert set(found["breakpoint"]) == {"no-actor", "no-link"}
    assert (found.loc[found["breakpoint"] == "no-link", "actors"] > 0).all()


def test_blockages_say_what_was_observed(northeast: tuple[Path, str]) -> None:
    found = read(northeast[0], "blockages")
    origin = found[found["place"] == GROUP].groupby("chain")["origin"].first().to_dict()
    assert origin == {"Rice": "observed", "Maize": "modelled", "Soybean": "observed"}
    rice = found[(found["chain"] == "Rice") & (found["place"] == GROUP) & (found["what"] == "actor")]
    assert rice.iloc[0]["actor_name"] == "Jilin Academy of Agricultural Sciences"
    assert rice.iloc[0]["lost_share"] == 1.0
    assert "浙江省" in rice.iloc[0]["substitutes_zh"]


def test_candidates_and_whom_to_bring_together(northeast: tuple[Path, str]) -> None:
    fill = read(northeast[0], "fill")
    first = fill[(fill["measure"] == "fill") & (fill["rank"] == 1)]
    assert first["probability"].between(first["low"], first["high"]).all()
    assert (first["partner_name"].notna() == first["actor_name"].notna()).all()
    assert first["partner_name"].notna().mean() > 0.8
    links = fill[(fill["measure"] == "strengthen") & (fill["chain"] == "Maize") & (fill["place"] == GROUP)]
    assert links[["actor", "partner", "gain"]].to_numpy().tolist() == [["cars-087", "cars-089", 1.0]]


def test_the_paragraph_is_one_that_can_be_read_out(northeast: tuple[Path, str]) -> None:
    text = northeast[1].replace("\n", "")
    assert "水稻：7 个环节中，辽宁省 3 个（育种与种业、病虫害与疫病防控、加工贮藏与品质）" in text
    assert "辽宁省：岗位未落户，但有A 证种子企业（2024 年）：4，综合试验站（2011 年）：3" in text
    assert "断点（各地均无）：产业经济（岗位未落户）。" in text
    assert "去掉吉林省农业科学院（栽培与养殖），全部中断；可替代的有浙江省、湖南省、四川省" in text
    assert "实际联系未贯通到加工贮藏与品质（流量为 0）" in text
    assert "按期望联系的引力模型，建立联系的概率" in text
    assert "数据集全部地区：" in text, "notes on complexity are about all 31"
    assert "（唯一的 1 家无联系）" in text
    assert "nan" not in text


def test_the_workbook_speaks_one_language_and_explains_every_column(northeast: tuple[Path, str]) -> None:
    book = openpyxl.load_workbook(northeast[0] / "chains.xlsx")
    assert book.sheetnames[:5] == ["说明", "环节", "断点", "堵点", "补链强链"]
    assert book.sheetnames[-1] == "指标说明"
    heads = [cell.value for cell in book["环节"][1]]
    assert "状态" in heads
    assert not any("英文" in str(head) for head in heads)
    states = {row[heads.index("状态")] for row in book["环节"].iter_rows(min_row=2, values_only=True)}
    assert states == {"有", "没有"}
    for name in FILES:
        for column in read(northeast[0], name):
            words = find_words(column, CHAINS)
            assert all((words.label.en, words.label.zh, words.meaning.en, words.meaning.zh)), column


def answer(name: str, chain: str, group: str | None = None) -> tuple[Study, ChainFinding, str, pd.DataFrame]:
    """Return what the command would find and say, without its files."""
    study = load_study(name)
    scope, query = find_scope(study, group), ChainQuery((chain,), group)
    fit, _ = fit_links(study) if group else (None, ())
    (opened,) = open_chains(study, query)
    found = find_chain(study, opened, scope, fit=fit, query=query)
    tables = build_chain_tables(study, scope, [found])
    return study, found, join_paragraph(describe_chain(study, scope, found, tables["fill"])).en, tables["stages"]


def test_the_back_test_of_fill_is_a_table_a_sheet_and_sentences(northeast: tuple[Path, str]) -> None:
    folder, told = northeast
    table = pd.read_csv(folder / "fill_backtest.csv")
    assert table["predictor"].tolist() == ["score", "probability", "capability", "relatedness", "linked", "size"]
    assert f"{table['cases'].iloc[0]:,} 个候选中，{table['came'].iloc[0]:,} 个后来" in told
    sheet = openpyxl.load_workbook(folder / "chains.xlsx")["补链回测"]
    assert [cell.value for cell in sheet[1]][:4] == ["预测指标", "候选数", "成真数", "AUC"]
    assert sheet["A2"].value == "补链得分"
    assert json.loads((folder / "run.json").read_text("utf-8"))["parameters"]["backtest"] is True


def test_the_delta_in_english_by_names() -> None:
    _, found, text, _ = answer("china", "Rice", "上海,江苏,浙江,安徽")
    assert text.startswith("Rice: of 7 stages, Shanghai")
    assert "Zhejiang 7 (" in text
    assert "Breakpoints" not in text, "Zhejiang has every stage"
    assert "could fill it, a link has a probability of" in text
    assert set(found.fill["code"]) == {"310000", "320000", "340000"}


def test_cities_of_the_delta_have_the_chain_too() -> None:
    study, _, text, stages = answer("yangtze-delta", "水稻")
    assert text.startswith("Rice: of 41 regions,")
    assert len(stages) == (len(study.regions) + 1) * 7
    assert (
        stages.loc[stages["place"] == COUNTRY, "actors"].sum() > stages.loc[stages["place"] != COUNTRY, "actors"].sum()
    )


def write_cars(folder: Path, *, covered: bool) -> None:
    study = make_car_study()
    tables = {
        "regions": study.regions.reset_index(),
        "actors": study.actors,
        "records": study.records,
        "chains": study.chains,
    }
    tables |= {"coverage": study.coverage} if covered else {}
    for name, table in tables.items():
        assert table is not None
        table.to_csv(folder / f"{name}.csv", index=name == "actors")


def test_a_chain_of_ones_own_without_declared_coverage_has_no_absence(tmp_path: Path) -> None:
    write_cars(tmp_path, covered=False)
    done = run("chains", "--study", str(tmp_path), "--out", str(tmp_path / "out"), "--lang", "en")
    assert done.exit_code == 0
    assert "is not declared" in done.stdout
    assert set(read(tmp_path / "out", "stages")["state"]) == {"present", "not covered"}
    declared = run(
        "chains", "--study", str(tmp_path), "--absent", "no listed firm", "--out", str(tmp_path / "b"), "--lang", "en"
    )
    assert declared.exit_code == 0
    stages = read(tmp_path / "b", "stages")
    assert set(stages["state"]) == {"present", "absent"}
    assert set(stages.loc[stages["state"] == "absent", "absent"]) == {"no listed firm"}


def test_a_study_too_small_for_a_model_still_has_its_chain(tmp_path: Path) -> None:
    write_cars(tmp_path, covered=True)
    done = run("chains", "--study", str(tmp_path), "--out", str(tmp_path / "out"), "--lang", "zh")
    assert done.exit_code == 0
    assert "未推荐补链地区" in done.stdout
    fill = read(tmp_path / "out", "fill")
    assert set(fill["measure"]) == {"strengthen"}
    states = read(tmp_path / "out", "stages").set_index(["place", "stage"])["state"]
    assert states["D", "car"] == "not covered"
    assert states["B", "car"] == "absent"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--chain", "Rise"), "no chain 'Rise'"),
        (("--group", "Atlantis"), "Atlantis"),
        (("--study", "bare"), "has no chains"),
    ],
)
def test_wrong_questions_are_refused(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    write_cars(bare, covered=False)
    (bare / "chains.csv").unlink()
    asked = [str(bare) if word == "bare" else word for word in arguments]
    done = run("chains", "--lang", "en", "--out", str(tmp_path / "out"), *asked)
    assert done.exit_code == 1
    assert said in done.stderr
    assert not (tmp_path / "out").exists()


def test_the_example_says_that_it_is_made_up(tmp_path: Path) -> None:
    example = Path(__file__).parents[1] / "docs" / "examples" / "nev-synthetic"
    group = "辽宁,吉林,黑龙江,内蒙古"
    done = run("chains", "--study", str(example), "--group", group, "--lang", "zh", "--out", str(tmp_path))
    assert done.exit_code == 0
    assert "虚构" in done.stdout
    stages = read(tmp_path, "stages")
    assert set(stages["chain"]) == {"新能源汽车(虚构示例)"}
    assert set(stages.loc[stages["state"] == "absent", "absent"]) == {"虚构名单中没有企业"}
    assert "0%（0%" not in done.stdout, "nothing is impossible"
    book = openpyxl.load_workbook(tmp_path / "chains.xlsx")
    assert any("全部为虚构" in str(row[0]) for row in book["说明"].iter_rows(values_only=True))


def test_scopes_by_group_embedded_name_and_names() -> None:
    study = load_study("china")
    codes = ("210000", "220000", "230000")
    for group in ("northeast", "东北", "辽宁、吉林,黑龙江"):
        assert find_scope(study, group).codes == codes
    assert find_scope(study, "northeast").names[GROUP].zh == "东北"
    assert GROUP not in find_scope(study, "辽宁").places
    assert len(find_scope(study, None).codes) == 31
    with pytest.raises(MethodError, match="neither a set of regions"):
        find_scope(study, "辽宁,火星")


def test_chains_are_opened_once_and_absence_is_declared_first() -> None:
    study = load_study("china")
    assert [chain.name for chain in open_chains(study, ChainQuery(("水稻", "Rice", "玉米")))] == ["Rice", "Maize"]
    assert len(open_chains(study, ChainQuery())) == 61
    assert declare_absent(study, None) is study
    declared = declare_absent(study, "none here").coverage
    assert declared is not None
    assert declared["source"].iloc[0] == "none here"
