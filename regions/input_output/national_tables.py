"""The embedded national input-output tables of China."""

import csv
import gzip
import io
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from regions.errors import MethodError
from regions.input_output.input_output_table import InputOutputTable
from regions.messages import say
from regions.words import Words

UNIT = "10,000 CNY, producer prices of the year"

SOURCE = Words(
    "National Bureau of Statistics of China, national input-output tables, through Carol-seven/ionet",
    "国家统计局全国投入产出表，取自 Carol-seven/ionet",
)

VALUE_ADDED = ("compensation of employees", "net taxes on production", "depreciation", "operating surplus")


def list_input_output() -> list[int]:
    """Return the years of the embedded tables.

    Examples
    --------
    >>> list_input_output()
    [2005, 2010, 2015, 2017, 2018, 2020]
    """
    return sorted({int(row["year"]) for row in _read_sectors()})


def load_input_output(year: int) -> InputOutputTable:
    """Load the national table of China of one year: 41 or 42 sectors, 10,000 CNY in producer prices.

    Up to 2015 imports are not told from domestic products (``imported`` is None); from 2017 on they stand apart. The
    codes of the sectors change between years: tables of both kinds are never compared.

    Parameters
    ----------
    year
        One of `list_input_output`.

    Raises
    ------
    MethodError
        When there is no table of that year; the message lists them.

    Examples
    --------
    >>> table = load_input_output(2020)
    >>> round(float(table.value_added.to_numpy().sum()) / 1e8, 1)  # trillion CNY
    101.6
    """
    if year not in (known := list_input_output()):
        raise MethodError(say("input-output/no-year", year=year, known=known))
    flows = _read_flows()
    rows = flows[flows["year"] == year]
    sectors = pd.DataFrame([row for row in _read_sectors() if int(row["year"]) == year]).set_index("code")
    codes = sectors.index
    domestic = _spread(rows[rows["origin"] != "imported"])
    imported = _spread(rows[rows["origin"] == "imported"]) if (rows["origin"] == "imported").any() else None
    uses = [use for use in domestic.columns if use not in codes]
    final = domestic.reindex(index=codes, columns=uses).fillna(0.0)
    if "imports" in final:  # of competitive tables: bought abroad, so not made here
        final["imports"] = -final["imports"]
    square = domestic.reindex(index=codes, columns=codes).fillna(0.0)
    added = domestic.reindex(index=list(VALUE_ADDED), columns=codes).fillna(0.0)
    output = (square.sum(axis=1) + final.sum(axis=1)).rename("output")
    bought = None if imported is None else imported.reindex(index=codes, columns=codes).fillna(0.0)
    return InputOutputTable(year, UNIT, sectors[["name", "name_zh"]], square, bought, final, added, output)


def _spread(rows: pd.DataFrame) -> pd.DataFrame:
    wide = rows.pivot_table(index="source", columns="target", values="value", aggfunc="sum", sort=False)
    return wide.rename_axis(index=None, columns=None)


@cache
def _read_flows() -> pd.DataFrame:
    data = files("regions.input_output").joinpath("china_flows.csv.gz").read_bytes()
    types = {"year": int, "origin": str, "source": str, "target": str, "value": float}
    return pd.read_csv(io.BytesIO(gzip.decompress(data)), dtype=types, keep_default_na=False)


@cache
def _read_sectors() -> list[dict[str, Any]]:
    text = files("regions.input_output").joinpath("china_sectors.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))
