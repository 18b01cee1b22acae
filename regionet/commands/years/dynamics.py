"""The command ``dynamics``: how the network changes from year to year."""

from typing import TYPE_CHECKING, Annotated

import typer

from regionet.console.language import Language
from regionet.console.terminal import show, show_json, tell
from regionet.options import (
    DEFAULT_OUT,
    Counting,
    CountingOption,
    FrameOption,
    JsonOption,
    LanguageOption,
    OutOption,
    StudyOption,
    UnknownOption,
    YearsOption,
)
from regionet.steps.open_study import announce_study, start_run
from regions.messages import Message, say

if TYPE_CHECKING:
    import pandas as pd

    from analysis.dynamics.summary import Dynamics
    from regions.study import Study

_TABLES = ("dynamics", "entries_exits", "ranks", "communities", "years_compared")
WindowOption = Annotated[
    int, typer.Option("--window", min=1, help="Years that a network covers; it is named by the last.")
]
PermutationsOption = Annotated[int, typer.Option("--permutations", min=1, help="Rearrangements of the regions.")]
SeedOption = Annotated[int, typer.Option("--seed", help="Of the search for communities and of the rearrangements.")]


def dynamics(  # noqa: PLR0913, PLR0917 - one parameter per option of the command line
    lang: LanguageOption,
    study: StudyOption = "china",
    frame: FrameOption = None,
    years: YearsOption = None,
    window: WindowOption = 1,
    permutations: PermutationsOption = 199,
    seed: SeedOption = 0,
    out: OutOption = DEFAULT_OUT,
    counting: CountingOption = Counting.FULL,
    on_unknown: UnknownOption = None,
    as_json: JsonOption = False,
) -> None:
    """Follow the network over the years: links that stay, come and go, ranks, communities, likeness of years.

    Writes dynamics.csv, entries_exits.csv, ranks.csv, communities.csv, years_compared.csv and dynamics.xlsx.
    """
    from regionet.steps.worded_tables import write_worded

    with start_run(lang, out, *(f"{name}.csv" for name in _TABLES), "dynamics.xlsx") as run:
        opened = announce_study(study, lang, run, frame=frame, unknown=on_unknown)
        tell(say("progress/years").text(lang))
        from analysis.barriers.panel import build_yearly_networks
        from analysis.dynamics.summary import measure_dynamics
        from maps.words.columns.change_columns import CHANGES
        from regions.study_parts.study_selection import select_study

        networks = build_yearly_networks(select_study(opened, years=years), counting=counting.value, window=window)
        found = measure_dynamics(networks, permutations=permutations, seed=seed)
        tables = tabulate_changes(found, opened)
        notes = describe_dynamics(found, opened, window=window, lang=lang)
        write_worded(run, opened, tables, words=CHANGES, notes=notes, lang=lang, book="dynamics.xlsx")
        asked = {"years": years, "window": window, "permutations": permutations, "seed": seed}
        run.finish("dynamics", opened, {**asked, "counting": counting.value, "frame": frame, "lang": lang.value})
        if as_json:
            shown = {name: tables[name] for name in ("dynamics", "years_compared")}
            show_json(run, study=opened.name, notes=notes, **shown)
            return
        show(f"\n{_lay_out(tables['dynamics'], lang)}\n")
        show("\n".join([*notes, "", *map(str, run.outputs)]))


def tabulate_changes(found: "Dynamics", study: "Study") -> "dict[str, pd.DataFrame]":
    """Return the tables that leave the program, regions with their names in both languages."""
    names, names_zh = study.names("en"), study.names("zh")
    events, ranks = found.events.copy(), found.ranks.copy()
    for end in ("target", "source"):
        place = 1 + list(events.columns).index(end)
        events.insert(place, f"{end}_name", [names.get(code, "") for code in events[end]])
        events.insert(place + 1, f"{end}_name_zh", [names_zh.get(code, "") for code in events[end]])
    ranks.insert(1, "name", [names.get(code, code) for code in ranks["code"]])
    ranks.insert(2, "name_zh", [names_zh.get(code, code) for code in ranks["code"]])
    parts = (found.years, events, ranks, found.flows, found.likeness)
    return dict(zip(_TABLES, parts, strict=True))


def describe_dynamics(found: "Dynamics", study: "Study", *, window: int, lang: Language) -> list[str]:
    """Say in a few sentences what changed, and what the data cannot show."""
    from regions.study_parts.study_years import describe_waiting_years

    told: list[Message] = []
    compared = found.years.dropna(subset=["persistence"])
    if len(compared):
        least = compared.sort_values(["persistence", "year"]).iloc[0]
        mean, survived = compared["persistence"].mean(), compared["survival"].mean()
        weakest = {"least": least["persistence"], "year": least["year"]}
        told.append(say("dynamics/survival", survived=survived, mean=mean, **weakest))
    like = found.likeness.dropna(subset=["correlation"])
    if len(like):
        first = like.sort_values(["correlation", "year", "other_year"]).iloc[0]
        one, other = (int(first[column]) for column in ("year", "other_year"))
        told.append(say("dynamics/likeness", correlation=first["correlation"], one=one, other=other))
    if window > 1:
        told.append(say("dynamics/window", window=window))
    notes = [*(note.text(lang) for note in found.notes), *(each.text(lang) for each in told)]
    limits = [note.words.text(lang.value) for note in study.limits if note.about == "records"]
    waiting = [note.text(lang.value) for note in describe_waiting_years(study)]
    return list(dict.fromkeys([*waiting, *notes, *limits]))


def _lay_out(table: "pd.DataFrame", lang: Language) -> str:
    from maps.words.columns.change_columns import CHANGES
    from regionet.steps.worded_tables import lay_out_worded

    columns = [
        "year",
        "regions",
        "links",
        "weight",
        "stayed",
        "entered",
        "left",
        "persistence",
        "communities",
        "modularity",
    ]
    return lay_out_worded(table[columns], CHANGES, lang)
