"""Natural persons are not named unless somebody asks; with --without-actors nobody is."""

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis import build_network
from regionet.cli import app
from regions import read_study
from regions.actors.persons import are_hidden, find_persons, hide_actors, hide_persons

CITIES = ["上海", "南京", "无锡", "常州", "苏州", "合肥", "杭州", "宁波"]


@pytest.mark.parametrize(
    ("kind", "name", "person"),
    [
        ("person", "甲", True),
        ("other", "王小明", True),
        ("other", "王家厂", False),
        ("enterprise", "王小明", False),
        ("other", "东方红", False),
        ("other", "华为", False),
        ("other", "王小明公司", False),
    ],
)
def test_a_person_is_told_by_the_kind_or_a_name_of_three_characters(kind: str, name: str, person: bool) -> None:
    assert find_persons(pd.DataFrame({"kind": [kind], "name_zh": [name]})).tolist() == [person]


@pytest.fixture
def study_folder(tmp_path: Path) -> Path:
    """Every two cities share two patents of their university and firm; a person takes part in each."""
    actors, records = ["id,单位名称,单位性质,城市"], ["专利号,单位编号,年份"]
    for place, city in enumerate(CITIES):
        actors += [f"u{place},{city}大学,高校,{city}", f"f{place},{city}厂,企业,{city}"]
    actors.append("李小明,李小明,个人,常州")
    for i in range(len(CITIES)):
        for j in range(i + 1, len(CITIES)):
            records += [f"P{i}-{j},{who},2022" for who in (f"u{i}", f"f{j}", "李小明")]
    (tmp_path / "actors.csv").write_text("\n".join(actors), encoding="utf-8")
    (tmp_path / "records.csv").write_text("\n".join(records), encoding="utf-8")
    return tmp_path


def test_hidden_persons_count_as_before(study_folder: Path) -> None:
    study = read_study(study_folder, frame="长三角")
    hidden = hide_persons(study)
    assert hidden.actors is not None
    assert hidden.records is not None
    assert "李小明" not in hidden.actors.to_csv() + hidden.records.to_csv()
    assert hidden.actors.loc["person-1", ["name_zh", "kind"]].tolist() == ["个人", "person"]
    before, after = build_network(study), build_network(hidden)
    assert sorted(before.edges(data="weight")) == sorted(after.edges(data="weight"))
    nobody = hide_actors(study)
    assert are_hidden(nobody)
    assert not are_hidden(hidden)
    assert sorted(build_network(nobody).edges(data="weight")) == sorted(before.edges(data="weight"))


def read_outputs(folder: Path) -> str:
    return "".join(path.read_text("utf-8") for path in folder.iterdir() if path.suffix in {".csv", ".html", ".json"})


@pytest.mark.parametrize(
    ("options", "person", "institution"), [([], False, True), (["--without-actors"], False, False)]
)
def test_nobody_is_named_who_should_not_be(
    study_folder: Path, tmp_path: Path, options: list[str], *, person: bool, institution: bool
) -> None:
    out = tmp_path / "out"
    command = ["gaps", "--study", str(study_folder), "--frame", "长三角", "--out", str(out), "--lang", "zh", *options]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0, result.output
    written = read_outputs(out) + result.output
    assert ("李小明" in written) is person
    assert ("常州大学" in written) is institution
    if not institution:
        assert "按要求不列出单位" in written


def test_persons_are_named_when_asked(study_folder: Path, tmp_path: Path) -> None:
    command = ["links", "--actors", "--study", str(study_folder), "--frame", "长三角", "--out", str(tmp_path / "out")]
    CliRunner().invoke(app, command)
    assert "李小明" not in read_outputs(tmp_path / "out")
    CliRunner().invoke(app, [*command, "--name-persons"])
    assert "李小明" in read_outputs(tmp_path / "out")
