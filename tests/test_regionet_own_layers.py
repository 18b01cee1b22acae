"""Tables of an earlier run, or of the user, as layers of the page: what is used; the rest is counted and named."""

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from maps.page.layers import list_layers
from regionet.cli import app
from regionet.steps.layers.finished_layers import read_finished
from regionet.steps.layers.own_layers import MOST, OwnLayers, find_own_layers
from regions import MethodError, load_study
from regions.errors import StudyError

CHINA = load_study("china")
ANHUI, JIANGSU, ZHEJIANG = "340000", "320000", "330000"
FLOWS = {
    "key": "given",
    "title": ["Given", "溢出"],
    "note": None,
    "kind": "flows",
    "source": [0, 1, 3],
    "target": [1, 2, 0],
    "value": [0.5, -0.2, 9],
    "low": [0.1, -0.4, 8],
    "high": [0.9, 0.1, 10],
    "unit": ["yuan", "元"],
    "most": 2,
    "count": 3,
    "sum": 9.7,
    "under": None,
}
CLASSES = {
    "key": "halves",
    "title": ["Halves", "两半"],
    "note": ["How.", "方法。"],
    "kind": "classes",
    "names": [["a", "甲"], ["b", "乙"]],
    "of": [0, 1, None, 1],
    "outlined": False,
    "meaning": "order",
}


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def find(*paths: Path) -> OwnLayers:
    return find_own_layers(CHINA, paths)


def tell(found: OwnLayers, language: str = "en") -> str:
    return "\n".join(note.text(language) for note in found.notes)


def test_numbers_become_scores_and_few_words_classes(tmp_path: Path) -> None:
    write(tmp_path, "own.csv", "省份,得分,评级\n安徽,1.5,甲\n江苏省,-3,乙\nZhejiang,4,甲\n")
    found = find(tmp_path)
    (key,) = found.scores
    assert found.scores[key].dropna().to_dict() == {ANHUI: 1.5, JIANGSU: -3.0, ZHEJIANG: 4.0}
    assert found.scores.index.equals(CHINA.regions.index)
    assert found.words[key].label.zh == "得分（own）"
    assert found.words[key].meaning.en.endswith("(from own)")
    (classes,) = found.layers
    assert classes.names == (("乙", "乙"), ("甲", "甲"))  # type: ignore[union-attr]
    assert classes.members == {ANHUI: 1, JIANGSU: 0, ZHEJIANG: 1}  # type: ignore[union-attr]
    assert tell(found) == "2 layer(s) from own: 得分, 评级."


def test_of_years_the_latest_is_kept_and_the_others_are_counted(tmp_path: Path) -> None:
    write(tmp_path, "own.csv", "code,year,score\n340000,2022,9\n340000,2023,1\n320000,2023,2\n320000,2021,9\n")
    found = find(tmp_path)
    assert found.scores.iloc[:, 0].dropna().tolist() == [2.0, 1.0]
    assert "Not used of own.csv: 2 row(s) of years before 2023." in tell(found)
    assert found.words[found.scores.columns[0]].label.en.endswith("(own, 2023)")


def test_unknown_regions_are_counted_and_named(tmp_path: Path) -> None:
    write(tmp_path, "own.csv", "code,score\n340000,1\n320000,2\n全国,7\nMars,8\n")
    assert "2 row(s) that name no region of this study, such as Mars, 全国" in tell(find(tmp_path))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("weights,rho\ncontiguity,0.4\nknn,0.3\n", "no column names regions of this study"),
        ("code,weights,score\n340000,a,1\n340000,b,2\n", "several rows for one region"),
        ("source,target,score\n340000,320000,1\n320000,330000,2\n", "its rows are pairs of regions"),
        ("code,score\n", "no rows"),
    ],
)
def test_tables_that_are_none_by_region_are_named_with_the_reason(tmp_path: Path, text: str, reason: str) -> None:
    write(tmp_path, "other.csv", text)
    with pytest.raises(MethodError, match=f"{reason}: 1 file\\(s\\): other.csv"):
        find(tmp_path)
    write(tmp_path, "own.csv", "code,score\n340000,1\n320000,2\n")
    assert f"{reason}: 1 file(s): other.csv" in tell(find(tmp_path))


def test_columns_that_make_no_layer_are_named_with_the_reason(tmp_path: Path) -> None:
    rows = "".join(f"{code},{i},{i - 1},{i + 1},7,word {i}\n" for i, code in enumerate(CHINA.regions.index[:9]))
    write(tmp_path, "own.csv", "code,given,given_low,given_high,same,text\n" + rows)
    told = tell(find(tmp_path))
    assert "1 layer(s) from own: " in told
    assert "the ends of an interval: 2 column(s): given_low, given_high" in told
    assert "one value for all regions, or none: 1 column(s): same" in told
    assert "more than 8 different words: 1 column(s): text" in told


def test_names_beside_the_code_are_no_columns_and_twins_are_one_layer(tmp_path: Path) -> None:
    text = "code,name,name_zh,class,class_zh\n340000,Anhui,安徽省,low,低\n320000,Jiangsu,江苏省,high,高\n"
    write(tmp_path, "own.csv", text)
    found = find(tmp_path)
    (layer,) = found.layers
    assert layer.names == (("high", "高"), ("low", "低"))  # type: ignore[union-attr]
    assert found.notes[0].en.startswith("1 layer(s)")
    assert len(found.notes) == 1


