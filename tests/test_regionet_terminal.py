"""Printing to terminals of every kind."""

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
import typer

from regionet.console.language import Language, find_language
from regionet.console.terminal import escape, format_table, prepare_streams, refuse_book, show_json


def test_escapes_of_a_terminal_become_visible() -> None:
    assert escape("\x1b[31mred\x07 \u202eabc\u2028") == "\\x1b[31mred\\x07 \\u202eabc\\u2028"
    assert escape("南京\nÄ") == "南京\nÄ"


def test_columns_line_up_with_chinese_names_and_numbers_on_the_right() -> None:
    table = format_table(("名称", "n", "x"), [("北京市", 5, 0.12345), ("Ab", 12345, 1234.5)])
    assert table.splitlines() == ["名称         n      x", "北京市       5      0", "Ab      12,345  1,234"]


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([1234567.8, 2.0], ["1,234,568", "2"]),
        ([12.34, -0.5], ["12.3", "-0.5"]),
        ([-1.234, 0.1], ["-1.23", "0.10"]),
        ([0.01234], ["0.012"]),
        ([14.0, 6.0], ["14", "6"]),
        ([7, -1200], ["7", "-1,200"]),
    ],
)
def test_the_numbers_of_a_column_have_the_same_decimals(values: list[float], shown: list[str]) -> None:
    assert [line.strip() for line in format_table(("x",), [(value,) for value in values]).splitlines()[1:]] == shown


def test_missing_values_and_hostile_cells() -> None:
    assert format_table(("a", "b"), [("x\ny", float("nan")), ("\x1b", None)]).splitlines()[1:] == [
        "x y   -",
        "\\x1b  -",
    ]


def test_an_empty_table_is_its_header() -> None:
    assert format_table(("a", "b"), []) == "a  b"


def test_a_terminal_without_a_character_prints_a_replacement(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="gbk"))
    prepare_streams()
    print("✓南", flush=True)  # noqa: T201 - printing is the test
    assert raw.getvalue().decode("gbk") == "?南\n"


@pytest.mark.parametrize(
    ("name", "language"), [("zh_CN.UTF-8", "zh"), ("en_US.UTF-8", "en"), ("C", "en"), ("zh_TW", "zh"), ("de_DE", "en")]
)
def test_the_language_is_that_of_the_system(monkeypatch: pytest.MonkeyPatch, name: str, language: str) -> None:
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LC_ALL", name)
    assert find_language() is Language(language)


def test_json_names_the_files_and_takes_tables_row_by_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = SimpleNamespace(folder=tmp_path, outputs=[tmp_path / "links.csv"])
    show_json(run, rows=pd.DataFrame({"code": ["a"], "n": [1]}), notes=["说明"])  # type: ignore[arg-type]
    told = json.loads(capsys.readouterr().out)
    assert told == {"out": str(tmp_path), "files": ["links.csv"], "rows": [{"code": "a", "n": 1}], "notes": ["说明"]}


@pytest.mark.parametrize(("name", "lang", "said"), [("a.xls", "en", "must end with .xlsx"), ("b.xlsx", "zh", "已存在")])
def test_a_book_is_not_written_over_nor_under_another_suffix(tmp_path: Path, name: str, lang: str, said: str) -> None:
    (tmp_path / "b.xlsx").write_text("mine", encoding="utf-8")
    refuse_book(tmp_path / "new.xlsx", Language.EN)
    with pytest.raises(typer.BadParameter, match=said):
        refuse_book(tmp_path / name, Language(lang))
