"""Whoever asks in Chinese is answered in Chinese, errors included."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from regionet.cli import app
from regions.errors import MethodError, MissingExtraError

REGIONS = "code,name,name_zh,lon,lat,province\nA,Ay,甲市,120,30,东\nB,Be,乙市,121,31,东\nC,Ce,丙市,122,30,西\n"
LINKS = "source,target,weight\nA,B,3\nA,C,2\nB,C,0\n"
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    folder = tmp_path / "linked"
    folder.mkdir()
    (folder / "regions.csv").write_text(REGIONS, encoding="utf-8")
    (folder / "links.csv").write_text(LINKS, encoding="utf-8")
    return folder


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*map(str, arguments), "--lang", "zh"], catch_exceptions=False)
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gaps",), "个地区"),
        (("score", "--intervals", "10"), "来自联系表"),
        (("score", "--layers", "kind"), "没有"),
        (("score", "--indicator", "gdp"), "没有指标表"),
        (("links", "--actors"), "没有记录"),
        (("links", "--by", "year"), "year"),
        (("roles", "--by", "circle"), "没有名为“circle”的列或分组"),
        (("gaps", "--path", "science"), "没有记录"),
        (("actors",), "没有主体表"),
    ],
)
def test_what_cannot_be_done_is_said_in_chinese(linked: Path, arguments: tuple[str, ...], said: str) -> None:
    code, output = run(*arguments, "--study", linked, "--out", linked.parent / "out")
    assert code == 1
    reason = output.split("错误：")[-1]
    assert said in reason
    assert CHINESE.search(reason)
    assert not re.search(r"[a-z]+ [a-z]+ [a-z]+", reason), "an English sentence"
    assert not (linked.parent / "out").exists()


def test_lines_of_left_out_links_are_named_in_chinese(linked: Path) -> None:
    _, output = run("check", "--study", linked)
    assert "（第 4 行）" in output
    assert "line" not in output


def test_an_unknown_study_is_named_with_what_was_meant() -> None:
    code, output = run("demo", "--study", "chnia")
    assert code == 1
    assert "没有此名称的内置数据集" in output
    assert "china" in output


def test_a_file_that_the_system_keeps_back_is_explained(linked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "out/scores.xlsx")

    monkeypatch.setattr("regions.files.writing.os.replace", refuse)
    code, output = run("links", "--study", linked, "--out", linked.parent / "out")
    assert code == 1
    assert "没有权限访问 out/scores.xlsx。该文件是否正在其他程序中打开？" in output


def test_a_missing_extra_names_package_and_command() -> None:
    error = MissingExtraError("duckdb", "big")
    assert str(error) == 'duckdb is not installed: pip install "regionet[big]"'
    assert error.describe("zh") == '尚未安装 duckdb，请运行：pip install "regionet[big]"'
    assert isinstance(error, ImportError)


def test_an_error_without_chinese_falls_back_to_english() -> None:
    assert MethodError("no").describe("zh") == "no"
    assert MethodError("no", zh="不行").describe("zh") == "不行"
    assert MethodError("no", zh="不行").describe() == str(MethodError("no", zh="不行")) == "no"
