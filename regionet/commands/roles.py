"""The command ``roles``: brokers, blocks, core and communities of the network, by a grouping of the user's choice."""

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regionet.console.language import Language
from regionet.console.terminal import format_table, show, show_json, tell
from regionet.options import (
    DEFAULT_OUT,
    Counting,
    CountingOption,
    FrameOption,
    JsonOption,
    LanguageOption,
    OutOption,
    PersonsOption,
    StudyOption,
    TopOption,
    UnknownOption,
)
from regionet.steps.open_study import Naming, announce_study, start_run
from regionet.steps.results import SHOWN
from regions.messages import Message, say

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from analysis.roles.role_tables import RegionRoles
    from regionet.console.run_folder import Run
    from regions.study import Study

KIND = "kind"
_FILES = {"roles": "roles.csv", "blocks": "blocks.csv", "figures": "network.csv", "rich_club": "rich_club.csv"}
_RICH_CLUB = {
    "k": "partners_above",
    "links": "club_links",
    "phi": "club_density",
    "expected": "club_expected",
    "sd": "club_sd",
    "ratio": "club_ratio",
    "z": "club_z",
    "p": "club_p",
}
"""Columns of the rich club -> their names in tables that stand beside others."""

_SHOWN = ["group", "brokerage", "gatekeeper", "liaison", "ei_index", "in_core", "community", "block"]

ByOption = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="COLUMN|GROUP",
        help="Column or named set of regions; 'kind' takes the actors by their kind. The study's border by default.",
    ),
]
SeedOption = Annotated[int, typer.Option("--seed", help="Of shuffles and searches.")]
PermutationsOption = Annotated[int, typer.Option("--permutations", min=0, help="Shuffles of the groups.")]


def roles(  # noqa: PLR0913, PLR0917 - one parameter per option of the command line
    lang: LanguageOption,
    study: StudyOption = "china",
    frame: FrameOption = None,
    by: ByOption = None,
    out: OutOption = DEFAULT_OUT,
    counting: CountingOption = Counting.FULL,
    permutations: PermutationsOption = 1000,
    seed: SeedOption = 0,
    name_persons: PersonsOption = False,
    on_unknown: UnknownOption = None,
    top: TopOption = SHOWN,
    as_json: JsonOption = False,
) -> None:
    """Find who stands between whom: brokers, blocks, core, communities and rich club.

    Writes roles.csv, blocks.csv, network.csv, rich_club.csv and roles.xlsx.
    """
    with start_run(lang, out, *_FILES.values(), "roles.xlsx") as run:
        opened = announce_study(study, lang, run, naming=Naming(name_persons), frame=frame, unknown=on_unknown)
        chosen = by or _choose_default(opened)
        tell(say("progress/roles").text(lang))
        from analysis.roles.role_tables import measure_roles

        network, groups = _build(opened, chosen, counting)
        found = measure_roles(network, groups, permutations=permutations, seed=seed)
        tables = build_role_tables(network, found)
        notes = describe_roles(found, network, chosen, permutations=permutations, language=lang.value)
        _write(run, opened, tables, notes=notes, lang=lang)
        parameters = {
            "by": chosen,
            "counting": counting.value,
            "permutations": permutations,
            "seed": seed,
            "frame": frame,
            "on_unknown": on_unknown,
        }
        run.finish("roles", opened, {**parameters, "lang": lang.value})
        _print(run, tables, notes, lang=lang, top=top, as_json=as_json)


def _choose_default(study: "Study") -> str:
    from analysis.roles.unit_groups import list_groupings
    from regions.errors import MethodError

    known = [*study.borders, *list_groupings(study)]
    if not known:
        raise MethodError(say("roles/no-grouping"))
    return known[0]


def _build(study: "Study", by: str, counting: Counting) -> tuple["nx.Graph", "pd.Series[Any]"]:
    """Build the network of the regions, or of the actors when they are grouped by kind."""
    import pandas as pd

    from analysis.networks.multilayer import build_actor_network
    from analysis.networks.network import build_network
    from analysis.roles.unit_groups import assign_groups

    if by == KIND and KIND not in study.regions:
        network = build_actor_network(study, counting.value)
        return network, pd.Series(dict(network.nodes(data=KIND)))
    return build_network(study, counting.value), assign_groups(study, by)


