"""Random tables of statistics, written in eleven layouts with titles, totals and notes, read back as they were."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from regions.indicators.indicator_tables import read_indicators
from regions.layouts.understand import read_layout

Fact = tuple[str, int, str]
Row = list[object]
Sheets = Mapping[str, list[Row]]
REGIONS = ("北京", "天津", "河北省", "山西", "内 蒙 古", "辽宁", "上海市", "江苏", "新疆维吾尔自治区")
NAMES = ("GDP", "R&D经费", "年末常住人口", "发明专利授权量", "科技活动人员")
UNITS = {"GDP": "亿元", "R&D经费": "万元", "年末常住人口": "万人", "发明专利授权量": "件", "科技活动人员": "人"}


class Facts:
    """Values of regions, years and indicators, and how a hand writes them."""

    def __init__(self, regions: list[str], years: list[int], names: list[str], values: list[float | None]) -> None:
        self.regions, self.years, self.names = regions, years, names
        keys = [("".join(region.split()), year, name) for region in regions for year in years for name in names]
        self.values = {key: value for key, value in zip(keys, values, strict=False) if value is not None}

    def show(self, region: str, year: int, name: str) -> object:
        """Return the cell that a hand writes: a dash or nothing for a missing value, here and there a text."""
        value = self.values.get(("".join(region.split()), year, name))
        if value is None:
            return "—" if year % 2 else None
        return f"{value:,} " if region == self.regions[-1] else value

    def total(self, year: int, name: str) -> float:
        """Return the sum over the regions."""
        return sum(self.values.get(("".join(region.split()), year, name), 0) for region in self.regions)


def head(name: str) -> str:
    return f"{name}（{UNITS[name]}）"


def write_long(facts: Facts) -> Sheets:
    rows: list[Row] = [["序号", "地区", "年份", *map(head, facts.names)]]
    for number, (region, year) in enumerate((r, y) for r in facts.regions for y in facts.years):
        rows.append([number + 1, region, f"{year}年", *(facts.show(region, year, name) for name in facts.names)])
    return {"Sheet1": rows}


def write_years_across(facts: Facts) -> Sheets:
    sheets: dict[str, list[Row]] = {}
    for name in facts.names:
        rows: list[Row] = [[f"1-2 各地区{name}"], [None, f"单位：{UNITS[name]}"], ["地 区", *reversed(facts.years)]]
        rows += [
            [region, *(facts.show(region, year, name) for year in reversed(facts.years))] for region in facts.regions
        ]
        rows += [["合计", *(facts.total(year, name) for year in reversed(facts.years))], ["注：数据来自年鉴。"]]
        sheets[f"表{len(sheets)}"] = rows
    return sheets


def write_year_per_sheet(facts: Facts) -> Sheets:
    return {
        f"{year}年": [
            [f"{year}年各地区情况"],
            ["地区", *map(head, facts.names)],
            ["全国", *(facts.total(year, name) for name in facts.names)],
            *([region, *(facts.show(region, year, name) for name in facts.names)] for region in facts.regions),
            [],
            ["资料来源：统计局"],
        ]
        for year in facts.years
    }


def write_regions_across(facts: Facts) -> Sheets:
    return {
        name: [
            [f"{name}（{UNITS[name]}）"],
            ["年份", *facts.regions],
            *([year, *(facts.show(region, year, name) for region in facts.regions)] for year in facts.years),
        ]
        for name in facts.names
    }


def write_two_header_rows(facts: Facts) -> Sheets:
    width = len(facts.years)
    top = [cell for name in facts.names for cell in (head(name), *[None] * (width - 1))]
    rows: list[Row] = [["地区", *top], [None, *(f"{year} 年" for _ in facts.names for year in facts.years)]]
    for region in facts.regions:
        rows += [[region, *(facts.show(region, year, name) for name in facts.names for year in facts.years)]]
    return {"Sheet1": rows}


def write_stacked(facts: Facts) -> Sheets:
    rows: list[Row] = []
    for number, name in enumerate(facts.names):
        rows += [
            [f"3-6 续表{number}"] if number else ["3-6 各地区主要指标"],
            ["地区", *([head(name)] * len(facts.years))],
        ]
        rows += [[None, *facts.years]]
        rows += [[region, *(facts.show(region, year, name) for year in facts.years)] for region in facts.regions]
        rows += [[]]
    return {"1-2": rows}


def write_headings(facts: Facts) -> Sheets:
    rows: list[Row] = [["地区", "单位负责", *map(head, facts.names)]]
    for year in facts.years:
        rows.append([f"{year}年"])
        rows += [
            [region, "张三", *(facts.show(region, year, name) for name in facts.names)] for region in facts.regions
        ]
    return {"Sheet1": rows}


def write_indicator_rows(facts: Facts) -> Sheets:
    rows: list[Row] = [["地区", "指标", *facts.years]]
    for region in facts.regions:
        for name in facts.names:
            rows += [[region, head(name), *(facts.show(region, year, name) for year in facts.years)]]
    return {"Sheet1": rows}


def write_years_in_names(facts: Facts) -> Sheets:
    rows: list[Row] = [["city", *(f"{name}_{year}" for name in facts.names for year in facts.years)]]
    for region in facts.regions:
        rows += [[region, *(facts.show(region, year, name) for name in facts.names for year in facts.years)]]
    return {"Sheet1": rows}


def write_long_values(facts: Facts) -> Sheets:
    rows: list[Row] = [["年份", "地区", "指标", "数值", "单位"]]
    for year in facts.years:
        for region in facts.regions:
            rows += [[year, region, name, facts.show(region, year, name), UNITS[name]] for name in facts.names]
    return {"Sheet1": rows}


WRITERS: dict[str, Callable[[Facts], Sheets]] = {
    writer.__name__.removeprefix("write_"): writer
    for writer in (
        write_long,
        write_years_across,
        write_year_per_sheet,
        write_regions_across,
        write_two_header_rows,
        write_stacked,
        write_headings,
        write_indicator_rows,
        write_years_in_names,
        write_long_values,
    )
}
SOME = settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # to look for the smallest case takes minutes
    suppress_health_check=[HealthCheck.too_slow],
)
NUMBERS = st.integers(1, 10**7).map(lambda number: number / 100).filter(lambda number: not 1900 <= number <= 2099)


@st.composite
def draw_facts(draw: st.DrawFn) -> Facts:
    regions = draw(st.lists(st.sampled_from(REGIONS), min_size=3, max_size=9, unique=True))
    first = draw(st.integers(1990, 2020))
    years = list(range(first, first + draw(st.integers(2, 4))))
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=3, unique=True))
    size = len(regions) * len(years) * len(names)
    some = st.one_of(NUMBERS, NUMBERS, NUMBERS, st.none())
    values = draw(st.lists(some, min_size=size, max_size=size).filter(lambda drawn: sum(map(bool, drawn)) * 2 > size))
    return Facts(regions, years, names, values)


def write_book(path: Path, sheets: Sheets) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def read_facts(paths: Sequence[Path], folder: Path) -> dict[Fact, float]:
    layout = read_layout(paths, folder)
    found = read_indicators(layout, range(len(layout.blocks)))
    assert [fault.describe() for fault in found.faults if fault.is_error] == []
    frame = found.tables["indicators"].frame
    long = frame.melt(["code", "year"]).dropna()
    return {
        ("".join(str(code).split()), int(year), str(name)): float(value)
        for code, year, name, value in long.itertuples(index=False)
    }


@pytest.mark.parametrize("form", WRITERS)
@SOME
@given(facts=draw_facts())
def test_a_table_is_read_back_whatever_its_layout(form: str, facts: Facts) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_book(Path(folder) / "book.xlsx", WRITERS[form](facts))
        assert read_facts([path], path) == pytest.approx(facts.values, rel=1e-12)


@SOME
@given(facts=draw_facts(), encoding=st.sampled_from(["utf-8-sig", "gb18030"]))
def test_files_of_text_a_year_each_are_read_together(facts: Facts, encoding: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for year, rows in zip(facts.years, write_year_per_sheet(facts).values(), strict=True):
            lines = (",".join("" if cell is None else f'"{cell}"' for cell in row) for row in rows[1:])
            paths.append(Path(folder) / f"raw-{year}.csv")
            paths[-1].write_text("\n".join(lines), encoding=encoding)
        assert read_facts(paths, Path(folder)) == pytest.approx(facts.values, rel=1e-12)
