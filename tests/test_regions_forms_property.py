"""Random links written in many layouts read back to the same links."""

import csv
import io
import itertools
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from form_samples import write_book
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regions import read_study
from regions.forms.read_forms import read_forms
from regions.frames.name_index import shorten
from regions.layouts.understand import read_layout
from regions.records.count_links import count_region_links

CITIES = ["南京", "苏州", "无锡", "常州", "上海", "杭州", "宁波", "合肥", "芜湖", "南通"]
CODES = dict(
    zip(
        CITIES,
        ["320100", "320500", "320200", "320400", "310000", "330100", "330200", "340100", "340200", "320600"],
        strict=True,
    )
)
Links = dict[tuple[int, str, str], int]
"""Year and two cities in the order of ``CITIES`` -> how many."""
Row = list[Any]


@st.composite
def draw_links(draw: st.DrawFn) -> Links:
    """Draw links of three to six cities in one to three years, at least two pairs a year."""
    names = draw(st.lists(st.sampled_from(CITIES), min_size=3, max_size=6, unique=True))
    pairs = list(itertools.combinations(sorted(names, key=CITIES.index), 2))
    first = draw(st.integers(2005, 2022))
    links: Links = {}
    for year in range(first, first + draw(st.integers(1, 3))):
        chosen = draw(st.lists(st.sampled_from(pairs), min_size=2, max_size=len(pairs), unique=True))
        links |= {(year, *pair): draw(st.integers(1, 5)) for pair in chosen}
    return links


def years_of(links: Links) -> list[int]:
    return sorted({year for year, *_ in links})


def rows_of(links: Links, year: int | None = None) -> list[Row]:
    return [[a, f"{b}市", n, y] for (y, a, b), n in links.items() if year in {None, y}]


def names_of(links: Links) -> list[str]:
    return sorted({name for _, *pair in links for name in pair}, key=CITIES.index)


def write_text(path: Path, rows: list[Row], encoding: str, mark: str = ",") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_plain(folder: Path, links: Links) -> Path:
    return write_text(folder / "合作.csv", [["来源地", "目标地", "件数", "年份"], *rows_of(links)], "utf-8-sig")


def write_gb_with_titles(folder: Path, links: Links) -> Path:
    total = ["合计", "", sum(links.values()), ""]
    rows = [
        ["城市合作统计表", "", "", ""],
        ["单位：件", "", "", ""],
        ["地区", "合作地区", "专利数", "年份"],
        *rows_of(links),
        total,
    ]
    return write_text(folder / "统计.csv", rows, "gb18030")


def write_utf16_with_tabs(folder: Path, links: Links) -> Path:
    rows = [["城市", "合作城市", "论文数", "年度"], *([*row[:3], f"{row[3]}年"] for row in rows_of(links))]
    return write_text(folder / "统计.txt", rows, "utf-16", "\t")


def write_titled_sheet(folder: Path, links: Links) -> Path:
    body = [[number, *row[:3], 1.5, row[3]] for number, row in enumerate(rows_of(links), start=1)]
    head = [["城市间合作专利汇总表", *[None] * 5], [None] * 4 + ["单位：件", None]]
    names = ["序号", "地区", "合作地区", "专利数（件）", "占比（%）", "年份"]
    tail = [[None, "合计", None, sum(links.values()), 100, None], ["注：“—”表示无数据。", *[None] * 5]]
    return write_book(folder / "b.xlsx", {"汇总": [*head, names, *body, *tail]})


def write_sheet_per_year(folder: Path, links: Links) -> Path:
    head = ["地区", "合作地区", "合作次数"]
    return write_book(
        folder / "b.xlsx", {f"{year}年": [head, *(row[:3] for row in rows_of(links, year))] for year in years_of(links)}
    )


def fill_square(links: Links, year: int, *, mirrored: bool, blank: Any) -> list[Row]:
    names = names_of(links)
    rows: list[Row] = []
    for a in names:
        cells = [links.get((year, a, b)) or (links.get((year, b, a)) if mirrored else None) for b in names]
        rows.append([a, *(blank if cell is None else cell for cell in cells)])
    return rows


def write_matrices(folder: Path, links: Links) -> Path:
    sheets = {}
    for year in years_of(links):
        square = fill_square(links, year, mirrored=True, blank=0)
        sums = [sum(row[1:]) for row in square]
        head = ["城市", *(f"{name}市" for name in names_of(links)), "合计"]
        body = [[*row, total] for row, total in zip(square, sums, strict=True)]
        sheets[f"{year}"] = [[f"{year}年城市间合作矩阵"], head, *body, ["合计", *sums, sum(sums)]]
    return write_book(folder / "b.xlsx", sheets)


def write_half_matrices(folder: Path, links: Links) -> Path:
    head = ["", *names_of(links)]
    squares = {year: fill_square(links, year, mirrored=False, blank=None) for year in years_of(links)}
    return write_book(folder / "b.xlsx", {f"专利{year}": [head, *square] for year, square in squares.items()})