def build_role_tables(network: "nx.Graph", found: "RegionRoles") -> dict[str, "pd.DataFrame"]:
    """Return the tables that leave the program: roles, blocks, image, figures and rich club."""
    import pandas as pd

    from maps.words.page_text import label_score

    facts = pd.DataFrame.from_dict(dict(network.nodes(data=True)), orient="index")
    nodes = found.nodes.copy()
    front: dict[str, Any] = {"code": nodes.index, "name": facts["name"], "name_zh": facts["name_zh"]}
    nodes = nodes.assign(**front)[[*front, *found.nodes.columns]].reset_index(drop=True)
    nodes = nodes.sort_values(["brokerage", "code"], ascending=[False, True], ignore_index=True)
    blocks = found.blocks.rename(columns={"internal": "internal_links", "received": "received_links"}).reset_index()
    labels = [label_score(str(figure)).label for figure in found.figures.index]
    figures = found.figures.rename(columns={"expected": "expected_by_shuffling", "p": "p_by_shuffling"}).reset_index()
    figures.insert(1, "name", [label.en for label in labels])
    figures.insert(2, "name_zh", [label.zh for label in labels])
    image = found.image.rename(columns=lambda block: f"to_{block}").reset_index()
    club = found.rich_club.reset_index().rename(columns=_RICH_CLUB)
    return {"roles": nodes, "blocks": blocks, "image": image, "figures": figures, "rich_club": club}


def describe_roles(
    found: "RegionRoles", network: "nx.Graph", by: str, *, permutations: int, language: str
) -> list[str]:
    """Return what the reader of the tables must know."""
    ei = found.figures.loc["ei_index"]
    modularity, stability = found.figures.loc[["modularity", "stability"], "value"]
    value, expected, z = ei[["value", "expected", "z"]]
    notes = [
        say("roles/groups", by=by, permutations=permutations, value=value, expected=expected, z=z),
        say("roles/communities", modularity=modularity, stability=stability),
        _describe_club(found.rich_club, found.rewired),
    ]
    if not found.directed:
        notes.append(say("roles/no-direction"))
    if network.graph.get("origin") == "modelled":
        notes.append(say("roles/modelled"))
    return [note.text(language) for note in notes]


def _describe_club(club: "pd.DataFrame", rewired: int) -> Message:
    """Say where the rich club is clearest, and against how many rewired networks."""
    from analysis.loglinear.tolerance import merge_ties

    known = club["z"].dropna()
    if known.empty:
        return say("roles/no-club")
    best = club.loc[[known.index[int(merge_ties(known.to_numpy()).argmax())]]].reset_index()
    k, ratio, z = int(best["k"].iloc[0]), float(best["ratio"].iloc[0]), float(best["z"].iloc[0])
    return say("roles/rich-club", partners=k, ratio=ratio, rewired=rewired, z=z)


def _write(run: "Run", study: "Study", tables: dict[str, "pd.DataFrame"], *, notes: list[str], lang: Language) -> None:
    import pandas as pd

    from maps.exchange.table_files import Sheet, write_csv, write_workbook
    from maps.words.codebook import build_codebook, build_headers
    from maps.words.columns.role_columns import ROLE_SHEETS

    for name, file in _FILES.items():
        run.write(file, partial(write_csv, tables[name]))
    lines = [*notes, *(note.text(lang.value) for note in (*study.limits, *study.sources))]
    sheets = [
        Sheet(
            ROLE_SHEETS["about"].text(lang.value), pd.DataFrame({"text": lines}), {"text": study.title.text(lang.value)}
        ),
        *(
            Sheet(ROLE_SHEETS[name].text(lang.value), table, build_headers(table.columns, lang.value))
            for name, table in tables.items()
        ),
    ]
    columns = [column for name, table in tables.items() if name != "image" for column in table.columns]
    sheets.append(Sheet(ROLE_SHEETS["codebook"].text(lang.value), build_codebook(columns), {}))
    run.write("roles.xlsx", partial(write_workbook, sheets))


def _print(
    run: "Run", tables: dict[str, "pd.DataFrame"], notes: list[str], *, lang: Language, top: int, as_json: bool
) -> None:
    from maps.words.codebook import build_headers

    if as_json:
        show_json(run, notes=notes, **tables)
        return
    name = "name_zh" if lang is Language.ZH else "name"
    role = "role_zh" if lang is Language.ZH else "role"
    figures = ["block", "members", "internal_links", "sent", "received_links", "internal_share", "expected_internal"]
    for table in (
        tables["roles"].head(top)[[name, *_SHOWN, f"block_{role}"]],
        tables["blocks"][[*figures, "delta", role]],
    ):
        headers = list(build_headers(table.columns, lang.value).values())
        show(f"\n{format_table(headers, table.to_numpy(dtype=object).tolist())}")
    for note in notes:
        show(f"\n{note}")
    show("")
    for path in run.outputs:
        show(str(path))
