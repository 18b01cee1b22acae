"""Read a sheet of 100,000 rows: regionet against calamine itself, and against pandas with calamine.

python benchmarks/excel.py [rows]

calamine gives cells as Python values; regionet and pandas give a table of text. regionet first measures the sheet, so
that no cell in the last corner can fill the memory. Times are processor seconds, the best of five, in turns.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import xlsxwriter
from python_calamine import CalamineWorkbook

from regions.table_file import read_file

ROUNDS = 5


def write_sheet(path: Path, rows: int) -> None:
    draw = random.Random(1)  # noqa: S311 - no secret
    codes = [str(310_000 + 100 * i) for i in range(300)]
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("links")
        sheet.write_row(0, 0, ["source", "target", "weight", "year", "kind"])
        for row in range(1, rows + 1):
            weight, year = round(draw.random() * 100, 3), draw.randint(2010, 2022)
            sheet.write_row(
                row, 0, [draw.choice(codes), draw.choice(codes), weight, year, draw.choice(["paper", "patent"])]
            )


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "links.xlsx"
        write_sheet(path, rows)
        readers: dict[str, Callable[[], object]] = {
            "calamine": lambda: CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(),
            "pandas with calamine": lambda: pd.read_excel(path, engine="calamine", dtype=str, keep_default_na=False),
            "regionet": lambda: read_file("links", path),
        }
        best = dict.fromkeys(readers, float("inf"))
        for _ in range(ROUNDS):
            for name, read in readers.items():
                started = time.process_time()
                read()
                best[name] = min(best[name], time.process_time() - started)
        assert len(read_file("links", path).frame) == rows
    for name, seconds in best.items():
        print(f"{name:22} {seconds:6.2f} s   {seconds / best['calamine']:.2f} of calamine")


if __name__ == "__main__":
    main()
