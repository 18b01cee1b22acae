"""What planners brought, each in the form in which they keep it, with the right answer; all inputs are written here."""

import json
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from typer.testing import CliRunner

import analysis
import geodata
from regionet.cli import app
from regions import StudyError, read_study

DELTA = ["上海", "南京", "无锡", "常州", "苏州", "南通", "杭州", "宁波", "合肥", "芜湖"]


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}{'.yaml' if name == 'study' else '.csv'}").write_text(text, encoding="utf-8")
    return folder


def run(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(word) for word in words])
    return result.exit_code, result.output


def test_04_the_focus_comes_along_with_the_extended_study(tmp_path: Path) -> None:
    """A star of ten cities: among 369 regions the betweenness of Shanghai would be next to nothing."""
    rows = "".join(f"上海,{city},{place}\n" for place, city in enumerate(DELTA[1:], 1))
    study = read_study(
        write(tmp_path, study="extends: yangtze-delta\n", links=f"来源地,目标地,权重\n{rows}北京,合肥,5\n")
    )
    assert len(study.regions) == 41
    network = analysis.build_network(study)
    assert network.nodes["340100"]["external"] == 5
    star = nx.star_graph(9)
    star.add_nodes_from(range(10, 41))
    expected = nx.betweenness_centrality(star)[0]
    assert analysis.measure_centrality(network)["betweenness"]["310000"] == pytest.approx(expected, rel=1e-9)


def test_05_an_own_group_stands_beside_the_inherited_ones(tmp_path: Path) -> None:
    cards = {"study": "extends: yangtze-delta\nfocus: yangtze-delta\n", "groups": "分组,地区代码\n皖北,宿州\n"}
    study = read_study(write(tmp_path, links="来源地,目标地,权重\n常州,合肥市,12\n", **cards))
    assert study.groups is not None
    assert {"皖北", "yangtze-delta", "north-anhui"} <= set(study.groups["group"])
    assert len(study.regions) == 41


def test_06_suzhou_is_ambiguous_and_both_are_named(tmp_path: Path) -> None:
    links = "来源地,目标地,权重\n常州,Suzhou,12\n常州,合肥 ,3\n 常州市区,合肥,3\n常州,全国,4\n常州,合肥高新区,4\n"
    with pytest.raises(StudyError) as caught:
        read_study(write(tmp_path, study="extends: yangtze-delta\n", links=links))
    assert [(fault.code, fault.row) for fault in caught.value.faults] == [("E-AMBIG", 2)]
    assert "苏州市 (320500)、宿州市 (341300)" in caught.value.faults[0].message_zh


def test_06_the_other_names_are_read_or_left_out_by_name(tmp_path: Path) -> None:
    links = "来源地,目标地,权重\n常州,合肥 ,3\n 常州市区,合肥,3\n常州,全国,4\n常州,上海浦东新区,4\n常州,合肥高新区,4\n"
    study = read_study(write(tmp_path, study="extends: yangtze-delta\n", links=links))
    assert study.links is not None
    assert study.links["target"].tolist() == ["340100", "340100", "310000", "340100"]
    said = {fault.code: fault.message_zh for fault in study.warnings}
    assert said["W-LEFTOUT"] == "已略去 1 行非地区行：全国：全国 (1)。"
    assert "合肥高新区 → 合肥市" in said["W-INSIDE"]


@pytest.mark.parametrize("header", ["所在地区", "城市", "地区"])
def test_07_08_09_kinds_are_known_and_the_place_of_actors_is_found(tmp_path: Path, header: str) -> None:
    actors = (
        f"单位编号,单位名称,单位性质,{header}\na,甲,国有企业,常州\nb,乙,民营企业,合肥\nc,丙,大专院校,南京\n"
        "d,丁,新型研发机构,苏州\ne,戊,医院,上海\n"
    )
    records = "专利号,单位编号,年份\nA1,a,2020\nA1,b,2020\nA2,b,2020\nA2,c,2020\nA3,d,2020\nA3,e,2020\n"
    card = "extends: china-cities\nfocus: yangtze-delta\n"
    study = read_study(write(tmp_path, study=card, actors=actors, records=records))
    assert study.actors is not None
    assert study.actors["kind"].tolist() == ["enterprise", "enterprise", "university", "institute", "other"]
    assert study.actors["region"].tolist() == ["320400", "340100", "320100", "320500", "310000"]
    ties = analysis.build_layers(study, "path")
    assert {name: layer.size("weight") for name, layer in ties.items() if layer.size()} == {
        "industry": 1,
        "science-industry": 1,
        "other": 1,
    }


