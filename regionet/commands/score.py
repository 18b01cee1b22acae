"""The command ``score``: the full table of scores of every region, in the formats that people and programs read."""

import json
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from regionet.console.language import Language
from regionet.console.terminal import tell
from regionet.options import (
    DEFAULT_OUT,
    Counting,
    CountingOption,
    FrameOption,
    IndicatorOption,
    JsonOption,
    LanguageOption,
    OutOption,
    StudyOption,
    TopOption,
    UnknownOption,
    YearOption,
    YearsOption,
)
from regionet.steps.intervals import add_intervals
from regionet.steps.open_study import prepare, start_run
from regionet.steps.results import SHOWN, build_tables, print_result, save_report
from regions.messages import say

ESTIMATED = "estimated"

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from pathlib import Path

    import networkx as nx
    import pandas as pd

    from analysis.networks.multilayer import LayerKey
    from regionet.console.run_folder import Run
    from regionet.steps.pipeline import Choices, Findings
    from regionet.steps.spillover.strength import Strength


class TableFormat(StrEnum):
    """How tables are written."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    JSON = "json"


class Layer(StrEnum):
    """What tells layers apart."""

    KIND = "kind"
    FIELD = "field"
    YEAR = "year"
    PATH = "path"
    OWNERSHIP = "ownership"


FormatOption = Annotated[
    list[TableFormat] | None, typer.Option("--format", help="May be given several times; csv and xlsx by default.")
]
LayersOption = Annotated[
    Layer | None, typer.Option("--layers", help="Score the network of each kind, field, year, path or owner too.")
]
WindowOption = Annotated[
    int, typer.Option("--window", min=1, help="Years that a network covers, with --layers year; the last names it.")
]
SeedOption = Annotated[int, typer.Option("--seed", help="Of the search for communities and core, and of the draws.")]
RhoOption = Annotated[
    str | None,
    typer.Option(
        "--rho", metavar="NUMBER|estimated", help="How far spillover carries: 0.5 is assumed; or from a spatial model."
    ),
]
IntervalsOption = Annotated[
    int,
    typer.Option("--intervals", min=0, help="Draws of the records for intervals of every score and rank; 0: none."),
]


def score(  # noqa: PLR0913, PLR0917 - one parameter per option of the command line
    lang: LanguageOption,
    study: StudyOption = "china",
    frame: FrameOption = None,
    out: OutOption = DEFAULT_OUT,
    counting: CountingOption = Counting.FULL,
    indicator: IndicatorOption = None,
    year: YearOption = None,
    years: YearsOption = None,
    layers: LayersOption = None,
    window: WindowOption = 1,
    formats: FormatOption = None,
    rho: RhoOption = None,
    seed: SeedOption = 0,
    intervals: IntervalsOption = 0,
    on_unknown: UnknownOption = None,
    top: TopOption = SHOWN,
    as_json: JsonOption = False,
) -> None:
    """Score every region: centrality, structural holes, core, community, spillover.

    Writes scores.csv and scores.xlsx, or other formats; with --layers also a table of layers (by year with the places
    climbed since the year before), with --intervals the interval of every score and rank.
    """
    chosen = list(dict.fromkeys(formats or [TableFormat.CSV, TableFormat.XLSX]))
    with start_run(lang, out, *(f"{name}.{each.value}" for each in chosen for name in ("scores", "layers"))) as run:
        from regionet.steps.pipeline import Choices

        choices = Choices(counting.value, indicator, year, years)
        if rho is not None:
            choices = replace(choices, strength=_choose_strength(rho, study, run, lang, choices=choices, frame=frame))
        found = prepare(study, run, lang, frame=frame, choices=choices, unknown=on_unknown, gaps=False)
        findings = _widen(found, seed)
        if intervals:
            findings = add_intervals(findings, choices.counting, draws=intervals, seed=seed)
        tables = {"scores": build_tables(findings)["scores"]}
        if layers is not None:
            tables["layers"] = _score_layers(findings, layers, counting, seed, window=window)
        for each in chosen:
            _write(run, findings, tables, lang=lang, form=each)
        options = {"counting": counting.value, "indicator": indicator, "year": year, "years": years, "lang": lang.value}
        told = [each.value for each in chosen]
        more = {"layers": layers and layers.value, "window": window, "formats": told, "seed": seed}
        more |= {"intervals": intervals, "rho": rho, "frame": frame, "on_unknown": on_unknown}
        run.finish("score", findings.study, {**options, **more})
        print_result(findings, run, lang, as_json=as_json, names=("scores",), top=top)


def _choose_strength(
    rho: str, study: str, run: "Run", lang: Language, *, choices: "Choices", frame: str | None
) -> "Strength":
    """Read a number, or estimate rho; the study is opened for that before it is announced."""
    from regionet.steps.open_study import open_study
    from regionet.steps.spillover.estimated_strength import estimate_strength, read_strength

    if rho != ESTIMATED:
        return read_strength(rho)
    tell(say("progress/rho").text(lang))
    return estimate_strength(open_study(study, frame=frame), run.folder, years=choices.years)


def _widen(findings: "Findings", seed: int) -> "Findings":
    """Add the measures of position to the centrality and spillover that every command computes."""
    from analysis.roles.positions import choose_measures, measure_positions
    from regionet.steps.withheld_scores import withhold_scores

    names = [measure.name for measure in choose_measures(shown=False)]
    wider = measure_positions(findings.network, measures=names, seed=seed)
    return replace(findings, scores=findings.scores.join(withhold_scores(findings.study, findings.network, wider)[0]))


def _score_layers(findings: "Findings", layers: Layer, counting: Counting, seed: int, *, window: int) -> "pd.DataFrame":
    import pandas as pd

    from analysis.barriers.panel import build_yearly_networks
    from analysis.dynamics.temporal import measure_rank_changes
    from analysis.networks.multilayer import build_layers, stack_tables
    from analysis.roles.positions import measure_positions
    from regions.errors import MethodError
    from regions.messages import say

    if window > 1 and layers is not Layer.YEAR:
        raise MethodError(say("scores/window"))
    networks: dict[Any, nx.Graph]
    if layers is Layer.YEAR:
        networks = dict(build_yearly_networks(findings.study, counting=counting.value, window=window))
    else:
        networks = build_layers(findings.study, cast("LayerKey", layers.value), counting=counting.value)
    tables: dict[Hashable, pd.DataFrame] = {
        name: measure_positions(network, seed=seed) for name, network in networks.items()
    }
    table = stack_tables(tables).reset_index()
    names = findings.study.regions[["name", "name_zh"]]
    table.insert(2, "name", table["code"].map(names["name"]))
    table.insert(3, "name_zh", table["code"].map(names["name_zh"]))
    if layers is Layer.YEAR:
        ranks = measure_rank_changes(networks).table.set_index(["year", "code"])
        known = pd.MultiIndex.from_frame(table[["layer", "code"]])
        table["strength_rank"] = ranks["rank"].reindex(known).to_numpy()
        table["strength_rank_change"] = ranks["change"].reindex(known).to_numpy()
    return table.assign(layer=table["layer"].astype(str))


def _write(
    run: "Run", findings: "Findings", tables: dict[str, "pd.DataFrame"], *, lang: Language, form: TableFormat
) -> None:
    if form is TableFormat.XLSX:
        save_report(run, findings, tables, lang, name="scores.xlsx")
        return
    writers: dict[TableFormat, Callable[[pd.DataFrame, Path], None]] = {
        TableFormat.CSV: _write_csv,
        TableFormat.PARQUET: _write_parquet,
        TableFormat.JSON: _write_json,
    }
    for name, table in tables.items():
        run.write(f"{name}.{form.value}", partial(writers[form], table))


def _write_csv(table: "pd.DataFrame", path: "Path") -> None:
    from maps.exchange.table_files import write_csv

    write_csv(table, path)


def _write_parquet(table: "pd.DataFrame", path: "Path") -> None:
    from importlib.util import find_spec

    from regions.errors import MissingExtraError
    from regions.files.writing import atomic_path

    if find_spec("pyarrow") is None:
        raise MissingExtraError("pyarrow", "parquet")
    with atomic_path(path) as temporary:
        table.to_parquet(temporary, index=False)


def _write_json(table: "pd.DataFrame", path: "Path") -> None:
    """Write the rows with the codebook of their columns; a missing value is null."""
    from maps.words.codebook import build_codebook
    from regions.files.writing import write_text

    codebook: Any = json.loads(build_codebook(table.columns).to_json(orient="records", force_ascii=False))
    rows: Any = json.loads(table.to_json(orient="records", force_ascii=False, double_precision=15))
    write_text(path, json.dumps({"columns": codebook, "rows": rows}, ensure_ascii=False, indent=1) + "\n")
