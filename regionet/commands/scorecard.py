"""``regionet index`` and ``regionet profile``: the scorecard of a study, and one region beside its peers."""

import json
from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regionet.console.language import Language
from regionet.console.terminal import format_numbers, format_table, show, show_json, tell
from regionet.options import (
    DEFAULT_OUT,
    FrameOption,
    JsonOption,
    LanguageOption,
    OutOption,
    StudyOption,
    TopOption,
    UnknownOption,
    YearsOption,
)
from regionet.steps.open_study import announce_study, start_run
from regionet.steps.results import SHOWN
from regionet.steps.scorecard.scorecard_query import ScorecardQuery
from regions.messages import say

if TYPE_CHECKING:
    from regionet.console.run_folder import Run
    from regionet.steps.scorecard.scorecard_result import Scorecard

_FILES = (
    "index.csv",
    "weights.csv",
    "sensitivity.csv",
    "coupling.csv",
    "obstacles.csv",
    "pattern.csv",
    "densities.csv",
    "productivity.csv",
    "productivity_means.csv",
    "momentum.csv",
    "momentum_groups.csv",
    "received.csv",
    "inequality.csv",
    "lorenz.csv",
    "sigma.csv",
    "clubs.csv",
    "club_tests.csv",
    "convergence.csv",
    "markov.csv",
    "peers.csv",
    "conditions.csv",
    "associations.csv",
    "index.xlsx",
    "codebook.csv",
    "scorecard.html",
    "figures/figures.csv",
    *(
        f"figures/figure-{name}.{kind}"
        for name in ("ranks", "ranks-2", "ranks-3", "ranks-4", "densities", "lorenz", "transitions", "sigma")
        for kind in ("png", "svg")
    ),
)


class Scale(StrEnum):
    """Normalisations."""

    MINMAX = "minmax"
    Z = "z"
    RANK = "rank"
    GOALPOSTS = "goalposts"
    VECTOR = "vector"


class Weights(StrEnum):
    """Weights of indicators."""

    EQUAL = "equal"
    ENTROPY = "entropy"
    CRITIC = "critic"
    GIVEN = "given"
    BOD = "bod"


class Aggregation(StrEnum):
    """Ways to add up."""

    ADDITIVE = "additive"
    GEOMETRIC = "geometric"
    TOPSIS = "topsis"


class MissingRule(StrEnum):
    """Rules for what is missing."""

    AVAILABLE = "available"
    MEDIAN = "median"
    COMPLETE = "complete"


SchemeOption = Annotated[
    str, typer.Option("--scheme", metavar="NAME|FILE", help="Pillars and indicators: five-news, conditions or a table.")
]
ScaleOption = Annotated[Scale, typer.Option("--normalisation", help="How indicators get one scale.")]
IndexWeightsOption = Annotated[Weights, typer.Option("--index-weights", help="How indicators are weighed.")]
AggregationOption = Annotated[Aggregation, typer.Option("--aggregation", help="How indicators are added up.")]
MissingOption = Annotated[MissingRule, typer.Option("--missing", help="What is done about missing values.")]
SystemsOption = Annotated[
    str | None, typer.Option("--systems", metavar="PILLAR,...", help="Pillars whose coupling is told.")
]
GroupingOption = Annotated[
    str | None,
    typer.Option("--by", metavar="COLUMN|GROUP", help="Grouping of the regions for momentum and inequality."),
]
DeflatorOption = Annotated[
    str | None, typer.Option("--deflator", metavar="INDICATOR", help="Price index for the money in productivity.")
]
BootstrapOption = Annotated[
    int, typer.Option("--bootstrap", min=0, help="Draws of the intervals of productivity; 0 for none.")
]
WaysOption = Annotated[
    int, typer.Option("--draws", min=100, help="Ways to make the index, for the intervals of ranks.")
]
SeedOption = Annotated[int, typer.Option("--seed", help="Of all random numbers.")]
RegionArgument = Annotated[str, typer.Argument(metavar="REGION", help="Code or name of a region of the study.")]
BesideOption = Annotated[
    str | None,
    typer.Option("--beside", metavar="REGION,...", help="Regions side by side; by default the three most alike."),
]


