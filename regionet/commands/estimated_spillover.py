"""``regionet spillover``: spillover estimated, under every W and every model, with what cannot be said."""

from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from regionet.console.language import Language
from regionet.console.terminal import format_table, show, show_json, tell
from regionet.options import (
    DEFAULT_OUT,
    FrameOption,
    JsonOption,
    LanguageOption,
    OutOption,
    StudyOption,
    TopOption,
    UnknownOption,
    split_option,
)
from regionet.steps.open_study import announce_study, start_run
from regionet.steps.results import SHOWN
from regionet.steps.spillover.spillover_query import SpilloverQuery
from regions.messages import say

if TYPE_CHECKING:
    import pandas as pd

    from regionet.console.run_folder import Run
    from regions.study import Study

_FILES = (
    "models.csv",
    "impacts.csv",
    "spillover_regions.csv",
    "spillover_groups.csv",
    "spillover_flows.csv",
    "clusters.csv",
    "autocorrelation.csv",
    "spaces.csv",
    "reach.csv",
    "spillover_layers.json",
    "spillover.xlsx",
    "page.html",
)


class ModelName(StrEnum):
    """Spatial models."""

    OLS = "ols"
    SLX = "slx"
    SAR = "sar"
    SEM = "sem"
    SDM = "sdm"
    SDEM = "sdem"


class EffectsName(StrEnum):
    """Which effects are taken out."""

    NONE = "none"
    REGION = "region"
    YEAR = "year"
    BOTH = "both"


ColumnOption = Annotated[
    str | None, typer.Option("--column", metavar="INDICATOR", help="What spills over: the outcome.")
]
ExplainedOption = Annotated[
    str | None,
    typer.Option("--explained-by", metavar="X,...", help="Indicators that explain it; flows are those of the first."),
]
WeightsOption = Annotated[
    str, typer.Option("--weights", metavar="all|NAME,...", help="Names of weights, as models.csv tells them.")
]
ModelOption = Annotated[ModelName, typer.Option("--model", help="Whose flows between regions and groups are told.")]
EffectsOption = Annotated[
    EffectsName | None, typer.Option("--effects", help="Taken out: both by default, none in a single year.")
]
CorrectionOption = Annotated[bool, typer.Option("--correction/--no-correction", help="Lee and Yu's correction.")]
LogOption = Annotated[
    bool | None, typer.Option("--log/--no-log", help="Logarithms; by default only of indicators chosen for you.")
]
LagOption = Annotated[
    int | None,
    typer.Option("--lag", min=0, help="Years from X to the outcome; 1 where chosen for you, else 0."),
]
BetweenOption = Annotated[
    tuple[str, str] | None,
    typer.Option("--between", metavar="A B", help="Two groups or regions whose flows are told."),
]
ByOption = Annotated[
    str | None,
    typer.Option("--by", metavar="COLUMN|GROUP", help="Grouping of the regions; all that fit by default."),
]
DrawsOption = Annotated[int, typer.Option("--draws", min=100, help="Draws of the intervals.")]
PermutationsOption = Annotated[int, typer.Option("--permutations", min=99, help="Of labels and maps.")]
SeedOption = Annotated[int, typer.Option("--seed", help="Of all random numbers.")]


