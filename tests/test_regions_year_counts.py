"""Columns of numbers beside each other: years, their sums, parts of a total, changes, sizes of money."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from regions import read_study


def _write_book(path: Path, rows: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


CITIES = ["上海", "南京", "苏州", "杭州", "合肥", "宁波", "无锡"]
PAIRS = [(a, b) for place, a in enumerate(CITIES) for b in CITIES[place + 1 :]]


def _sum_by_year(path: Path) -> dict[int, float]:
    links = read_study(path).links
    assert links is not None
    return links.groupby("year")["weight"].sum().to_dict()


def test_what_grew_is_no_count_of_links(tmp_path: Path) -> None:
    rows = [[a, b, 2 + n, 3 + 2 * n, 1 + n, 0.5] for n, (a, b) in enumerate(PAIRS)]
    path = _write_book(tmp_path / "a.xlsx", [["地区", "合作地区", "2022年", "2023年", "增减", "同比增长"], *rows])
    assert _sum_by_year(path) == {2022: sum(row[2] for row in rows), 2023: sum(row[3] for row in rows)}


@pytest.mark.parametrize("extra", [["合计"], ["三年累计", "年均"]])
def test_years_across_are_taken_before_their_sum(tmp_path: Path, extra: list[str]) -> None:
    rows = [[a, b, 2 + n, 3 + n, *[5 + 2 * n, 2.5 + n][: len(extra)]] for n, (a, b) in enumerate(PAIRS)]
    path = _write_book(tmp_path / "a.xlsx", [["城市", "合作城市", "2022年", "2023年", *extra], *rows])
    assert _sum_by_year(path) == {2022: sum(row[2] for row in rows), 2023: sum(row[3] for row in rows)}


def test_parts_are_not_added_to_their_total(tmp_path: Path) -> None:
    rows = [[a, b, 2 + n, 3, 5 + n] for n, (a, b) in enumerate(PAIRS)]
    path = _write_book(tmp_path / "a.xlsx", [["地区", "合作地区", "2022年发明", "2022年实用新型", "2022年小计"], *rows])
    assert _sum_by_year(path) == {2022: sum(row[4] for row in rows)}


def test_two_kinds_of_one_year_stay_kinds(tmp_path: Path) -> None:
    rows = [[a, b, 2 + n, 3] for n, (a, b) in enumerate(PAIRS)]
    path = _write_book(tmp_path / "a.xlsx", [["地区", "合作地区", "2022年专利", "2022年论文"], *rows])
    study = read_study(path)
    assert study.links is not None
    sums = study.links.groupby("kind")["weight"].sum().to_dict()
    assert sums == {"专利": sum(row[2] for row in rows), "论文": 3 * len(rows)}
    assert "W-DUPROW" not in [fault.code for fault in study.warnings]


def test_a_number_with_its_size_is_of_the_unit_of_its_column(tmp_path: Path) -> None:
    cells = ["1.2亿", "560万元", "35万", 20, "7"]
    rows = [[*pair, cells[n % 5]] for n, pair in enumerate(PAIRS[:20])]
    path = _write_book(tmp_path / "a.xlsx", [["甲地", "乙地", "成交额（万元）"], *rows])
    links = read_study(path).links
    assert links is not None
    assert links["weight"].sum() == pytest.approx(4 * (12_000 + 560 + 35 + 20 + 7))


def test_a_number_with_its_size_is_of_the_unit_of_its_matrix(tmp_path: Path) -> None:
    cells = [["", "1.2亿", 35], ["1.2亿", "", 7], [35, 7, ""]]
    rows = [[city, *line] for city, line in zip(CITIES, cells, strict=False)]
    path = _write_book(tmp_path / "a.xlsx", [["2023年技术合同成交额"], ["单位：万元"], ["", *CITIES[:3]], *rows])
    links = read_study(path).links
    assert links is not None
    assert links["weight"].sum() == pytest.approx(12_000 + 35 + 7)