def write_unit_pairs(folder: Path, links: Links) -> Path:
    head = ["甲单位", "甲单位性质", "甲地", "乙单位", "乙单位性质", "乙地", "件数", "年份"]
    rows = [
        [f"{a[:2]}大学", "高校", a, f"{b[:2]}电力公司", "国有企业", f"{b}市", n, y] for (y, a, b), n in links.items()
    ]
    return write_book(folder / "b.xlsx", {"明细": [["合作专利明细表", *[None] * 7], head, *rows]})


def write_lists_in_cells(folder: Path, links: Links, mark: str = "；") -> Path:
    rows = [
        [f"CN{number}", mark.join((f"{a}大学", f"{b}钢铁公司")), mark.join((a, b)), f"{y}0305"]
        for number, (y, a, b) in enumerate(key for key, count in links.items() for _ in range(count))
    ]
    return write_book(folder / "b.xlsx", {"Sheet1": [["申请号", "申请人", "申请人所在地", "申请日"], *rows]})


def write_years_across(folder: Path, links: Links) -> Path:
    pairs = sorted({(a, b) for _, a, b in links})
    head = ["地区", "合作地区", *(f"{year}年" for year in years_of(links))]
    rows = [[a, b, *(links.get((year, a, b)) for year in years_of(links))] for a, b in pairs]
    return write_book(folder / "b.xlsx", {"历年": [head, *rows]})


def write_detail_and_summary(folder: Path, links: Links) -> Path:
    sheets = {}
    for year in years_of(links):
        detail = [["地区", "单位名称", "合作单位", "合作单位所在地", "专利数", "年份"]]
        detail += [[a, f"{a}大学", f"{b}公司", b, n, y] for (y, a, b), n in links.items() if y == year]
        sheets[f"{year}年明细"] = detail
        sheets[f"{year}年汇总"] = [["地区", "合作地区", "专利数", "年份"], *rows_of(links, year)]
    return write_book(folder / "b.xlsx", sheets)


LAYOUTS: list[Callable[[Path, Links], Path]] = [
    write_plain,
    write_gb_with_titles,
    write_utf16_with_tabs,
    write_titled_sheet,
    write_sheet_per_year,
    write_matrices,
    write_half_matrices,
    write_unit_pairs,
    write_lists_in_cells,
    write_years_across,
    write_detail_and_summary,
]


def sum_links(year: Any, source: Any, target: Any, weight: Any) -> Links:
    """Sum weights by year and pair, names without the word for the kind of region."""
    ends = [[shorten(str(word)) for word in words] for words in (source, target)]
    found: Links = {}
    for y, a, b, n in zip(year, *ends, weight, strict=True):
        first, second = sorted((a, b), key=CITIES.index)
        found[int(y), first, second] = found.get((int(y), first, second), 0) + int(n)
    return found


def read_back(path: Path) -> Links:
    """Return the links that the forms of a file give: of its links, else of its records."""
    forms = read_forms(read_layout([path], path))
    assert not [fault for fault in forms.faults if fault.is_error]
    if "links" in forms.tables:
        frame = forms.tables["links"].frame
        return sum_links(frame["year"], frame["source"], frame["target"], frame["weight"])
    actors = forms.tables["actors"].frame.set_index("id")["region"]
    records = forms.tables["records"].frame
    pairs = (
        records.assign(place=records["actor"].map(actors)).groupby(["record", "year"])["place"].agg(list).reset_index()
    )
    ends = pd.DataFrame(pairs["place"].tolist(), columns=["a", "b"])
    return sum_links(pairs["year"], ends["a"], ends["b"], [1] * len(pairs))


@pytest.mark.parametrize("write", LAYOUTS, ids=lambda write: write.__name__.removeprefix("write_"))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(links=draw_links())
def test_random_links_read_back_from_every_layout(write: Callable[[Path, Links], Path], links: Links) -> None:
    with TemporaryDirectory() as folder:
        assert read_back(write(Path(folder), links)) == links


@pytest.mark.parametrize("write", LAYOUTS, ids=lambda write: write.__name__.removeprefix("write_"))
def test_every_layout_is_the_same_study(write: Callable[[Path, Links], Path], tmp_path: Path) -> None:
    links: Links = {
        (2020, "南京", "苏州"): 4, (2020, "常州", "合肥"): 1, (2021, "南京", "苏州"): 2, (2021, "杭州", "合肥"): 3
    }  # fmt: skip
    study = read_study(write(tmp_path, links), frame="yangtze-delta")
    table = count_region_links(study, by=["year"]).table
    found = {
        (int(y), a, b): int(n) for y, a, b, n in table[["year", "source", "target", "weight"]].itertuples(index=False)
    }
    assert found == {(y, *sorted((CODES[a], CODES[b]))): n for (y, a, b), n in links.items()}
