"""``regionet check``: what was understood comes before what is wrong."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from regionet.cli import app
from regionet.commands.studies.check import join_alike
from regionet.steps.questions import list_questions
from regions import load_study, read_study
from regions.understood import Understood
from regions.words import Words

LINKS = "来源地,目标地,权重,年份\n常州,合肥市,12,2021\n常州,南京,8,2022\n北京,合肥,5,2022\n合计,,25,\n"


def check(folder: Path, *options: str) -> tuple[int, list[str]]:
    result = CliRunner().invoke(app, ["check", "--study", str(folder), "--lang", "zh", *options])
    return result.exit_code, result.stdout.splitlines()


def test_what_was_understood_stands_before_the_verdict(tmp_path: Path) -> None:
    (tmp_path / "links.csv").write_text(LINKS, encoding="utf-8")
    code, lines = check(tmp_path, "--frame", "长三角")
    assert code == 0
    assert lines[0].startswith("数据集：yangtze-delta（41 个地区，按要求采用，含数据量的 90.0%")
    assert lines[1] == "W-LEFTOUT  links.csv：已略去 1 行非地区行：合计类：合计 (1)。"
    text = "\n".join(lines)
    assert "links.csv：“联系”表，4 行" in text
    assert "来源地 → 合作方甲所在地；目标地 → 合作方乙所在地；权重 → 权重；年份 → 年份" in text
    assert [line.split()[1:] for line in lines if line.startswith("links.csv ")] == [
        ["联系", "2021", "1", "12", "0"],
        ["联系", "2022", "2", "13", "0"],
    ]
    assert "不能回答：潜在合作方（没有单位明细（记录与主体））" in lines
    assert lines[-1] == "检查通过：41 个地区，1 条提示。"


def test_faults_of_one_value_are_one_line_and_understanding_is_shown_beside_them(tmp_path: Path) -> None:
    rows = "".join(f"常州,HU10,{weight}\n" for weight in range(1, 1500))
    (tmp_path / "links.csv").write_text(f"source,target,weight\n{rows}HU11,常州,1\n", encoding="utf-8")
    code, lines = check(tmp_path, "--frame", "长三角")
    assert code == 1
    assert [line for line in lines if line.startswith("E-")] == [
        "E-UNKNOWN  links.csv 第 2、3、4、5、6、7、8、9、10、11 等 1,000 行 target 列：“HU10”不在地区表中。",
        "E-UNKNOWN  links.csv 第 1002 行 target 列：此行起另有 499 个单元格有同样问题。",
        "E-UNKNOWN  links.csv 第 1501 行 source 列：“HU11”不在地区表中。",
    ]
    assert "links.csv：“联系”表，1,500 行" in lines


def test_indicators_are_summed_by_year(tmp_path: Path) -> None:
    (tmp_path / "indicators.csv").write_text("地区,年份,专利\n常州,2021,3\n合肥,2021,4\n常州,2022,\n", encoding="utf-8")
    code, lines = check(tmp_path)
    assert code == 0
    assert [line.split()[2:] for line in lines if line.startswith("indicators.csv 专利")] == [
        ["各行合计", "2021", "2", "7", "0"],
        ["各行合计", "2022", "0", "0", "1"],
    ]
    assert "可以回答：无" in lines


def test_the_same_as_json(tmp_path: Path) -> None:
    (tmp_path / "links.csv").write_text(LINKS, encoding="utf-8")
    result = CliRunner().invoke(app, ["check", "--study", str(tmp_path), "--frame", "china-cities", "--json"])
    found = json.loads(result.stdout)
    assert found["good"] is True
    assert "369" in found["frame"]["en"]
    assert found["understood"][0]["columns"][0] == {
        "header": "来源地",
        "taken_as": {"en": "source", "zh": "合作方甲所在地"},
    }
    assert sum(total["sum"] for total in found["sums"]) == pytest.approx(25)
    answers = {each["question"]["en"]: each["answer"] for each in found["questions"]}
    assert answers["change over the years"] is True
    assert answers["possible partners"] is False


def test_sheets_of_one_form_are_told_once() -> None:
    form, total = Words("pairs", "对"), Words("totals", "合计行")
    columns = (("甲", form),)
    tables = [Understood(f"b.xlsx[{year}]", form, 10, columns, ((total, 1, ("合计",)),)) for year in ("2021", "2022")]
    joined = join_alike([*tables, Understood("b.xlsx[x]", form, 3)])
    assert [(table.label, table.rows) for table in joined] == [("b.xlsx[2021, 2022]", 20), ("b.xlsx[x]", 3)]
    assert joined[0].left_out == ((total, 2, ("合计",)),)


CITIES = ["上海", "南京", "无锡", "常州", "苏州", "合肥", "杭州", "宁波"]


def answers(folder: Path, pairs: list[tuple[str, str]]) -> dict[str, bool]:
    pd.DataFrame(pairs, columns=["source", "target"]).to_csv(folder / "links.csv", index=False)
    return {each.what.en: each.answer for each in list_questions(read_study(folder))}


def test_links_of_one_city_give_masses_and_no_region_effects(tmp_path: Path) -> None:
    found = answers(tmp_path, [("常州", city) for city in CITIES if city != "常州"])
    assert found["gaps, with masses"]
    assert not found["gaps, with region effects"]


def test_a_full_network_gives_region_effects(tmp_path: Path) -> None:
    found = answers(tmp_path, [(a, b) for a in CITIES for b in CITIES if a < b])
    assert found["gaps, with region effects"]
    assert found["standing of the regions in the network"]
    assert not found["change over the years"]


def test_few_links_give_scores_alone(tmp_path: Path) -> None:
    found = answers(tmp_path, [("常州", "合肥")])
    assert found["standing of the regions in the network"]
    assert not found["gaps, with region effects"]


@pytest.mark.parametrize("word", ["yangtze-delt", "长三"])
def test_a_mistyped_frame_is_found_before_anything_is_read(tmp_path: Path, word: str) -> None:
    (tmp_path / "links.csv").write_text("nonsense", encoding="utf-8")
    code, lines = check(tmp_path, "--frame", word)
    assert code == 1
    assert lines[0].startswith(f"E-FRAME  {word}")


def test_unknown_regions_come_with_the_option_that_leaves_them_out(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text("code,name,lon,lat\na,A,100,30\nb,B,101,31\n", encoding="utf-8")
    (tmp_path / "links.csv").write_text("source,target\na,b\na,Q1\nb,Q2\n", encoding="utf-8")
    code, lines = check(tmp_path)
    assert code == 1
    assert sum("--on-unknown drop" in line for line in lines) == 1
    done = CliRunner().invoke(app, ["score", "--study", str(tmp_path), "--out", str(tmp_path / "o"), "--lang", "zh"])
    assert done.exit_code == 1
    assert "加 --on-unknown drop 可略去含未知地区或主体的行，并计数。" in done.output
    code, lines = check(tmp_path, "--on-unknown", "drop")
    assert code == 0
    assert not any("--on-unknown" in line for line in lines)


def test_indicators_alone_have_no_links_rather_than_no_years(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text("code,name,lon,lat\na,A,100,30\nb,B,101,31\n", encoding="utf-8")
    (tmp_path / "indicators.csv").write_text("code,year,gdp\na,2020,1\nb,2020,2\n", encoding="utf-8")
    years = next(each for each in list_questions(read_study(tmp_path)) if "year" in each.what.en)
    assert not years.answer
    assert years.why.en == "no link between two regions"


def write_panel(folder: Path, header: str, row: str) -> dict[str, tuple[bool, str]]:
    """Write two regions by two years and return each question in Chinese with its answer and reason."""
    (folder / "regions.csv").write_text("code,name,lon,lat\na,A,100,30\nb,B,101,31\n", encoding="utf-8")
    rows = "".join(f"{code},{year},{row}\n" for code in "ab" for year in (2020, 2021))
    (folder / "indicators.csv").write_text(f"code,year,{header}\n{rows}", encoding="utf-8")
    return {each.what.zh: (each.answer, each.why.zh) for each in list_questions(read_study(folder))}


def test_indicators_alone_answer_the_scorecard(tmp_path: Path) -> None:
    header = "地区生产总值（亿元）,常住人口（万人）,研发经费（亿元）,研发人员"
    found = write_panel(tmp_path, header, "100,20,3,50")
    assert found["综合指数与地区画像（“index”“profile”：2 个指标，维度为研究、人才）"] == (True, "")
    assert found["维度间的耦合协调（“index”）"] == (True, "")
    assert found["人均产出的地区差距（“index”）"] == (True, "")
    answer, why = found["实际增长与动能（“index”）"]
    assert not answer
    assert "不变价" in why
    assert found["研究系统的生产率（“index”）"] == (False, "缺少：发明专利授权、高技术新产品销售")
    lines = check(tmp_path)[1]
    assert any(line.startswith("可以回答：综合指数与地区画像") for line in lines)


def test_real_product_of_two_years_answers_growth(tmp_path: Path) -> None:
    found = write_panel(tmp_path, "gdp_real,rd_expenditure,gdp", "100,2,90")
    assert found["实际增长与动能（“index”）"] == (True, "")
    assert found["维度间的耦合协调（“index”）"] == (False, "只有一个维度有指标：研究")
    assert not found["人均产出的地区差距（“index”）"][0]


def test_indicators_of_ones_own_are_pointed_to_a_scheme(tmp_path: Path) -> None:
    answer, why = write_panel(tmp_path, "孵化器", "3")["综合指数与地区画像（“index”“profile”）"]
    assert not answer
    assert "--scheme 文件" in why


def test_without_indicators_the_scorecard_is_one_question(tmp_path: Path) -> None:
    (tmp_path / "links.csv").write_text(LINKS, encoding="utf-8")
    study = read_study(tmp_path, frame="china-cities")
    bare = replace(study, indicators=None)
    asked = [each for each in list_questions(bare) if "index" in each.what.en]
    assert [(each.answer, each.why.zh) for each in asked] == [(False, "没有这些地区的指标")]


def test_years_set_aside_are_named_with_what_shows_them() -> None:
    years = next(each for each in list_questions(load_study("china")) if "year" in each.what.en)
    assert not years.answer
    assert years.why.zh.startswith("数据集本身只计 1 个年份；2017、2019 年另列，“dynamics”“gaps --by year”")