def test_every_sheet_of_a_workbook_is_a_table(tmp_path: Path) -> None:
    book = tmp_path / "own.xlsx"
    with pd.ExcelWriter(book, engine="openpyxl") as writer:
        for sheet, value in (("A", 1), ("B", 5)):
            rows = pd.DataFrame({"地区": ["安徽", "江苏"], "得分": [value, value + 1]})
            rows.to_excel(writer, sheet_name=sheet, index=False)
    found = find(book)
    assert found.scores.sum().tolist() == [3.0, 11.0]
    assert {words.label.en for words in found.words.values()} == {"得分 (own.xlsx[A])", "得分 (own.xlsx[B])"}


def test_in_a_folder_a_workbook_is_not_read_and_named(tmp_path: Path) -> None:
    write(tmp_path, "own.csv", "code,score\n340000,1\n320000,2\n")
    write(tmp_path, "own.xlsx", "")
    write(tmp_path, "run.json", '{"command": "index"}')
    assert "in a workbook: 1 file(s): own.xlsx" in tell(find(tmp_path))


def test_columns_of_a_run_have_its_words(tmp_path: Path) -> None:
    write(tmp_path, "run.json", '{"command": "spillover"}')
    write(tmp_path, "spillover_regions.csv", "code,given\n340000,1\n320000,2\n")
    (words,) = find(tmp_path).words.values()
    assert words.label.zh == "溢出（spillover_regions）"
    assert "来自 spillover_regions" in words.meaning.zh


def test_a_file_twice_is_one_and_keys_do_not_clash(tmp_path: Path) -> None:
    file = write(tmp_path, "own.csv", "code,score,Score!\n340000,1,4\n320000,2,5\n")
    found = find_own_layers(CHINA, [tmp_path, file], taken=["own_score"])
    assert list(found.scores) == ["own_score_2", "own_score_3"]


def test_more_layers_than_anybody_reads_are_named(tmp_path: Path) -> None:
    names = [f"c{i}" for i in range(MOST + 2)]
    rows = [",".join([code, *(str(i + n) for i in range(MOST + 2))]) for n, code in enumerate((ANHUI, JIANGSU))]
    write(tmp_path, "own.csv", "\n".join([",".join(["code", *names]), *rows]) + "\n")
    found = find(tmp_path)
    assert len(found.scores.columns) == MOST
    assert "name single files for these: 2 column(s): c40, c41" in tell(found)


def test_finished_layers_are_read_back_and_other_regions_left_out(tmp_path: Path) -> None:
    units = [ANHUI, JIANGSU, ZHEJIANG, "elsewhere"]
    file = write(tmp_path, "spill_layers.json", json.dumps({"units": units, "layers": [FLOWS, CLASSES]}))
    (flows, classes), notes = read_finished(file, CHINA)
    assert flows.flows["value"].tolist() == [0.5, -0.2]  # type: ignore[union-attr]
    assert classes.members == {ANHUI: 0, JIANGSU: 1}  # type: ignore[union-attr]
    assert [note.text("en") for note in notes] == [
        "2 layer(s) from spill_layers: Given, Halves.",
        "Not used of spill_layers.json: 1 row(s) that name no region of this study, such as elsewhere.",
    ]
    known = [ANHUI, JIANGSU, ZHEJIANG]
    again = list_layers([flows, classes], known)
    assert again[0] == FLOWS | {"source": [0, 1], "target": [1, 2], "value": [0.5, -0.2], "low": [0.1, -0.4]} | {
        "high": [0.9, 0.1],
        "count": 2,
        "sum": pytest.approx(0.7),
    }
    assert again[1] == CLASSES | {"of": [0, 1, None]}


@pytest.mark.parametrize(
    "text", ["", "[]", '{"units": []}', '{"units": ["a"], "layers": [{"key": "x"}]}', '{"units": 3, "layers": []}']
)
def test_a_damaged_file_of_layers_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(MethodError, match="is not a file of layers"):
        read_finished(write(tmp_path, "x_layers.json", text), CHINA)


def test_a_place_that_is_no_unit_is_refused(tmp_path: Path) -> None:
    told = json.dumps({"units": [ANHUI], "layers": [FLOWS]})
    with pytest.raises(MethodError, match="is not a file of layers"):
        read_finished(write(tmp_path, "x_layers.json", told), CHINA)


def test_a_path_that_is_not_there_and_a_damaged_single_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MethodError, match=r"no such folder or file: .*nowhere"):
        find(tmp_path / "nowhere")
    with pytest.raises(StudyError):
        find(write(tmp_path, "own.csv", ""))


def test_map_shows_them_and_says_what_is_not_used(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    write(tables, "own.csv", "省份,得分\n安徽,1.5\n江苏,-3\n火星,1\n")
    out = tmp_path / "out"
    arguments = ["map", "--study", "china", "--layers", str(tables), "--out", str(out), "--lang", "zh"]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    assert "由 own 得到 1 个图层：得分。" in done.stderr
    assert "own.csv 中未使用 1 行" in done.stderr
    page = (out / "map.html").read_text(encoding="utf-8")
    assert "得分（own）" in page
    assert "own.csv 中未使用 1 行" in page
    assert json.loads((out / "run.json").read_text(encoding="utf-8"))["parameters"]["layers"] == ["tables"]
