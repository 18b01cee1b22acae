"""Make the embedded input-output tables of China from prepared ones.

    python docs/build_input_output.py PREPARED

PREPARED holds a folder ``io`` with one table per year; `regions/data/README.md` says where they come from. They are
carried over as long tables of our own: who delivers what to whom, by origin.
"""

import csv
import gzip
import io
import sys
from collections.abc import Iterator
from pathlib import Path

ROOM = Path(__file__).parents[1] / "regions" / "input_output"
DESCRIBED = ("Code", "Description", "DescriptionInChinese", "Origin")
SUMS = {"TIU", "THC", "TC", "GCF", "TFU", "GO", "TII", "TVA", "TI"}
"""Sums of other rows and columns; households (THC) where they are given alone, are kept."""

USES = {"FU101": "rural households", "FU102": "urban households", "FU103": "government", "TC": "consumption"}
USES |= {"FU201": "fixed investment", "FU202": "inventories", "EX": "exports", "IM": "imports", "ERR": "error"}
INPUTS = {"VA001": "compensation of employees", "VA002": "net taxes on production"}
INPUTS |= {"VA003": "depreciation", "VA004": "operating surplus"}
ORIGINS = {"Domestic": "domestic", "Imports": "imported", "TOT": ""}


def main(prepared: Path) -> None:
    """Write sectors and flows."""
    sectors, flows = [], []
    for path in sorted((prepared / "io").glob("china_io_*.csv.gz")):
        year = path.name.split("_")[2]
        with gzip.open(path, "rt", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        names = {row["Code"]: row for row in rows if row["Code"].isdigit()}
        sectors += [(year, code, row["Description"], row["DescriptionInChinese"]) for code, row in names.items()]
        flows += [(year, *flow) for row in rows for flow in list_flows(row)]
    _write(ROOM / "china_sectors.csv", ("year", "code", "name", "name_zh"), sectors)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([("year", "origin", "source", "target", "value"), *flows])
    # no name and no time in the archive: the same bytes from the same tables
    (ROOM / "china_flows.csv.gz").write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


def list_flows(row: dict[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """List origin, source, target and value of the cells of a row that are not 0 and no sum."""
    source = INPUTS.get(row["Code"], row["Code"])
    origin = ORIGINS[row["Origin"]] if "Origin" in row else ""
    apart = "TC" in row and "FU101" not in row
    for column, value in row.items():
        summed = column in SUMS and not (column == "TC" and apart)
        if column in DESCRIBED or source in SUMS or summed or not value or float(value) == 0:
            continue
        yield origin, source, USES.get(column, column), f"{float(value):.2f}".rstrip("0").rstrip(".")


def _write(path: Path, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([header, *rows])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
