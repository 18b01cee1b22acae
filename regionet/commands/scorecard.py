"""``regionet index`` and ``regionet profile``: the scorecard of a study, and one region beside its peers."""

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
    split_option,
)
from regionet.steps.open_study import announce_study, start_run
from regionet.steps.results import SHOWN
from regionet.steps.scorecard.scorecard_query import ScorecardQuery
from regions.messages import say

if TYPE_CHECKING:
    from regionet.console.run_folder import Run
    from regionet.steps.scorecard.profile.profile_report import Profile
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
InputsOption = Annotated[
    str | None,
    typer.Option("--inputs", metavar="COLUMN,...", help="Inputs of productivity; else personnel, R&D."),
]
OutputsOption = Annotated[
    str | None,
    typer.Option("--outputs", metavar="COLUMN,...", help="Outputs of productivity; else inventions, new products."),
]
BootstrapOption = Annotated[
    int, typer.Option("--bootstrap", min=0, help="Draws of the intervals of productivity; 0 for none.")
]
WaysOption = Annotated[
    int, typer.Option("--draws", min=100, help="Ways to make the index, for the intervals of ranks.")
]
SeedOption = Annotated[int, typer.Option("--seed", help="Of all random numbers.")]
RegionArgument = Annotated[
    str, typer.Argument(metavar="REGION", help="Code or name of a region of the study, or a group of its regions.")
]
BesideOption = Annotated[
    str | None,
    typer.Option(
        "--with",
        "--beside",
        metavar="PLACE,...",
        help="Regions or groups side by side; by default the three regions most alike.",
    ),
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
    inputs: InputsOption = None,
    outputs: OutputsOption = None,
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
    built |= {"aggregation": aggregation.value, "missing": missing.value, "years": years}
    built |= {"systems": split_option(systems), "inputs": split_option(inputs), "outputs": split_option(outputs)}
    drawn: dict[str, Any] = {"by": by, "deflator": deflator, "bootstrap": bootstrap, "draws": draws, "seed": seed}
    query = ScorecardQuery(scheme=scheme, **built, **drawn)
    with start_run(lang, out, *_FILES) as run:
        opened = announce_study(study, lang, run, frame=frame, unknown=on_unknown)
        from regionet.steps.scorecard.scorecard_parts import measure_scorecard
        from regionet.steps.scorecard.scorecard_sentences import list_sections
        from regionet.steps.scorecard.scorecard_tables import write_scorecard

        tell(say("progress/scorecard").text(lang))
        card = measure_scorecard(opened, query)
        told = [(head.text(lang), words.text(lang)) for head, part in list_sections(card) for words in part]
        heading, shown = say("scorecard/limits").text(lang), {"", "indicators"}
        limits = [(heading, limit.words.text(lang)) for limit in opened.limits if limit.about in shown]
        tell(say("progress/tables").text(lang))
        write_scorecard(run, card, [*told, *limits], language=lang.value)
        asked = {**asdict(query), "frame": frame, "on_unknown": on_unknown, "lang": lang.value}
        run.finish("index", opened, asked, stale=_FILES)
        _print(card, told, run, lang=lang, top=top, as_json=as_json)


def _print(
    card: "Scorecard", told: list[tuple[str, str]], run: "Run", *, lang: Language, top: int, as_json: bool
) -> None:
    if as_json:
        show_json(run, notes=[sentence for _, sentence in told], **card.tables)
        return
    from maps.words.columns.scorecard_columns import label_scorecard

    columns = ["rank", "name_zh" if lang is Language.ZH else "name", "score", "rank_low", "rank_high"]
    head = card.tables["index"].head(top)[columns].round(3)
    headers = [label_scorecard(column, {}).label.text(lang.value) for column in columns]
    show(format_table(headers, head.to_numpy(dtype=object).tolist()))
    before = ""
    for heading, sentence in told:
        if heading != before:
            show(f"\n== {heading} ==")
        show(sentence)
        before = heading
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
    normalisation: ScaleOption = Scale.MINMAX,
    index_weights: IndexWeightsOption = Weights.EQUAL,
    aggregation: AggregationOption = Aggregation.ADDITIVE,
    missing: MissingOption = MissingRule.AVAILABLE,
    years: YearsOption = None,
    beside: BesideOption = None,
    deflator: DeflatorOption = None,
    inputs: InputsOption = None,
    outputs: OutputsOption = None,
    draws: WaysOption = 2_000,
    seed: SeedOption = 0,
    on_unknown: UnknownOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell one region or group: rank with interval, strong and weak sides, growth, conditions, and others side by side.

    Writes profile.csv (side by side), profile_indicators.csv, profile_peers.csv, profile_conditions.csv,
    profile_whatif.csv, profile_growth.csv, profile_productivity.csv ... , profile.xlsx, and profile.html, the map.
    """
    from regionet.steps.scorecard.profile.profile_files import FILES

    built: dict[str, Any] = {"normalisation": normalisation.value, "weights": index_weights.value}
    built |= {"aggregation": aggregation.value, "missing": missing.value, "years": years}
    built |= {"inputs": split_option(inputs), "outputs": split_option(outputs)}
    query = ScorecardQuery(scheme=scheme, deflator=deflator, draws=draws, seed=seed, **built)
    with start_run(lang, out, *FILES) as run:
        opened = announce_study(study, lang, run, frame=frame, unknown=on_unknown)
        from regionet.steps.scorecard.profile.profile_files import write_profile
        from regionet.steps.scorecard.profile.profile_places import find_named_places
        from regionet.steps.scorecard.profile.profile_report import measure_profile

        places = find_named_places(opened, (region, *split_option(beside)))
        tell(say("progress/scorecard").text(lang))
        found = measure_profile(opened, query, places)
        tell(say("progress/tables").text(lang))
        write_profile(run, found, language=lang.value)
        keys = [each.key for each in places]
        run.finish("profile", opened, {**asdict(query), "region": keys[0], "beside": keys[1:], "lang": lang.value})
        _print_profile(found, run, lang=lang, as_json=as_json)


def _print_profile(found: "Profile", run: "Run", *, lang: Language, as_json: bool) -> None:
    text = "\n".join(words.text(lang.value) for words in found.told)
    if as_json:
        tables = {"profile": found.figures, **found.tables}
        show_json(run, region=found.places[0].key, text=text, notes=[w.text(lang.value) for w in found.notes], **tables)
        return
    show(f"{text}\n")
    figure = "figure_zh" if lang is Language.ZH else "figure"
    keys = [each.key for each in found.places]
    rows = [[row[figure], *format_numbers([row[key] for key in keys])] for _, row in found.figures.iterrows()]
    show(format_table(["", *[each.name.text(lang.value) for each in found.places]], rows))
    for words in found.refusals:
        show(f"\n{words.text(lang.value)}")
    show("\n" + say("profile/notes", count=len(found.notes)).text(lang))
    show("")
    for path in run.outputs:
        show(str(path))