def spillover(  # noqa: PLR0913, PLR0917 - one parameter per option of the command line
    lang: LanguageOption,
    study: StudyOption = "china",
    frame: FrameOption = None,
    out: OutOption = DEFAULT_OUT,
    column: ColumnOption = None,
    explained_by: ExplainedOption = None,
    weights: WeightsOption = "all",
    model: ModelOption = ModelName.SDM,
    effects: EffectsOption = None,
    correction: CorrectionOption = True,
    log: LogOption = None,
    lag: LagOption = None,
    between: BetweenOption = None,
    by: ByOption = None,
    draws: DrawsOption = 2_000,
    permutations: PermutationsOption = 999,
    seed: SeedOption = 0,
    on_unknown: UnknownOption = None,
    top: TopOption = SHOWN,
    as_json: JsonOption = False,
) -> None:
    """Estimate spillover: who gives to whom, how far it reaches, and how sure it is.

    Writes models.csv (every W by every model), impacts.csv, spillover_regions.csv, spillover_groups.csv,
    spillover_flows.csv, clusters.csv, autocorrelation.csv, spaces.csv, reach.csv, spillover.xlsx and page.html.
    """
    question = SpilloverQuery(
        column=column,
        explained=split_option(explained_by),
        weights=() if weights == "all" else split_option(weights),
        model=model.value,
        effects=effects.value if effects else None,
        corrected=correction,
        log=log,
        lag=lag,
        between=between,
        by=by,
        draws=draws,
        permutations=permutations,
        seed=seed,
    )
    with start_run(lang, out, *_FILES) as run:
        opened = announce_study(study, lang, run, frame=frame, unknown=on_unknown)
        tables, notes = _answer(run, opened, question, lang, quiet=as_json)
        parameters = {"frame": frame, "on_unknown": on_unknown, "lang": lang.value}
        run.finish("spillover", opened, {**asdict(question), **parameters})
        _print(run, tables, notes, lang=lang, top=top, as_json=as_json)


def _answer(
    run: "Run", study: "Study", question: SpilloverQuery, lang: Language, *, quiet: bool
) -> "tuple[dict[str, pd.DataFrame], list[str]]":
    from regionet.console.progress import show_progress
    from regionet.steps.spillover.spillover_estimates import estimate_spillover
    from regionet.steps.spillover.spillover_sentences import describe_estimates, list_texts
    from regionet.steps.spillover.spillover_tables import write_estimates

    label = say("progress/spillover").text(lang)
    tell(say("progress/goes-on", label=label).text(lang))
    with show_progress(label, quiet=quiet) as progress:
        found = estimate_spillover(study, question, progress=progress)
    limits = [limit.words for limit in study.limits]
    notes = list_texts([*describe_estimates(found), *limits], lang.value)
    tell(say("progress/tables").text(lang))
    return write_estimates(run, found, notes, language=lang.value), notes[: len(notes) - len(limits)]


_SHOWN_COLUMNS = {
    "models": ["weights", "model", "rho", "low", "high", "aic"],
    "regions": ["name", "given", "given_low", "given_high", "received", "received_low", "received_high"],
}


def _pick_clear(table: "pd.DataFrame") -> "pd.DataFrame":
    """Return the regions of which something is clear: a list of the others would be read as a ranking."""
    if table.empty or "received_low" not in table:
        return table
    from regionet.steps.spillover.spillover_estimates import pick_clear

    clear = pick_clear(table, "given").index.union(pick_clear(table, "received").index)
    return table[table.index.isin(clear)]


def _print(
    run: "Run", tables: "dict[str, pd.DataFrame]", notes: list[str], *, lang: Language, top: int, as_json: bool
) -> None:
    if as_json:
        kept = ("models", "impacts", "regions", "groups", "clusters", "spaces")
        show_json(run, notes=notes, **{name: tables[name] for name in kept})
        return
    from maps.words.columns.spillover_columns import label_spillover

    models = tables["models"]
    shown = {"models": models[models["rho"].notna()], "regions": _pick_clear(tables["regions"])}
    for name, table in shown.items():
        columns = [f"{each}_zh" if lang is Language.ZH and each == "name" else each for each in _SHOWN_COLUMNS[name]]
        if table.empty:
            continue
        head = table[columns].head(len(table) if name == "models" else top).round(3)
        headers = [label_spillover(column).label.text(lang.value) for column in columns]
        show(f"\n{format_table(headers, head.to_numpy(dtype=object).tolist())}")
    for note in notes:
        show(f"\n{note}")
    show("")
    for path in run.outputs:
        show(str(path))
