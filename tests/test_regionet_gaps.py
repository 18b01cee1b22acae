"""``regionet gaps`` as a planner types it."""

import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from regionet.cli import app

CODES = {"source": str, "target": str}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["gaps", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gaps") / "out"
    result = run("--out", folder, "--lang", "zh", "--top", 12)
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def book(out: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(out / "gaps.xlsx")


def test_the_files(out: Path) -> None:
    assert sorted(path.name for path in out.iterdir()) == [
        "barriers.csv",
        "gaps.csv",
        "gaps.xlsx",
        "partners.csv",
        "run.json",
    ]
    manifest = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["top"] == 12
    assert manifest["parameters"]["path"] is None


def test_the_register_can_be_handed_on(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["说明", "缺口清单", "合作缺口", "潜在合作方", "边界代价", "模型校准", "指标说明"]
    rows = list(book["缺口清单"].iter_rows(values_only=True))
    assert rows[0][:4] == ("序号", "地区甲", "地区乙", "实际")
    assert rows[0][-4:] == ("期望值的构成", "合作方一", "合作方二", "合作方三")
    assert len(rows) == 13
    assert [row[0] for row in rows[1:]] == list(range(1, 13))
    assert {row[rows[0].index("证据等级")] for row in rows[1:]} <= {"强", "中", "弱"}
    assert all(str(row[-4]).startswith("期望") for row in rows[1:])
    assert all("–" in str(row[-3]) and str(row[-3]).endswith("条记录。") for row in rows[1:])


def test_long_texts_break_into_lines_in_readable_columns(book: openpyxl.Workbook) -> None:
    sheet = book["缺口清单"]
    letter = next(cell.column_letter for cell in sheet[1] if cell.value == "期望值的构成")
    assert sheet[f"{letter}2"].alignment.wrap_text
    assert sheet[f"{letter}2"].alignment.vertical == "top"
    assert sheet.column_dimensions[letter].width == pytest.approx(60, abs=1)
    assert sheet.column_dimensions["B"].width < 30


def test_limits_model_and_codebook_come_along(book: openpyxl.Workbook) -> None:
    about = "\n".join(str(row[0]) for row in book["说明"].iter_rows(values_only=True))
    assert "引力模型" in about
    assert "2011 年农业科研岗位" in about
    codebook = {row[0]: row for row in book["指标说明"].iter_rows(min_row=2, values_only=True)}
    used = {"reason_zh", "partner_1", "score", "acquaintance", "field_overlap", "expected"}
    assert used <= set(codebook)
    assert all(codebook[name][2] for name in used)
    heads = tuple(cell.value for cell in book["指标说明"][1])
    assert heads == ("列名（数据文件）", "名称", "含义")


def test_a_chinese_sheet_speaks_chinese(book: openpyxl.Workbook) -> None:
    heads = [cell.value for cell in book["潜在合作方"][1]]
    assert {"单位甲", "单位乙", "推荐理由"} <= set(heads)
    assert not [head for name in book.sheetnames for head in map(str, next(book[name].values)) if "英文" in head]
    for row in book["潜在合作方"].iter_rows(min_row=2, values_only=True):
        assert {row[heads.index("类别甲")], row[heads.index("类别乙")]} <= {
            "高校",
            "科研院所",
            "企业",
            "政府",
            "平台",
            "其他",
        }
        assert row[heads.index("协同路径")] in {"科研", "产业", "产学研", "其他"}


def test_the_calibration_has_a_native_chart(book: openpyxl.Workbook) -> None:
    sheet = book["模型校准"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("组", "地区对", "期望均值", "实际均值", "实际均值下限", "实际均值上限")
    assert sum(row[1] for row in rows[1:]) == 465  # type: ignore[misc]
    assert sum(row[1] * row[3] for row in rows[1:]) == pytest.approx(1844)  # type: ignore[operator, misc]
    (chart,) = sheet._charts
    # the line of equality has the same cells on both axes, the dots are the observed means
    places = [(series.xVal.numRef.f.split("!")[1], series.yVal.numRef.f.split("!")[1]) for series in chart.ser]
    assert places[-2:] == [("$C$2:$C$11", "$C$2:$C$11"), ("$C$2:$C$11", "$D$2:$D$11")]
    assert chart.x_axis.scaling.logBase == chart.y_axis.scaling.logBase == 10


def test_csv_workbook_and_json_carry_the_same_columns(out: Path, book: openpyxl.Workbook, tmp_path: Path) -> None:
    """The workbook shows names and reasons in one language; codes of columns and their words are in every codebook."""
    result = run("--out", tmp_path, "--lang", "en", "--json", "--top", 12)
    printed = json.loads(result.stdout)
    columns = list(pd.read_csv(out / "gaps.csv").columns)
    assert list(printed["gaps"][0]) == columns
    twins = [column for column in columns if f"{column}_zh" in columns]
    assert twins == ["source_name", "target_name", "reason"]
    assert len(next(book["合作缺口"].iter_rows(values_only=True))) == len(columns) - len(twins)
    told = {row["column"]: row for row in printed["codebook"]}
    assert set(columns) <= set(told)
    assert all(row["meaning"] and row["meaning_zh"] for row in told.values())
    sheet = {row[0] for row in book["指标说明"].iter_rows(min_row=2, values_only=True)}
    assert {*columns, *printed["partners"][0], *printed["barriers"][0]} <= sheet
    assert {*columns, *printed["partners"][0], *printed["barriers"][0]} == set(told)


def test_the_tables_hold_everything(out: Path) -> None:
    gaps = pd.read_csv(out / "gaps.csv", dtype=CODES)
    assert len(gaps) == 465
    assert gaps[["reason", "reason_zh"]].notna().all().all()
    partners = pd.read_csv(out / "partners.csv", dtype=CODES)
    assert partners["rank"].max() == 12
    assert (partners.groupby("rank").size() <= 3).all()
    first = gaps.iloc[0]
    assert partners[["source", "target"]].iloc[0].tolist() == [first["source"], first["target"]]


def test_filters_show_less_and_leave_the_model_alone(out: Path, tmp_path: Path) -> None:
    result = run("--out", tmp_path, "--region", "北京市", "--region", "450000", "--lang", "en", "--json")
    assert result.exit_code == 0, result.output
    printed = json.loads(result.stdout)
    assert len(printed["gaps"]) == 30 + 29
    assert all({"110000", "450000"} & {row["source"], row["target"]} for row in printed["gaps"])
    everything = pd.read_csv(out / "gaps.csv", dtype=CODES).set_index(["source", "target"])
    for row in printed["gaps"][:5]:
        assert row["expected"] == pytest.approx(everything.loc[(row["source"], row["target"]), "expected"])
    assert printed["partners"][0]["rank"] == 1


def test_between_two_groups(tmp_path: Path) -> None:
    result = run("--out", tmp_path, "--between", "yangtze-economic-belt", "three-northeast-provinces", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert len(pd.read_csv(tmp_path / "gaps.csv")) == 11 * 3
    assert "33 of 465 fitted pairs are shown" in result.stdout


def test_a_path_counts_its_ties_alone(tmp_path: Path) -> None:
    result = run("--out", tmp_path, "--path", "science", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert pd.read_csv(tmp_path / "gaps.csv")["observed"].sum() == 1825
    assert set(pd.read_csv(tmp_path / "partners.csv")["path"]) == {"science"}
    assert "Only counted: science." in result.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--path", "industry"], "regions"),
        (["--field", "Rise"], "nothing of field Rise; there are:"),
        (["--years", "2012", "2016"], "nothing of year 2012 - 2016; there are: 2011, 2017, 2019"),
        (["--region", "Beijng"], "no region 'Beijng'. Did you mean Beijing"),
        (["--between", "core", "nobody"], "no group 'nobody'"),
        (
            ["--region", "Beijing", "--between", "three-northeast-provinces", "three-northeast-provinces"],
            "no fitted pair",
        ),
    ],
)
def test_what_cannot_be_answered_says_why_and_writes_nothing(tmp_path: Path, options: list[str], message: str) -> None:
    result = run("--out", tmp_path / "out", "--lang", "en", *options)
    assert result.exit_code == 1
    assert message in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("options", [["--path", "art"], ["--between", "core"], ["--years", "2011"]])
def test_wrong_usage_exits_with_2(options: list[str]) -> None:
    assert run(*options).exit_code == 2


def test_studies_without_actors_get_gaps_and_a_note(tmp_path: Path) -> None:
    source = tmp_path / "study"
    source.mkdir()
    names = [f"N{i}" for i in range(12)]
    places = "".join(f"{name},{name},{100 + 3 * i},{30 + i % 4}\n" for i, name in enumerate(names))
    (source / "regions.csv").write_text("code,name,lon,lat\n" + places, encoding="utf-8")
    links = "".join(
        f"{a},{b},{1 + (i * j) % 7}\n"
        for i, a in enumerate(names)
        for j, b in enumerate(names)
        if i < j and (i + j) % 5
    )
    (source / "links.csv").write_text("source,target,weight\n" + links, encoding="utf-8")
    result = run("--study", source, "--out", tmp_path / "out", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "No partners: study" in result.stdout
    assert not (tmp_path / "out" / "partners.csv").exists()
    sheet = openpyxl.load_workbook(tmp_path / "out" / "gaps.xlsx")["Register"]
    assert [cell.value for cell in sheet[1]][-1] == "Reason"


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write links of three years between 14 towns; the first two have none in the last year."""
    folder = tmp_path_factory.mktemp("panel")
    names = [f"N{i:02d}" for i in range(14)]
    places = "".join(f"{name},{name},{100 + i % 5},{30 + i // 5}\n" for i, name in enumerate(names))
    (folder / "regions.csv").write_text("code,name,lon,lat\n" + places, encoding="utf-8")
    links = "".join(
        f"{a},{b},{year},{12 + (7 * i + 5 * j + year) % 9}\n"
        for year in (2019, 2020, 2021)
        for i, a in enumerate(names)
        for j, b in enumerate(names)
        if i < j and not (year == 2021 and (i, j) == (0, 1))
    )
    (folder / "links.csv").write_text("source,target,year,weight\n" + links, encoding="utf-8")
    return folder


def test_years_side_by_side(panel: Path, tmp_path: Path) -> None:
    result = run("--study", panel, "--out", tmp_path, "--lang", "en", "--by", "year")
    assert result.exit_code == 0, result.output
    gaps = pd.read_csv(tmp_path / "gaps.csv")
    assert gaps.groupby("year").size().to_dict() == dict.fromkeys((2019, 2020, 2021), 91)
    first = gaps.iloc[0]
    assert (first["source"], first["target"], first["year"]) == ("N00", "N01", 2021)
    assert (first["grade"], first["moved"]) == ("strong", "opened")
    assert "'closed' says that the year has no evidence" in " ".join(result.output.split())
    moves = pd.read_csv(tmp_path / "moves.csv").set_index("year")
    assert moves.loc[2021, "opened"] >= 1
    assert (moves["judged"] == 91).all()
    assert "2021: 91 pairs of 14 regions, 1 strong" in result.stdout
    assert "is left out" not in result.stdout  # a study without borders has no price of them, and all its years
    assert "corrected for all 273 tests" in result.stdout
    book = openpyxl.load_workbook(tmp_path / "gaps.xlsx")
    assert book.sheetnames == ["About", "Register", "Gaps", "Movement", "Codebook"]
    assert [cell.value for cell in book["Register"][1]][:2] == ["#", "Year"]
    assert book["Register"]["B2"].value == 2021
    assert book["Register"]["B2"].number_format == "0"
    assert " 2021  N00" in result.stdout
    reasons = gaps.groupby("grade")["reason"].apply(lambda texts: texts.notna().mean()).to_dict()
    assert reasons.pop("none") == 0  # sentences are for gaps alone: files stay of a size that opens
    assert set(reasons.values()) == {1.0}
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["parameters"]["by"] == "year"


def test_years_that_a_study_sets_aside_bring_its_limits_and_regions_without_links_are_named(tmp_path: Path) -> None:
    result = run("--study", "china", "--out", tmp_path, "--lang", "zh", "--by", "year")
    assert result.exit_code == 0, result.output
    told = result.stdout
    assert (
        told.index("“消失”只表示后一年没有记录或证据")
        < told.index("年份之间的差异不是趋势")
        < told.index("2011：31 个")
    )
    assert "该年没有跨地区合作记录、因而未作判断的地区 1 个：青海省。" in told
    assert "各年缺口数也不宜相比" in told
    book = openpyxl.load_workbook(tmp_path / "gaps.xlsx")
    sheet = [str(row[0]) for row in book["说明"].iter_rows(values_only=True)]
    assert "“消失”只表示" in sheet[1]
    assert sum("年份之间的差异不是趋势" in line for line in sheet) == 1


def test_words_of_movement_follow_the_language(panel: Path, tmp_path: Path) -> None:
    result = run("--study", panel, "--out", tmp_path, "--lang", "zh", "--by", "year", "--window", "2")
    assert result.exit_code == 0, result.output
    assert set(pd.read_csv(tmp_path / "gaps.csv")["year"]) == {2020, 2021}
    book = openpyxl.load_workbook(tmp_path / "gaps.xlsx")
    rows = list(book["缺口清单"].iter_rows(values_only=True))
    assert {row[rows[0].index("变动")] for row in rows[1:]} <= {"新出现", "持续", "消失", "无", "首次"}
    assert "2021：14 个地区、91 对" in result.stdout


@pytest.fixture
def institutes(tmp_path: Path) -> Path:
    """Write projects of two years: universities of 10 towns with each other, and firms in one of them."""
    folder = tmp_path / "institutes"
    folder.mkdir()
    towns = [f"N{i}" for i in range(10)]
    places = "".join(f"{name},{name},{100 + i % 5},{30 + i // 5}\n" for i, name in enumerate(towns))
    (folder / "regions.csv").write_text("code,name,lon,lat\n" + places, encoding="utf-8")
    actors = "".join(f"u{name},U {name},university,{name}\nf{name},F {name},enterprise,{name}\n" for name in towns)
    (folder / "actors.csv").write_text("id,name,kind,region\n" + actors, encoding="utf-8")
    rows = [
        f"{kind}{a}{b}{year}{number},{kind}{end},{year}\n"
        for year in (2019, 2020)
        for i, a in enumerate(towns)
        for j, b in enumerate(towns[:i])
        for kind in ("u", "f")
        for number in range(2 + (3 * i + 5 * j + year) % 4)
        if kind == "u" or year == 2020
        for end in (a, b)
    ]
    (folder / "records.csv").write_text("record,actor,year\n" + "".join(rows), encoding="utf-8")
    return folder


def test_years_side_by_side_on_one_path(institutes: Path, tmp_path: Path) -> None:
    """The links of a path alone, year by year; a year in which nobody is on it is told, not lost."""
    for name, options in {"years": ["--by", "year"], "all": []}.items():
        done = run("--study", institutes, "--out", tmp_path / name, "--lang", "en", "--path", "science", *options)
        assert done.exit_code == 0, done.output
    years, whole = (pd.read_csv(tmp_path / name / "gaps.csv") for name in ("years", "all"))
    assert years.groupby("year").size().to_dict() == {2019: 45, 2020: 45}
    assert years["observed"].sum() == pytest.approx(whole["observed"].sum(), rel=1e-9)
    told = run("--study", institutes, "--out", tmp_path / "f", "--lang", "en", "--path", "industry", "--by", "year")
    assert "2019 is left out" in told.output


def test_paths_side_by_side(tmp_path: Path) -> None:
    result = run("--out", tmp_path, "--by", "path", "--lang", "en", "--json", "--top", 4)
    assert result.exit_code == 0, result.output
    printed = json.loads(result.stdout)
    assert {row["path"] for row in printed["gaps"]} == {"science", "science-industry"}
    asked = {(row["source"], row["target"]): row["path"] for row in printed["gaps"][:4]}
    assert all(asked[row["source"], row["target"]] == row["path"] for row in printed["partners"])
    assert "moves" not in printed


def test_the_register_says_what_closing_a_gap_would_bring(out: Path) -> None:
    gaps = pd.read_csv(out / "gaps.csv", dtype=CODES)
    short = gaps["gap"] > 0
    received = ["gain_received_source", "gain_received_target", "gain_received_all"]
    nearer = ["gain_closeness_source", "gain_closeness_target"]
    assert (gaps.loc[short, received] > 0).all(axis=None)
    assert (gaps[nearer] >= 0).all(axis=None)
    assert (gaps.loc[short, nearer] > 0).any(axis=None)
    assert (gaps.loc[~short, [*received, *nearer]] == 0).all(axis=None)
    assert (gaps["gain_received_all"] >= gaps["gain_received_source"] + gaps["gain_received_target"] - 1e-9).all()


def test_what_if_two_regions_had_more_links(out: Path, tmp_path: Path) -> None:
    options = ("--what-if", "四川省", "620000")
    result = run("--out", tmp_path, "--lang", "en", *options)
    assert result.exit_code == 0, result.output
    register = pd.read_csv(out / "gaps.csv", dtype=CODES).set_index(["source", "target"])
    gap = register.loc[("510000", "620000")]
    found = pd.read_csv(tmp_path / "whatif.csv", dtype={"code": str})
    assert len(found) == 31
    assert found["code"].iloc[:2].tolist() == ["620000", "510000"]
    assert found.loc[0, "strength_gain"] == pytest.approx(gap["gap"])
    # the one pair is answered by the same numbers as the register of all
    ends = found.set_index("code")
    assert ends.loc["510000", "received_gain"] == pytest.approx(gap["gain_received_source"])
    assert ends.loc["620000", "received_gain"] == pytest.approx(gap["gain_received_target"])
    assert found["received_gain"].sum() == pytest.approx(gap["gain_received_all"])
    assert f"With {gap['gap']:.1f} more links between Sichuan and Gansu: closeness Sichuan +" in result.stdout
    book = openpyxl.load_workbook(tmp_path / "gaps.xlsx")
    assert "What if" in book.sheetnames
    told = {row[0]: row for row in book["Codebook"].iter_rows(min_row=2, values_only=True)}
    assert all(told[name][2] for name in ("received_gain", "closeness_after", "gain_received_all"))


def test_what_if_with_so_many_links(tmp_path: Path) -> None:
    result = run("--out", tmp_path, "--lang", "zh", "--what-if", "510000", "620000", "--links", "5", "--json")
    printed = json.loads(result.stdout)
    assert printed["whatif"][0]["strength_gain"] == 5
    assert {"received_gain", "strength_after"} <= {row["column"] for row in printed["codebook"]}
    assert (tmp_path / "whatif.csv").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--what-if", "Beijing", "Nowhere"], "no region 'Nowhere'"),
        (["--what-if", "110000", "110000", "--links", "3"], "two different regions"),
        (["--what-if", "Beijing", "Sichuan", "--links", "0"], "more than 0 links"),
        (["--what-if", "320000", "330000", "--region", "Beijing"], "no gap to close among the pairs shown"),
    ],
)
def test_a_what_if_that_cannot_be_says_why(tmp_path: Path, options: list[str], message: str) -> None:
    result = run("--out", tmp_path / "out", "--lang", "en", *options)
    assert result.exit_code == 1
    assert message in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--by", "path", "--path", "science"], "gaps by path are of every path"),
        (["--by", "path", "--window", "2"], "a window of years needs gaps by year"),
        (["--window", "2"], "a window of years needs gaps by year"),
    ],
)
def test_parts_that_cannot_be_are_refused(tmp_path: Path, options: list[str], message: str) -> None:
    result = run("--out", tmp_path / "out", "--lang", "en", *options)
    assert result.exit_code == 1
    assert message in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_what_if_without_an_indicator_speaks_of_closeness(panel: Path, tmp_path: Path) -> None:
    result = run("--study", panel, "--out", tmp_path, "--lang", "en", "--what-if", "N00", "N13", "--links", "4.5")
    assert result.exit_code == 0, result.output
    assert "With 4.5 more links between N00 and N13: closeness N00 +" in result.stdout
    assert "spillover" not in result.stdout
    found = pd.read_csv(tmp_path / "whatif.csv")
    assert "received_gain" not in found
    assert found.set_index("code").loc[["N00", "N13"], "strength_gain"].tolist() == [4.5, 4.5]
    gaps = pd.read_csv(tmp_path / "gaps.csv")
    assert [name for name in gaps if name.startswith("gain_")] == ["gain_closeness_source", "gain_closeness_target"]


def test_years_can_be_narrowed_down(panel: Path, tmp_path: Path) -> None:
    result = run("--study", panel, "--out", tmp_path, "--by", "year", "--years", 2020, 2021, "--region", "N00")
    assert result.exit_code == 0, result.output
    gaps = pd.read_csv(tmp_path / "gaps.csv")
    assert gaps.groupby("year").size().to_dict() == {2020: 13, 2021: 13}
    assert set(gaps.loc[gaps["year"] == 2020, "moved"]) == {"first"}


def test_one_line_reconciles_a_likely_shortfall_with_a_wide_interval(tmp_path: Path) -> None:
    from regionet.steps.gaps.reconciled import reconcile_columns  # noqa: PLC0415 - heavy

    row = {"observed": 87.0, "low": 51.0, "high": 365.0, "q": 0.31, "shortfall_probability": 0.9971}
    note = reconcile_columns(pd.DataFrame([row]))
    assert note is not None
    assert "87 may lie inside 51-365, be no proof (q = 0.31), and still be 99.7 % likely" in note.en
    assert "87 可以落在 51—365 之内" in note.zh
    assert reconcile_columns(pd.DataFrame([row | {"observed": 40.0}])) is None
    assert reconcile_columns(pd.DataFrame([row | {"q": 0.01}])) is None
    assert reconcile_columns(pd.DataFrame([row | {"shortfall_probability": 0.9}])) is None
    told = run("--out", tmp_path / "out", "--lang", "en").output
    assert "How the columns agree" in told


def test_the_price_of_borders_by_year_beside_that_of_all(tmp_path: Path) -> None:
    result = run("--study", "china", "--out", tmp_path, "--lang", "en", "--by", "year")
    assert result.exit_code == 0, result.output
    table = pd.read_csv(tmp_path / "barriers.csv", dtype={"year": "Int64"})
    assert list(table.columns[:3]) == ["year", "barrier", "barrier_name"]
    borders = table[table["barrier"] == "different_macro_region"]
    assert borders["year"].isna().tolist() == [True, False, False, False]
    assert borders["year"].tolist()[1:] == [2011, 2017, 2019]
    alone = tmp_path / "alone"
    assert run("--study", "china", "--out", alone, "--lang", "en", "--years", "2017", "2017").exit_code == 0
    once = pd.read_csv(alone / "barriers.csv").set_index("barrier").loc["different_macro_region"]
    row = borders[borders["year"] == 2017].iloc[0]
    for name in ("percent", "percent_low", "percent_high", "lost"):
        assert row[name] == pytest.approx(once[name], rel=1e-9)
    assert "'Different macro region' by year:" in result.stdout
    assert "in 2011" in result.stdout
