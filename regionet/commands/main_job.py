"""``regionet demo`` and ``regionet map``: from a study to its page."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regionet.console.language import Language
from regionet.console.terminal import tell
from regionet.options import (
    DEFAULT_OUT,
    AnonymousOption,
    BoundariesOption,
    Counting,
    CountingOption,
    FrameOption,
    JsonOption,
    LanguageOption,
    OutOption,
    PersonsOption,
    StudyOption,
    Unknown,
    UnknownOption,
    View,
    ViewOption,
    YearsOption,
)
from regionet.steps.open_study import Naming, choose_links, prepare, start_run
from regionet.steps.results import build_tables, print_result, save_report, save_tables, write_page
from regions.messages import say

if TYPE_CHECKING:
    from maps import PageOptions
    from regionet.steps.layers.own_layers import OwnLayers
    from regionet.steps.pipeline import Choices, Findings

TitleOption = Annotated[str | None, typer.Option("--title", help="Heading in place of the study's title.")]
ReviewOption = Annotated[
    str, typer.Option("--review-number", help="Review number of the map as its authority gave it; none is made up.")
]
TilesOption = Annotated[
    str | None,
    typer.Option(
        "--tiles-url",
        metavar="URL",
        help="Tiles below the regions, https with {z}, {x}, {y} and your own key: the one thing the page fetches.",
    ),
]
LayersOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--layers",
        metavar="FOLDER|FILE",
        help="Tables by region, of an earlier run or your own: their columns become layers; several times for several.",
    ),
]
AttributionOption = Annotated[
    str, typer.Option("--tiles-attribution", help="What the server of the tiles wants to be shown.")
]


def demo(  # noqa: PLR0913, PLR0917 - one parameter per option of the command line
    lang: LanguageOption,
    study: StudyOption = "china",
    frame: FrameOption = None,
    out: OutOption = DEFAULT_OUT,
    counting: CountingOption = Counting.FULL,
    years: YearsOption = None,
    boundaries: BoundariesOption = None,
    name_persons: PersonsOption = False,
    without_actors: AnonymousOption = False,
    on_unknown: UnknownOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run the main job: network, scores, gaps, one offline map, tables and a workbook."""
    with start_run(lang, out, "scores.csv", "gaps.csv", "links.csv", "map.html", "report.xlsx") as run:
        choices = choose_links(counting, years)
        naming = Naming(name_persons, not without_actors)
        findings = prepare(
            study, run, lang, choices=choices, naming=naming, frame=frame, unknown=on_unknown, boundaries=boundaries
        )
        tables = build_tables(findings)
        save_tables(run, tables, lang)
        write_page(run, findings, lang)
        save_report(run, findings, tables, lang)
        asked = {"frame": frame, **naming._asdict(), **_list_options(choices, boundaries, on_unknown, lang)}
        run.finish("demo", findings.study, asked)
        print_result(findings, run, lang, as_json=as_json, names=("scores", "gaps"))


def draw_map(  # noqa: PLR0913, PLR0917 - one parameter per option of the command line
    lang: LanguageOption,
    study: StudyOption = "china",
    frame: FrameOption = None,
    out: OutOption = DEFAULT_OUT,
    counting: CountingOption = Counting.FULL,
    years: YearsOption = None,
    boundaries: BoundariesOption = None,
    name_persons: PersonsOption = False,
    without_actors: AnonymousOption = False,
    on_unknown: UnknownOption = None,
    view: ViewOption = View.BRIEF,
    title: TitleOption = None,
    review_number: ReviewOption = "",
    tiles_url: TilesOption = None,
    tiles_attribution: AttributionOption = "",
    layers: LayersOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draw the interactive map: one HTML file that opens without a network. Writes map.html."""
    with start_run(lang, out, "map.html") as run:
        options = _choose_options(title, review_number, tiles_url=tiles_url, attribution=tiles_attribution)
        _check_options(options, lang)  # before the work begins
        choices = choose_links(counting, years)
        naming = Naming(name_persons, not without_actors)
        findings = prepare(
            study, run, lang, choices=choices, naming=naming, frame=frame, unknown=on_unknown, boundaries=boundaries
        )
        own = _read_layers(findings, layers, lang)
        write_page(run, findings, lang, view=view.value, chosen=options, own=own)
        asked = {
            "frame": frame,
            "view": view.value,
            "title": title,
            "review_number": review_number,
            "tiles": None if options.tiles is None else options.tiles.host,  # an address may hold a key
            "layers": [path.name for path in layers or ()],
            **naming._asdict(),
            **_list_options(choices, boundaries, on_unknown, lang),
        }
        run.finish("map", findings.study, asked)
        print_result(findings, run, lang, as_json=as_json, names=())


def _read_layers(findings: "Findings", paths: list[Path] | None, lang: Language) -> "OwnLayers | None":
    """Read layers of the user, and say what they are made of and what is not used."""
    if not paths:
        return None
    from regionet.steps.layers.own_layers import find_own_layers

    own = find_own_layers(findings.study, paths, taken=[*map(str, findings.scores)])
    for note in own.notes:
        tell(note.text(lang.value))
    return own


def _choose_options(title: str | None, review: str, *, tiles_url: str | None, attribution: str) -> "PageOptions":
    from maps import PageOptions, Tiles
    from regions.words import Words

    return PageOptions(
        title=None if title is None else Words(title, title),
        review_number=review,
        tiles=None if tiles_url is None else Tiles(tiles_url, attribution),
    )


def _check_options(options: "PageOptions", lang: Language) -> None:
    """Refuse what a page cannot follow as wrong usage; say that tiles are fetched."""
    faults = options.list_faults()
    if faults:
        message = say("map/options", faults=faults).words.text(lang)
        raise typer.BadParameter(message, param_hint="--tiles-url" if options.tiles else None)
    if options.tiles is not None:
        tell(say("progress/tiles", host=options.tiles.host).words.text(lang))


def _list_options(
    choices: "Choices", boundaries: Path | None, unknown: Unknown | None, lang: Language
) -> dict[str, Any]:
    file = None if boundaries is None else boundaries.name
    told = {"counting": choices.counting, "years": choices.years, "boundaries": file, "on_unknown": unknown}
    return {**told, "lang": lang.value}
