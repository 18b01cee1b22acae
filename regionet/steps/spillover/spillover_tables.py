"""The tables of estimated spillover as they leave the program: CSV, one workbook, links for a map."""

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.loglinear.tolerance import sort_down
from analysis.spillover.impact_orders import measure_impacts_by_order
from maps.exchange.table_files import Sheet, write_csv, write_workbook
from maps.words.columns.spillover_columns import SHEETS, build_spillover_codebook, label_spillover
from maps.words.spillover_names import name_values
from regionet.steps.spillover.spillover_estimates import Estimates
from regionet.steps.spillover.spillover_layers import FILE as LAYERS
from regionet.steps.spillover.spillover_layers import build_map_layers, write_layers
from regionet.steps.spillover.spillover_page import FILE as PAGE
from regionet.steps.spillover.spillover_page import build_spillover_page
from regions.files.writing import write_text

if TYPE_CHECKING:
    from regionet.console.run_folder import Run

FILES = {
    "models": "models.csv",
    "impacts": "impacts.csv",
    "regions": "spillover_regions.csv",
    "groups": "spillover_groups.csv",
    "flows": "spillover_flows.csv",
    "clusters": "clusters.csv",
    "autocorrelation": "autocorrelation.csv",
    "spaces": "spaces.csv",
    "reach": "reach.csv",
}
"""Table -> file."""

WORKBOOK = "spillover.xlsx"


def list_tables(found: Estimates) -> dict[str, pd.DataFrame]:
    """Return all tables by name; one that could not be had is empty, with its columns."""
    names = found.study.regions[["name", "name_zh"]]
    clusters = found.clusters.copy()
    clusters.insert(2, "name", clusters["code"].map(names["name"]))
    clusters.insert(3, "name_zh", clusters["code"].map(names["name_zh"]))
    spaces = pd.DataFrame(columns=["space", "share", "low", "high", "loglik_alone", "p_without"])
    if found.spaces is not None:
        spaces = found.spaces.table.rename_axis("space").reset_index()
    return {
        "models": found.grid.models,
        "impacts": found.grid.impacts,
        "regions": _list_regions(found, names),
        "by_weights": pd.DataFrame() if found.flows is None else found.flows.by_weights,
        "groups": found.groups,
        "flows": _list_flows(found),
        "clusters": clusters,
        "autocorrelation": found.moran,
        "tests": found.tests,
        "spaces": spaces,
        "reach": pd.DataFrame(columns=["half_life", "loglik", "rho"]) if found.reach is None else found.reach.profile,
        "orders": _list_orders(found),
    }


def _list_regions(found: Estimates, names: pd.DataFrame) -> pd.DataFrame:
    if found.flows is None:
        return pd.DataFrame(columns=["code", "name", "name_zh", "given", "given_low", "given_high"])
    table = found.flows.table
    order = ["given", "given_low", "given_high", "received", "received_low", "received_high", "net", "net_low"]
    order += ["net_high", "own", "own_low", "own_high", "given_clear", "received_clear"]
    table = names.reindex(table.index).join(table[order])
    table = table.assign(variable=found.panel.x[0], model=found.question.model)
    return sort_down(table.rename_axis("code").reset_index(), "given", "code")


def _list_flows(found: Estimates) -> pd.DataFrame:
    """Return the flow from each region to each other, the largest first, in the columns of directed links."""
    return found.pairs.rename(columns={"value": "weight"}).assign(kind="spillover", origin="modelled")


def _list_orders(found: Estimates) -> pd.DataFrame:
    parts = []
    for name, fit in found.grid.list_stable(found.question.model).items():
        table = measure_impacts_by_order(fit)
        table.insert(0, "weights", name)
        parts.append(table)
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def write_estimates(run: "Run", found: Estimates, notes: list[str], *, language: str) -> dict[str, pd.DataFrame]:
    """Write every table as CSV and all of them as one workbook; return the tables."""
    tables = list_tables(found)
    for name, file in FILES.items():
        run.write(file, partial(write_csv, tables[name]))
    layers = build_map_layers(found)
    run.write(LAYERS, partial(_write_text, json.dumps(write_layers(found, layers), ensure_ascii=False)))
    run.write(WORKBOOK, partial(write_workbook, _list_sheets(tables, notes, found, language), language=language))
    run.write(PAGE, build_spillover_page(found, layers, language=language).save)
    return tables


def _write_text(text: str, path: Path) -> None:
    write_text(path, text + "\n")


def _list_sheets(tables: dict[str, pd.DataFrame], notes: list[str], found: Estimates, language: str) -> list[Sheet]:
    about = pd.DataFrame({"text": notes}, dtype="object")
    sheets = [Sheet(SHEETS["about"].text(language), about, {"text": found.study.title.text(language)}, wrap=True)]
    told = {name: tables[name] for name in SHEETS if name in tables and not tables[name].empty}
    variables = {name: found.study.describe_indicator(name)[0] for name in (found.panel.y, *found.panel.x)}
    for name, table in told.items():
        shown = _name_ends(name_values(table, language, variables), found, language)
        headers = {str(column): label_spillover(str(column)).label.text(language) for column in shown}
        sheets.append(Sheet(SHEETS[name].text(language), shown, headers))
    columns = [str(column) for table in told.values() for column in table]
    sheets.append(_list_codebook(columns, language))
    return sheets


def _name_ends(table: pd.DataFrame, found: Estimates, language: str) -> pd.DataFrame:
    """Name the regions in one language: both ends of a flow beside their codes, one name of a region."""
    names = pd.Series(found.study.names(language))
    for at, end in enumerate(("source", "target")):
        if end in table:
            table.insert(2 * at + 1, f"{end}_name", table[end].map(names))
    if "code" in table and "name" not in table:
        place = list(table.columns).index("code") + 1
        table.insert(place, "name_zh" if language == "zh" else "name", table["code"].map(names))
    if {"name", "name_zh"} <= set(table):
        return table.drop(columns="name" if language == "zh" else "name_zh")
    return table


def _list_codebook(columns: list[str], language: str) -> Sheet:
    book = build_spillover_codebook(columns)
    ending = "_zh" if language == "zh" else ""
    kept = [f"label{ending}", f"meaning{ending}", "column"]
    heads = (("Label", "Meaning", "Column of the CSV"), ("名称", "含义", "CSV 列名"))[language == "zh"]
    return Sheet(SHEETS["codebook"].text(language), book[kept], dict(zip(kept, heads, strict=True)), wrap=True)