def build_squares(code: str, count: int = 9) -> str:
    """Write squares of one degree side by side, with their codes under a name of the planner's own."""
    features = [
        {
            "type": "Feature",
            "properties": {code: f"Z{i:02d}", "NAME_LATN": f"Land {i}", "CNTR": "left" if i < count // 2 else "right"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[i, 50], [i + 1, 50], [i + 1, 51], [i, 51], [i, 50]]],
            },
        }
        for i in range(count)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def list_links(count: int = 9) -> str:
    pairs = [(i, j) for i in range(count) for j in range(i + 1, count)]
    return "source,target,weight\n" + "".join(f"Z{i:02d},Z{j:02d},{20 // (j - i) + 1}\n" for i, j in pairs)


@pytest.mark.parametrize("own", [True, False])
def test_16_17_a_boundary_file_gives_codes_names_and_points(tmp_path: Path, *, own: bool) -> None:
    """With a table of regions, or with nothing but the boundaries and the links."""
    (tmp_path / "boundaries.geojson").write_text(build_squares("NUTS_ID"), encoding="utf-8")
    if own:
        rows = "".join(f"Z{i:02d},Land {i},{'left' if i < 4 else 'right'}\n" for i in range(9))
        (tmp_path / "regions.csv").write_text(f"code,name,CNTR\n{rows}", encoding="utf-8")
    study = read_study(write(tmp_path, study="borders: [CNTR]\n", links=list_links()))
    assert study.regions["name"].tolist() == [f"Land {i}" for i in range(9)]
    assert study.borders == ("CNTR",)
    points = geodata.find_points(study)
    assert points["lon"].tolist() == pytest.approx([i + 0.5 for i in range(9)])
    distances = geodata.measure_distances(study)
    options = analysis.GravityOptions(stability=False)
    gaps = analysis.find_gaps(study, analysis.build_network(study), distances, options=options)
    assert len(gaps) == 36


def test_16_the_property_of_the_codes_may_be_settled(tmp_path: Path) -> None:
    shapes = json.loads(build_squares("NUTS_ID"))
    for feature in shapes["features"]:
        feature["properties"]["OTHER"] = feature["properties"]["NUTS_ID"]
    (tmp_path / "boundaries.geojson").write_text(json.dumps(shapes), encoding="utf-8")
    write(tmp_path, links=list_links(), study="boundaries_code: OTHER\n")
    assert list(read_study(tmp_path).regions.index) == [f"Z{i:02d}" for i in range(9)]
    write(tmp_path, study="boundaries_code: NOWHERE\n")
    with pytest.raises(StudyError) as caught:
        read_study(tmp_path)
    assert [fault.code for fault in caught.value.faults] == ["E-FRAME"]
    assert "NUTS_ID" in caught.value.faults[0].message


def test_18_a_border_has_one_price_in_a_run(tmp_path: Path) -> None:
    """Two lands: the price in the sentence of the model is that of the table."""
    places = [(110 + 0.7 * (i % 5), 30 + 0.9 * (i // 5), "甲" if i < 7 else "乙") for i in range(14)]
    regions = "".join(f"C{i:02d},City {i},{lon},{lat},{land}\n" for i, (lon, lat, land) in enumerate(places))
    rows = "".join(
        f"C{i:02d},C{j:02d},{year},{1 + (7 * i + 3 * j + year) % 5 + (9 if places[i][2] == places[j][2] else 0)}\n"
        for year in (2020, 2021)
        for i in range(14)
        for j in range(i + 1, 14)
    )
    tables = {"regions": f"code,name,lon,lat,province\n{regions}", "links": f"source,target,year,weight\n{rows}"}
    write(tmp_path, study="name: two\nborders: [province]\n", **tables)
    code, output = run("gaps", "--study", tmp_path, "--out", tmp_path / "out", "--lang", "en")
    assert code == 0, output
    price = pd.read_csv(tmp_path / "out" / "barriers.csv").loc[0, "percent"]
    assert f"({price:+.0f} %)" in output
    assert f"changes expected collaboration by {price:+.0f} %" in output


def test_19_dropped_weight_is_said_on_top_and_never_shown_as_zero(tmp_path: Path) -> None:
    regions = "".join(f"Z{i:02d},Land {i},{i},50\n" for i in range(9)) + "IE04,North,20,50\n"
    links = list_links() + "".join(f"IE01,Z{i:02d},30\n" for i in range(9))
    write(tmp_path, regions=f"code,name,lon,lat\n{regions}", links=links)
    code, output = run("demo", "--study", tmp_path, "--on-unknown", "drop", "--out", tmp_path / "out", "--lang", "en")
    assert code == 0, output
    scores = pd.read_csv(tmp_path / "out" / "scores.csv").set_index("code")
    assert scores.loc["IE04", ["strength", "external"]].isna().all()
    assert scores.loc["Z00", "strength"] > 0
    assert "1 of 10 regions have no value" in output
    page = (tmp_path / "out" / "map.html").read_text("utf-8")
    assert "weight 270" in page


def test_20_settings_in_chinese(tmp_path: Path) -> None:
    """See test_regions_study_workbook.py for each setting; here the sheet as a planner filled it in."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "设置"
    rows = [["设置", "值"], ["内置研究", "china-cities"], ["级别", "市"], ["分析范围", "长三角"], ["有向", "否"]]
    for row in [*rows, ["双向重复", "合计"], ["未知名称", "略去"]]:
        book["设置"].append(row)
    sheet = book.create_sheet("联系")
    for row in (["来源地*", "目标地*", "权重", "年份"], ["常州", "合肥", 12, 2020]):
        sheet.append(row)
    book.save(tmp_path / "t.xlsx")
    code, output = run("check", "--study", tmp_path / "t.xlsx", "--lang", "zh")
    assert code == 0, output
    assert "数据集：china-cities（41 个地区" in output
    assert "来源地* → 合作方甲所在地" in output