def index(  # noqa: PLR0913, PLR0917 - one parameter per option of the command line
    lang: LanguageOption,
    study: StudyOption = "china",
    frame: FrameOption = None,
    out: OutOption = DEFAULT_OUT,
    scheme: SchemeOption = "five-news",
    normalisation: ScaleOption = Scale.MINMAX,
    index_weights: IndexWeightsOption = Weights.EQUAL,
    aggregation: AggregationOption = Aggregation.ADDITIVE,
    missing: MissingOption = MissingRule.AVAILABLE,
    years: YearsOption = None,
    systems: SystemsOption = None,
    by: GroupingOption = None,
    deflator: DeflatorOption = None,
    bootstrap: BootstrapOption = 0,
    draws: WaysOption = 2_000,
    seed: SeedOption = 0,
    on_unknown: UnknownOption = None,
    top: TopOption = SHOWN,
    as_json: JsonOption = False,
) -> None:
    """Score regions by many indicators: an index with rank intervals, coupling, momentum, conditions, balance.

    Writes index.csv, weights.csv, sensitivity.csv, coupling.csv, obstacles.csv, productivity.csv, momentum.csv,
    inequality.csv, convergence.csv, markov.csv, peers.csv, conditions.csv ... , index.xlsx with a
    paragraph on every region, codebook.csv, scorecard.html, the map, and a folder of figures for papers (these with
    the extra "report").
    """
    built: dict[str, Any] = {"normalisation": normalisation.value, "weights": index_weights.value}
    built |= {"aggregation": aggregation.value, "missing": missing.value, "years": years, "systems": _split(systems)}
    drawn: dict[str, Any] = {"by": by, "deflator": deflator, "bootstrap": bootstrap, "draws": draws, "seed": seed}
    query = ScorecardQuery(scheme=scheme, **built, **drawn)
    with start_run(lang, out, *_FILES) as run:
        opened = announce_study(study, lang, run, frame=frame, unknown=on_unknown)
        from regionet.steps.scorecard.scorecard_parts import measure_scorecard
        from regionet.steps.scorecard.scorecard_sentences import describe_scorecard
        from regionet.steps.scorecard.scorecard_tables import write_scorecard

        tell(say("progress/scorecard").text(lang))
        card = measure_scorecard(opened, query)
        told = [words.text(lang.value) for words in describe_scorecard(card)]
        limits = [limit.words.text(lang.value) for limit in opened.limits if limit.about in {"", "indicators"}]
        tell(say("progress/tables").text(lang))
        write_scorecard(run, card, [*told, *limits], language=lang.value)
        asked = {**asdict(query), "frame": frame, "on_unknown": on_unknown, "lang": lang.value}
        run.finish("index", opened, asked, stale=_FILES)
        _print(card, told, run, lang=lang, top=top, as_json=as_json)


def _split(names: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (names or "").replace("，", ",").split(",") if name.strip())


def _print(card: "Scorecard", told: list[str], run: "Run", *, lang: Language, top: int, as_json: bool) -> None:
    if as_json:
        show_json(run, notes=told, **card.tables)
        return
    from maps.words.columns.scorecard_columns import label_scorecard

    columns = ["rank", "name_zh" if lang is Language.ZH else "name", "score", "rank_low", "rank_high"]
    head = card.tables["index"].head(top)[columns].round(3)
    headers = [label_scorecard(column, {}).label.text(lang.value) for column in columns]
    show(format_table(headers, head.to_numpy(dtype=object).tolist()))
    for sentence in told:
        show(f"\n{sentence}")
    show("")
    for path in run.outputs:
        show(str(path))


def profile(  # noqa: PLR0913, PLR0917 - one parameter per option of the command line
    region: RegionArgument,
    lang: LanguageOption,
    study: StudyOption = "china",
    frame: FrameOption = None,
    out: OutOption = DEFAULT_OUT,
    scheme: SchemeOption = "five-news",
    beside: BesideOption = None,
    draws: WaysOption = 2_000,
    seed: SeedOption = 0,
    on_unknown: UnknownOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell one region: rank with interval, strong and weak sides, growth, and its peers side by side.

    Writes profile.csv.
    """
    query = ScorecardQuery(scheme=scheme, draws=draws, seed=seed)
    with start_run(lang, out, "profile.csv") as run:
        opened = announce_study(study, lang, run, frame=frame, unknown=on_unknown)
        from functools import partial

        from maps.exchange.table_files import write_csv
        from regionet.steps.scorecard.region_profile import build_profile, find_region
        from regionet.steps.scorecard.scorecard_parts import OF_REGIONS, measure_scorecard
        from regionet.steps.scorecard.scorecard_sentences import describe_region

        code = find_region(opened, region)
        others = [find_region(opened, word) for word in _split(beside)]
        tell(say("progress/scorecard").text(lang))
        card = measure_scorecard(opened, query, parts=OF_REGIONS)
        table = build_profile(card, code, others)
        run.write("profile.csv", partial(write_csv, table))
        run.finish(
            "profile", opened, {"region": code, "beside": others, "scheme": scheme, "draws": draws, "seed": seed}
        )
        text = describe_region(card, code).text(lang.value)
        if as_json:
            rows = json.loads(table.to_json(orient="records"))
            show(json.dumps({"region": code, "text": text, "profile": rows}, ensure_ascii=False))
            return
        show(f"{text}\n")
        names = opened.names(lang.value)
        figure = "figure_zh" if lang is Language.ZH else "figure"
        codes = table.columns[3:]
        rows = [[row[figure], *format_numbers([row[code] for code in codes])] for _, row in table.iterrows()]
        show(format_table(["", *[names[each] for each in codes]], rows))
        show(f"\n{run.outputs[0]}")
