"""``regionet adopt``: the understood study as a workbook that reads back equal."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from regionet.cli import app
from regionet.commands.studies.adopt import write_study
from regions import MethodError, Study, read_study

TABLES = ("regions", "surroundings", "links", "actors", "records", "indicators", "dictionary", "groups", "neighbours")


def equal(one: Study, other: Study) -> None:
    for name in TABLES:
        left, right = getattr(one, name), getattr(other, name)
        assert (left is None) == (right is None), name
        if left is not None:
            pd.testing.assert_frame_equal(left, right, check_like=True, obj=name)
    assert (one.borders, one.directed, one.indicator) == (other.borders, other.directed, other.indicator)


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}{'.yaml' if name == 'study' else '.csv'}").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_study_reads_back_equal(tmp_path: Path, language: str) -> None:
    """Own links, groups and indicators on inherited ones; names that mean two regions go by their codes."""
    study = write(
        tmp_path,
        study="extends: 长三角\nborders: [province, macro_region]\n",
        links="来源地,目标地,权重,年份,类型\n常州,合肥市,12.5,2021,专利\n苏州,宿州,3,2022,论文\n合计,,15.5,,\n",
        groups="分组,地区代码,角色\n我的组,宿州,核心\n",
        indicators="地区,年份,gdp,专利\n常州,2022,1,7\n",
    )
    first = read_study(study)
    write_study(first, tmp_path / "new.xlsx", language=language)
    equal(first, read_study(tmp_path / "new.xlsx"))


def test_a_study_with_regions_of_its_own_reads_back_equal(folder: Path) -> None:
    (folder / "study.yaml").write_text("directed: true\nlevel: city\n", encoding="utf-8")
    first = read_study(folder)
    write_study(first, folder / "new.xlsx")
    equal(first, read_study(folder / "new.xlsx"))


def test_actors_and_records_read_back_equal_with_their_kinds(tmp_path: Path) -> None:
    study = write(
        tmp_path,
        actors="编号,单位名称,单位性质,所在地区\na,甲,国有企业,常州\nb,乙,高校,合肥\nc,丙,怪物,南京\n",
        records="专利号,单位编号,年份\nA1,a,2020\nA1,b,2020\nA2,b,2021\nA2,c,2021\n",
    )
    first = read_study(study)
    write_study(first, tmp_path / "new.xlsx")
    equal(first, read_study(tmp_path / "new.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "new.xlsx")["主体"]
    kinds = [cell.value for column in sheet.iter_cols() for cell in column if column[0].value == "机构类型"]
    assert kinds[1:] == ["国有企业", "高校", "怪物"]


def test_the_command_says_the_frame_and_never_replaces_a_file(tmp_path: Path) -> None:
    write(tmp_path, links="来源地,目标地,权重\n常州,合肥市,12\n")
    out = tmp_path / "new.xlsx"
    options = ["adopt", str(tmp_path / "links.csv"), "--frame", "长三角", "--out", str(out), "--lang", "zh"]
    done = CliRunner().invoke(app, options)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[0].startswith("数据集：yangtze-delta（41 个地区")
    before = out.read_bytes()
    again = CliRunner().invoke(app, options)
    assert again.exit_code == 2
    assert out.read_bytes() == before
    settings = [[cell.value for cell in row] for row in openpyxl.load_workbook(out)["设置"].iter_rows()]
    assert ["地区名录", "yangtze-delta"] in settings


def test_a_study_made_in_a_script_has_nothing_to_take_over(folder: Path) -> None:
    with pytest.raises(MethodError, match="was not read from a file"):
        write_study(replace(read_study(folder), origin=None), folder / "new.xlsx")


def test_indicators_alone_stay_alone_and_merged_cities_keep_their_rows(tmp_path: Path) -> None:
    """The frame gives the regions and nothing else, before and after: no inherited indicator, no embedded records."""
    rows = "合肥,2009,10\n巢湖,2009,3\n武汉,2009,5\n广州,2009,6\n"
    first = read_study(write(tmp_path, indicators=f"地区,年份,专利\n{rows}"))
    write_study(first, tmp_path / "new.xlsx")
    second = read_study(tmp_path / "new.xlsx")
    equal(first, second)
    assert second.indicators is not None
    assert set(second.indicators["code"]) == {"340100", "341400", "420100", "440100"}
    assert second.records is None
